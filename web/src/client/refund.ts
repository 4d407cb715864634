import { cashRoundingOf, priceRefund } from './pricing.ts';
import type { PaymentMethod, Refund, Sale } from './wire.ts';

/** How much of one line comes back, in thousandths. */
export interface RefundedLine {
  lineNo: number;
  quantityMilli: number;
}

/** How a refund is paid out. */
export interface MoneyBack {
  /** Sums to the refund's total and its cash rounding. */
  payments: { method: PaymentMethod; amountMinor: number }[];
  /** What paying in coins adds or takes. */
  cashRoundingMinor: number;
}

/** What of a line can still come back, in thousandths. */
export function leftMilli(line: Sale['lines'][number]): number {
  return Math.max(0, line.quantityMilli - line.refundedQuantityMilli);
}

/**
 * What the chosen lines are worth: the sum the server will come to.
 * @throws {RangeError} when more comes back than was sold.
 */
export function refundTotalMinor(sale: Sale, earlier: readonly Refund[], chosen: readonly RefundedLine[]): number {
  return chosen.reduce((sum, { lineNo, quantityMilli }) => {
    const sold = sale.lines.find((line) => line.lineNo === lineNo);
    if (sold === undefined) throw new RangeError(`The sale has no line ${lineNo}.`);
    const priced = priceRefund(sold, refundedBefore(earlier, lineNo), quantityMilli);
    if (!priced.accepted) throw new RangeError(priced.rejection.detail);
    return sum + priced.value.totalMinor;
  }, 0);
}

/**
 * Money back by the way it came: in the order of the sale's payments, each up to what it brought and has not given back.
 * What is left goes back by the last of them. What goes back in cash is rounded to coins.
 * @param coinMinor The smallest coin in minor units; 1 rounds nothing.
 */
export function payBack(amountMinor: number, sale: Sale, earlier: readonly Refund[], coinMinor: number): MoneyBack {
  const back = new Map<PaymentMethod, number>();
  let leftMinor = amountMinor;
  for (const [method, paidMinor] of sumByMethod(sale.payments)) {
    const givenMinor = sumByMethod(earlier.flatMap((refund) => refund.payments)).get(method) ?? 0;
    const partMinor = Math.min(leftMinor, Math.max(0, paidMinor - givenMinor));
    if (partMinor > 0) back.set(method, partMinor);
    leftMinor -= partMinor;
  }
  const last = sale.payments.at(-1)?.method ?? 'cash';
  if (leftMinor > 0) back.set(last, (back.get(last) ?? 0) + leftMinor);
  const cashMinor = back.get('cash');
  const cashRoundingMinor = cashMinor === undefined ? 0 : cashRoundingOf(cashMinor, coinMinor);
  if (cashMinor !== undefined) back.set('cash', cashMinor + cashRoundingMinor);
  return { payments: [...back].map(([method, minor]) => ({ method, amountMinor: minor })), cashRoundingMinor };
}

function refundedBefore(earlier: readonly Refund[], lineNo: number) {
  const lines = earlier.flatMap((refund) => refund.lines).filter((line) => line.saleLineNo === lineNo);
  return lines.reduce(
    (sum, line) => ({
      quantityMilli: sum.quantityMilli + line.quantityMilli,
      totalMinor: sum.totalMinor + line.totalMinor,
      taxMinor: sum.taxMinor + line.taxMinor,
    }),
    { quantityMilli: 0, totalMinor: 0, taxMinor: 0 },
  );
}

function sumByMethod(payments: readonly { method: PaymentMethod; amountMinor: number }[]): Map<PaymentMethod, number> {
  const sums = new Map<PaymentMethod, number>();
  for (const { method, amountMinor } of payments) sums.set(method, (sums.get(method) ?? 0) + amountMinor);
  return sums;
}
