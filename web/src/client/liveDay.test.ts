import { expect, test } from 'vitest';
import { NEWEST_SALES, type SoldSale, withSale } from './liveDay.ts';
import type { Live } from './wire.ts';

const live: Live = {
  businessDate: '2026-07-15',
  currency: 'EUR',
  revenueMinor: 1000,
  saleCount: 2,
  sameWeekdayRevenueMinor: 900,
  hours: [{ hour: 9, revenueMinor: 1000, saleCount: 2 }],
  newest: [
    { id: 'old', number: 'S1-R1-2', totalMinor: 400, soldAt: '2026-07-15T07:30:00Z', items: 1, actorName: 'Amira' },
  ],
  position: { seq: 50, epoch: 'e' },
};
const sale: SoldSale = {
  businessDate: '2026-07-15',
  id: 'new',
  number: 'S1-R1-3',
  totalMinor: 633,
  items: 3,
  soldAt: '2026-07-15T08:10:00Z',
  actorName: 'Amira',
};

test('A sale moves the revenue, its hour and the list', () => {
  const after = withSale(live, sale, 51, 'Europe/Berlin');

  expect(after).toMatchObject({ revenueMinor: 1633, saleCount: 3, position: { seq: 51 } });
  expect(after.hours).toEqual([
    { hour: 9, revenueMinor: 1000, saleCount: 2 },
    { hour: 10, revenueMinor: 633, saleCount: 1 },
  ]);
  expect(after.newest.map(({ id }) => id)).toEqual(['new', 'old']);
});

test('A sale that the figures already hold changes nothing', () => {
  expect(withSale(live, sale, 49, 'Europe/Berlin')).toBe(live);
  expect(withSale(live, { ...sale, id: 'old' }, 50, 'Europe/Berlin')).toBe(live);
});

test('A late sale of another day is shown but not counted into this one', () => {
  const after = withSale(live, { ...sale, businessDate: '2026-07-14' }, 51, 'Europe/Berlin');

  expect(after).toMatchObject({ revenueMinor: 1000, saleCount: 2, hours: live.hours, position: { seq: 51 } });
  expect(after.newest[0]?.id).toBe('new');
});

test('Hearing of a sale twice counts it once', () => {
  const once = withSale(live, sale, 51, 'Europe/Berlin');

  expect(withSale(once, sale, 51, 'Europe/Berlin')).toBe(once);
});

test('The list of newest sales stays short', () => {
  const busy = Array.from({ length: 40 }, (_, i) => i).reduce(
    (day, i) => withSale(day, { ...sale, id: `sale-${i}` }, 51 + i, 'Europe/Berlin'),
    live,
  );

  expect(busy.newest).toHaveLength(NEWEST_SALES);
  expect(busy.newest[0]?.id).toBe('sale-39');
  expect(busy.saleCount).toBe(42);
});
