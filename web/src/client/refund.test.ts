import { expect, test } from 'vitest';
import { leftMilli, payBack, refundTotalMinor } from './refund.ts';
import type { Refund, Sale } from './wire.ts';

const sale: Sale = {
  id: 'sale',
  number: 'S1-R1-1',
  soldAt: '2026-07-15T08:10:00Z',
  currency: 'EUR',
  pricesIncludeTax: true,
  actorName: 'Amira',
  customerId: undefined,
  lines: [
    {
      lineNo: 1,
      productId: 'p',
      name: 'Oat milk',
      sku: 'M1',
      quantityMilli: 3000,
      unitPriceMinor: 334,
      taxRatePpm: 70_000,
      grossMinor: 1002,
      discountMinor: 2,
      ticketDiscountMinor: 0,
      taxMinor: 65,
      totalMinor: 1000,
      refundedQuantityMilli: 0,
    },
  ],
  subtotalMinor: 1000,
  discountMinor: 0,
  taxMinor: 65,
  cashRoundingMinor: 0,
  totalMinor: 1000,
  payments: [
    { method: 'card', amountMinor: 400, tenderedMinor: undefined },
    { method: 'cash', amountMinor: 600, tenderedMinor: 1000 },
  ],
  changeMinor: 400,
  paymentStatus: 'paid',
  flags: [],
  refundedMinor: 0,
};

function refund(quantityMilli: number, totalMinor: number, taxMinor: number, payments: Refund['payments']): Refund {
  const lines = [{ saleLineNo: 1, quantityMilli, totalMinor, taxMinor }];
  return { id: 'r', saleId: 'sale', reason: '', lines, payments, totalMinor, createdAt: '2026-07-16T08:00:00Z' };
}

test('Refunding piece by piece gives back exactly what was paid', () => {
  const earlier: Refund[] = [];
  const amounts = [1, 2, 3].map(() => {
    const amount = refundTotalMinor(sale, earlier, [{ lineNo: 1, quantityMilli: 1000 }]);
    earlier.push(refund(1000, amount, 0, []));
    return amount;
  });

  expect(amounts).toEqual([333, 334, 333]);
});

test('More than was sold cannot be refunded', () => {
  const earlier = [refund(2000, 667, 43, [])];

  expect(() => refundTotalMinor(sale, earlier, [{ lineNo: 1, quantityMilli: 2000 }])).toThrow(RangeError);
});

test('Money goes back the way it came, each way up to what it brought', () => {
  expect(payBack(1000, sale, [], 1).payments).toEqual([
    { method: 'card', amountMinor: 400 },
    { method: 'cash', amountMinor: 600 },
  ]);
  expect(payBack(333, sale, [], 1).payments).toEqual([{ method: 'card', amountMinor: 333 }]);
});

test('What a way of paying has already given back, it does not give again', () => {
  const earlier = [refund(1000, 333, 22, [{ method: 'card', amountMinor: 333 }])];

  expect(payBack(334, sale, earlier, 1).payments).toEqual([
    { method: 'card', amountMinor: 67 },
    { method: 'cash', amountMinor: 267 },
  ]);
});

test.each([
  [102, 100, -2],
  [103, 105, 2],
  [2, 0, -2],
  [100, 100, 0],
])('%i goes back in coins of 5 as %i', (amountMinor, paidMinor, cashRoundingMinor) => {
  const inCash = { ...sale, payments: [{ method: 'cash' as const, amountMinor: 100, tenderedMinor: undefined }] };

  const back = payBack(amountMinor, inCash, [], 5);

  expect(back).toEqual({ payments: [{ method: 'cash', amountMinor: paidMinor }], cashRoundingMinor });
});

test('Only the part in cash is rounded', () => {
  const odd = { ...sale, payments: sale.payments.map((p) => (p.method === 'card' ? { ...p, amountMinor: 398 } : p)) };

  expect(payBack(399, odd, [], 5)).toEqual({
    payments: [
      { method: 'card', amountMinor: 398 },
      { method: 'cash', amountMinor: 0 },
    ],
    cashRoundingMinor: -1,
  });
  expect(payBack(398, odd, [], 5)).toEqual({ payments: [{ method: 'card', amountMinor: 398 }], cashRoundingMinor: 0 });
});

test('What is left of a line is what has not come back', () => {
  expect(sale.lines.map((line) => leftMilli({ ...line, refundedQuantityMilli: 1000 }))).toEqual([2000]);
});
