import { expect, test } from 'vitest';
import { knownStatus, withStatusChange } from './orderStatus.ts';

const order = { id: 'o1', status: 'packing', syncVersion: 3 };

test('A newer status of the order replaces the one that is known', () => {
  expect(withStatusChange(order, { id: 'o1', status: 'ready', syncVersion: 4 })).toMatchObject({ status: 'ready' });
});

test.each([
  ['a status that came late', { id: 'o1', status: 'pending', syncVersion: 2 }],
  ['the same version again', { id: 'o1', status: 'pending', syncVersion: 3 }],
  ['another order', { id: 'o2', status: 'ready', syncVersion: 9 }],
])('%s changes nothing', (_, heard) => {
  expect(withStatusChange(order, heard)).toBe(order);
});

test('A status of a newer server has no word here', () => {
  expect(knownStatus('ready')).toBe('ready');
  expect(knownStatus('levitating')).toBeUndefined();
});
