import { cashRoundingOf } from './pricing.ts';
import type { Tender } from './till.ts';

/** What is still to be paid, in minor units. */
export function remainingMinor(totalMinor: number, tenders: readonly Tender[]): number {
  return totalMinor - tenders.reduce((sum, tender) => sum + tender.amountMinor, 0);
}

/**
 * What is asked for in cash: the amount to the nearest coin there is.
 * @param roundingMinor The smallest coin in minor units; 1 rounds nothing.
 */
export function cashDueMinor(amountMinor: number, roundingMinor: number): number {
  return amountMinor + cashRoundingOf(amountMinor, roundingMinor);
}

/**
 * Cash handed over against what is left. What is more than the cash due goes back as change.
 * @returns The tender, and whether the ticket is settled with it.
 */
export function tenderCash(
  handedMinor: number,
  leftMinor: number,
  roundingMinor: number,
): { tender: Tender; isSettled: boolean } {
  const dueMinor = cashDueMinor(leftMinor, roundingMinor);
  const isSettled = handedMinor >= dueMinor;
  const amountMinor = isSettled ? dueMinor : handedMinor;
  return { tender: { method: 'cash', amountMinor, tenderedMinor: handedMinor }, isSettled };
}

/** Change to give back, in minor units. */
export function changeMinor(tenders: readonly Tender[]): number {
  return tenders.reduce((sum, tender) => sum + (tender.tenderedMinor ?? tender.amountMinor) - tender.amountMinor, 0);
}

/** Notes in people's purses, in whole units of the currency. */
const notes: Readonly<Record<string, readonly number[]>> = {
  EUR: [5, 10, 20, 50, 100, 200],
  GBP: [5, 10, 20, 50],
  USD: [1, 5, 10, 20, 50, 100],
  CHF: [10, 20, 50, 100, 200],
  JPY: [1000, 5000, 10_000],
};
const otherNotes = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000, 10_000];

/**
 * Amounts a customer is likely to hand over for `dueMinor`: the due rounded up to each note, smallest first.
 * @param digits Minor digits of the currency: 2 for cents.
 */
export function likelyCash(dueMinor: number, currency: string, digits: number, count = 4): number[] {
  const unit = 10 ** digits;
  const amounts = (notes[currency] ?? otherNotes).map((note) => Math.ceil(dueMinor / (note * unit)) * note * unit);
  const above = [...new Set(amounts)].filter((amount) => amount > dueMinor);
  return above.sort((a, b) => a - b).slice(0, count);
}
