import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cashDueMinor, changeMinor, likelyCash, remainingMinor, tenderCash } from './payment.ts';

test('Cash above the due is change', () => {
  const { tender, isSettled } = tenderCash(1000, 633, 1);

  expect(isSettled).toBe(true);
  expect(tender).toEqual({ method: 'cash', amountMinor: 633, tenderedMinor: 1000 });
  expect(changeMinor([tender])).toBe(367);
});

test('Cash below the due settles a part', () => {
  const { tender, isSettled } = tenderCash(500, 633, 1);

  expect(isSettled).toBe(false);
  expect(remainingMinor(633, [tender])).toBe(133);
  expect(changeMinor([tender])).toBe(0);
});

test('Cash is asked for to the nearest coin', () => {
  expect([632, 633, 635, 637, 638].map((amount) => cashDueMinor(amount, 5))).toEqual([630, 635, 635, 635, 640]);
});

test('Whatever is paid in, what is settled and the change add up to it', () => {
  const amounts = fc.integer({ min: 1, max: 5_000_000 });
  fc.assert(
    fc.property(amounts, fc.constantFrom(1, 5, 10), fc.array(amounts, { maxLength: 4 }), (total, coin, handed) => {
      const tenders = [];
      for (const cash of handed) {
        const { tender, isSettled } = tenderCash(cash, remainingMinor(total, tenders), coin);
        tenders.push(tender);
        if (isSettled) break;
      }

      const inMinor = tenders.reduce((sum, tender) => sum + (tender.tenderedMinor ?? 0), 0);
      const settledMinor = tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
      expect(inMinor).toBe(settledMinor + changeMinor(tenders));
      expect(changeMinor(tenders)).toBeGreaterThanOrEqual(0);
      expect(remainingMinor(total, tenders)).toBeGreaterThan(-coin);
    }),
  );
});

test.each([
  [633, 'EUR', 2, [1000, 2000, 5000, 10_000]],
  [1000, 'EUR', 2, [2000, 5000, 10_000, 20_000]],
  [4210, 'GBP', 2, [4500, 5000, 6000]],
  [1280, 'JPY', 0, [2000, 5000, 10_000]],
])('For %i in %s the likely notes are offered', (due, currency, digits, expected) => {
  expect(likelyCash(due, currency, digits)).toEqual(expected);
});
