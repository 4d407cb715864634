import fc from 'fast-check';
import { expect, test } from 'vitest';
import { remainingMinor, tenderCash } from './payment.ts';
import { checkPayments } from './pricing.ts';
import { toRecordSale } from './recordSale.ts';
import { priceTicket } from './ticketPricing.ts';
import type { Tender, Ticket } from './till.ts';

const store = { currency: 'EUR', pricesIncludeTax: true };
const soldAt = new Date('2026-07-15T08:10:00.123Z');
const line = {
  lineId: 7,
  productId: 'milk',
  name: 'Oat milk',
  sku: 'M1',
  unitPriceMinor: 199,
  taxRatePpm: 70_000,
  quantityMilli: 2000,
};

test('A settled ticket becomes the body the server expects, and names stay at home', () => {
  const ticket: Ticket = {
    lines: [line],
    customer: { id: 'c1', name: 'Jonas' },
    discount: { kind: 'amount', amountMinor: 98 },
  };
  const priced = priceTicket(ticket, store);
  const tenders: Tender[] = [{ method: 'cash', amountMinor: 300, tenderedMinor: 500 }];

  const sale = toRecordSale(ticket, priced, tenders, {
    id: 'sale',
    store,
    soldAt,
    registerId: 'r',
    receipt: { series: 'S1-R2', number: 214 },
  });

  expect(sale).toEqual({
    id: 'sale',
    registerId: 'r',
    receipt: { series: 'S1-R2', number: 214 },
    customerId: 'c1',
    soldAt: '2026-07-15T08:10:00.123Z',
    currency: 'EUR',
    pricesIncludeTax: true,
    lines: [
      {
        lineNo: 1,
        productId: 'milk',
        quantityMilli: 2000,
        unitPriceMinor: 199,
        taxRatePpm: 70_000,
        grossMinor: 398,
        discountMinor: 0,
        ticketDiscountMinor: 98,
        taxMinor: 20,
        totalMinor: 300,
      },
    ],
    discount: { kind: 'amount', amountMinor: 98 },
    subtotalMinor: 398,
    discountMinor: 98,
    taxMinor: 20,
    cashRoundingMinor: 0,
    totalMinor: 300,
    payments: [{ method: 'cash', amountMinor: 300, tenderedMinor: 500 }],
    changeMinor: 200,
  });
});

test('A ticket that is not settled is no sale', () => {
  const ticket: Ticket = { lines: [line] };
  const tenders: Tender[] = [{ method: 'card', amountMinor: 397 }];

  expect(() => toRecordSale(ticket, priceTicket(ticket, store), tenders, { id: 'x', store, soldAt })).toThrow(
    RangeError,
  );
});

test('However a ticket is paid, its settlement passes the rules that the server checks', () => {
  const lines = fc.array(
    fc.record({ price: fc.integer({ min: 1, max: 90_000 }), quantityMilli: fc.integer({ min: 1, max: 20_000 }) }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(
      lines,
      fc.constantFrom(1, 5, 10),
      fc.double({ min: 0, max: 1, noNaN: true }),
      fc.boolean(),
      (all, coin, share, isTaxed) => {
        const rules = { currency: 'CHF', pricesIncludeTax: isTaxed };
        const ticket: Ticket = {
          lines: all.map(({ price, quantityMilli }, lineId) => ({
            ...line,
            lineId,
            unitPriceMinor: price,
            quantityMilli,
          })),
        };
        const priced = priceTicket(ticket, rules);
        const onCard = Math.floor(priced.totalMinor * share);
        const card: Tender[] = onCard > 0 ? [{ method: 'card', amountMinor: onCard }] : [];
        const left = remainingMinor(priced.totalMinor, card);
        const tenders = left > 0 ? [...card, tenderCash(left + 5000, left, coin).tender] : card;

        const sale = toRecordSale(ticket, priced, tenders, { id: 'x', store: rules, soldAt });

        expect(checkPayments(sale, coin)).toBeUndefined();
      },
    ),
  );
});
