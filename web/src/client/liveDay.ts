import { localHour } from './days.ts';
import type { EventData } from './events.ts';
import type { Live } from './wire.ts';

/** What the day's figures take from a sale. */
export type SoldSale = Pick<
  EventData['sale:created'],
  'id' | 'businessDate' | 'number' | 'totalMinor' | 'items' | 'soldAt' | 'actorName'
>;

/** Most sales shown as the newest. */
export const NEWEST_SALES = 20;

/**
 * The day's figures after one more sale, so that the page moves at once and need not ask. A sale that the figures
 * already hold, because they were read after it, changes nothing.
 * @param seq The event's place in the store's log.
 */
export function withSale(live: Live, sale: SoldSale, seq: number, timeZone: string): Live {
  const isKnown = seq < live.position.seq || live.newest.some((known) => known.id === sale.id);
  if (isKnown) return live;
  const newest = { ...sale, actorName: sale.actorName ?? '' };
  const shown = {
    ...live,
    newest: [newest, ...live.newest].slice(0, NEWEST_SALES),
    position: { ...live.position, seq },
  };
  if (sale.businessDate !== live.businessDate) return shown;
  const hour = localHour(sale.soldAt, timeZone);
  const empty = { hour, revenueMinor: 0, saleCount: 0 };
  const before = live.hours.find((other) => other.hour === hour) ?? empty;
  const after = { hour, revenueMinor: before.revenueMinor + sale.totalMinor, saleCount: before.saleCount + 1 };
  return {
    ...shown,
    revenueMinor: live.revenueMinor + sale.totalMinor,
    saleCount: live.saleCount + 1,
    hours: [...live.hours.filter((other) => other.hour !== hour), after].sort((a, b) => a.hour - b.hour),
  };
}
