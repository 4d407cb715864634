import { expect, test } from 'vitest';
import { parseAmount, parsePercent, parseQuantity } from './amounts.ts';

test.each([
  ['12', 2, 1200],
  ['12,5', 2, 1250],
  ['12.50', 2, 1250],
  [',5', 2, 50],
  ["1'200.05", 2, 120_005],
  ['1280', 0, 1280],
  ['12.505', 2, undefined],
  ['12,5', 0, undefined],
  ['-3', 2, undefined],
  ['', 2, undefined],
  ['.', 2, undefined],
  ['1e3', 2, undefined],
])('The amount %j with %i digits is %j', (text, digits, expected) => {
  expect(parseAmount(text, digits)).toBe(expected);
});

test('A percentage is read into parts per million and never passes the whole', () => {
  expect([parsePercent('7,5'), parsePercent('10 %'), parsePercent('100'), parsePercent('101')]).toEqual([
    75_000,
    100_000,
    1_000_000,
    undefined,
  ]);
});

test('A quantity of nothing is none', () => {
  expect([parseQuantity('0,75'), parseQuantity('3'), parseQuantity('0')]).toEqual([750, 3000, undefined]);
});
