/**
 * What a basket, a refund and a settlement come to. The till applies these rules at once and offline; the server applies
 * the same ones (src/ChainSync.Core/Pricing), and tests/vectors pins the two together.
 *
 * Money is in integer minor units, quantities in thousandths, rates in parts per million.
 */
import { milliPerUnit, percent, ppmPerUnit, type Rounding, scale, scaleExact, spread } from './money.ts';

/** The bounds of everything that is priced, as PricingBounds in Core says: past one, pricing refuses with a message on the field. */
export const pricingBounds = {
  maxLines: 1_000,
  maxQuantityMilli: 1_000_000_000,
  maxUnitPriceMinor: 1_000_000_000_000,
  maxRatePpm: 1_000_000,
  /** Largest sum of a basket's gross amounts; tax on top can at most double it, so every amount stays a safe integer. */
  maxAmountMinor: 1_000_000_000_000_000,
  maxCashRoundingMinor: 100_000,
  maxPayments: 100,
} as const;

/** A refusal that is part of a normal day: a stable code, a sentence, and messages by field path such as `lines[0].quantityMilli`. */
export interface Rejection {
  code: string;
  detail: string;
  errors?: Record<string, string[]>;
}

/** A value, or why there is none. */
export type Outcome<T> = { accepted: true; value: T } | { accepted: false; rejection: Rejection };

/** A reduction of a line or of a whole ticket: a share or an amount, never more than what it reduces. */
export type Discount = { kind: 'percent'; ratePpm: number } | { kind: 'amount'; amountMinor: number };

/** One line of a basket: so much of one thing at one price. */
export interface BasketLine {
  productId?: string | undefined;
  unitPriceMinor: number;
  quantityMilli: number;
  taxRatePpm: number;
  discount?: Discount | undefined;
}

/** What a customer is about to buy, with the store's rules that decide the price. */
export interface Basket {
  /** ISO 4217. */
  currency: string;
  /** Whether unit prices contain their tax, or it is added. */
  pricesIncludeTax: boolean;
  /** Where a half goes; away from zero unless said. */
  rounding?: Rounding | undefined;
  /** The smallest coin; 1 (the default) rounds nothing. */
  cashRoundingMinor?: number | undefined;
  lines: readonly BasketLine[];
  /** The discount on the whole ticket, taken after the lines' own. */
  discount?: Discount | undefined;
}

export interface PricedLine {
  /** Unit price × quantity, before discounts. */
  grossMinor: number;
  discountMinor: number;
  /** The line's part of the ticket discount. */
  ticketDiscountMinor: number;
  /** The tax in the total. */
  taxMinor: number;
  totalMinor: number;
}

/** The sums of the lines of one tax rate; `grossMinor` is net + tax. */
export interface TaxTotal {
  ratePpm: number;
  netMinor: number;
  taxMinor: number;
  grossMinor: number;
}

/** A basket with all its amounts. Totals are sums of the lines' integers, never computed beside them. */
export interface PricedBasket {
  currency: string;
  lines: PricedLine[];
  /** One for each tax rate that occurs, lowest first. */
  taxes: TaxTotal[];
  /** Σ (gross − line discount). */
  subtotalMinor: number;
  /** The ticket discount, the sum of its parts on the lines. */
  discountMinor: number;
  taxMinor: number;
  /** Σ line totals: what is to be paid, before any cash rounding. */
  totalMinor: number;
}

/** So much of a sold line, with its money: as sold, or as refunded up to now. */
export interface LinePortion {
  quantityMilli: number;
  totalMinor: number;
  taxMinor: number;
}

/** One payment; `tenderedMinor` is what was handed over, exactly the amount unless said. */
export interface Payment {
  method: string;
  amountMinor: number;
  tenderedMinor?: number | undefined;
}

/** How a total is settled. */
export interface Settlement {
  totalMinor: number;
  cashRoundingMinor: number;
  changeMinor: number;
  payments: readonly Payment[];
}

interface ReducedLine {
  grossMinor: number;
  discountMinor: number;
  baseMinor: number;
  taxRatePpm: number;
}

/**
 * Prices a basket, each line rounded for itself:
 * ```
 * gross          = round(unitPrice × quantity ÷ 1,000)
 * discount       = round(gross × rate ÷ 1,000,000)  or  min(amount, gross)
 * base           = gross − discount
 * ticketDiscount = its part of the ticket discount on Σ base, spread by largest remainder on the bases
 * net of discounts = base − ticketDiscount
 * prices with tax:    total = net of discounts;        tax = total − round(total × 1,000,000 ÷ (1,000,000 + taxRate))
 * prices without tax: tax = round(net of discounts × taxRate ÷ 1,000,000);    total = net of discounts + tax
 * ```
 * No total depends on the order of the lines.
 * @returns The amounts, or `common.invalid` with every field that is past its bound.
 */
export function priceBasket(basket: Basket): Outcome<PricedBasket> {
  const rejection = checkBasket(basket);
  if (rejection) return { accepted: false, rejection };

  const reduced = basket.lines.map((line) => reduce(line, basket.rounding));
  const subtotalMinor = sum(reduced, (line) => line.baseMinor);
  const discountMinor = discountOf(basket.discount, subtotalMinor, basket.rounding);
  const parts = spreadOver(reduced, discountMinor);
  const lines = reduced.map((line, index) => withTax(line, parts[index] ?? 0, basket));
  const value = {
    currency: basket.currency,
    lines,
    taxes: taxesOf(reduced, lines),
    subtotalMinor,
    discountMinor,
    taxMinor: sum(lines, (line) => line.taxMinor),
    totalMinor: sum(lines, (line) => line.totalMinor),
  };
  return { accepted: true, value };
}

/**
 * `round(amount ÷ increment) × increment − amount`: what to add to an amount settled in cash so that coins can pay it.
 * A signed line of its own; it changes no price and no tax.
 * @throws RangeError if the increment is not positive.
 */
export function cashRoundingOf(amountMinor: number, incrementMinor: number, rounding?: Rounding): number {
  return scale(amountMinor, 1, incrementMinor, rounding) * incrementMinor - amountMinor;
}

/** The cash rounding these payments call for: of the part of the total that no other method settles, or zero without cash. */
export function cashRoundingOfPayments(
  totalMinor: number,
  payments: readonly Payment[],
  incrementMinor: number,
  rounding?: Rounding,
): number {
  const other = payments.filter((payment) => payment.method !== 'cash');
  const inCash = totalMinor - sum(other, (payment) => payment.amountMinor);
  return hasCash(payments) ? cashRoundingOf(inCash, incrementMinor, rounding) : 0;
}

/**
 * What giving back `quantityMilli` more of a sold line is worth. Amounts are differences of running sums, so that all
 * refunds of a line, in any split, sum to the sale exactly:
 * ```
 * amount = round(sold.total × (before.quantity + quantity) ÷ sold.quantity) − before.total
 * tax    = round(sold.tax × (before.total + amount) ÷ sold.total) − before.tax
 * ```
 * both between zero and what is left. Tax follows the money, so it is never more than the amount it is part of.
 * @param before The sum of the line's earlier refunds.
 * @returns The portion refunded now, or `sales.refund-exceeds-sold`, or `common.invalid`.
 */
export function priceRefund(
  sold: LinePortion,
  before: LinePortion,
  quantityMilli: number,
  rounding?: Rounding,
): Outcome<LinePortion> {
  if (sold.quantityMilli <= 0 || sold.taxMinor < 0 || sold.taxMinor > sold.totalMinor)
    throw new RangeError('A sold line has a quantity, and a tax between zero and its total.');
  const rejection = refuseRefund(sold, before, quantityMilli);
  if (rejection) return { accepted: false, rejection };

  const total = scale(sold.totalMinor, before.quantityMilli + quantityMilli, sold.quantityMilli, rounding);
  const totalMinor = Math.min(Math.max(total - before.totalMinor, 0), sold.totalMinor - before.totalMinor);
  const refunded = before.totalMinor + totalMinor;
  const tax = refunded === sold.totalMinor ? sold.taxMinor : scale(sold.taxMinor, refunded, sold.totalMinor, rounding);
  const taxMinor = Math.min(Math.max(tax - before.taxMinor, 0), sold.taxMinor - before.taxMinor);
  return { accepted: true, value: { quantityMilli, totalMinor, taxMinor } };
}

/**
 * Why a settlement is wrong, or nothing when it is right: `Σ amount = total + cash rounding` and
 * `change = Σ (tendered − amount)`, where only cash may be over-tendered and rounded.
 * The first that fails speaks: bounds, tender, cash rounding, sum, change.
 * @param cashRoundingIncrementMinor The smallest coin; 1 where cash is not rounded.
 */
export function checkPayments(settlement: Settlement, cashRoundingIncrementMinor: number): Rejection | undefined {
  return (
    checkPaymentBounds(settlement) ??
    checkTender(settlement.payments) ??
    checkCashRounding(settlement, cashRoundingIncrementMinor) ??
    checkSum(settlement) ??
    checkChange(settlement)
  );
}

function discountOf(discount: Discount | undefined, baseMinor: number, rounding: Rounding | undefined): number {
  if (!discount) return 0;
  return discount.kind === 'percent'
    ? percent(baseMinor, discount.ratePpm, rounding)
    : Math.min(discount.amountMinor, baseMinor);
}

function reduce(line: BasketLine, rounding: Rounding | undefined): ReducedLine {
  const grossMinor = scale(line.unitPriceMinor, line.quantityMilli, milliPerUnit, rounding);
  const discountMinor = discountOf(line.discount, grossMinor, rounding);
  return { grossMinor, discountMinor, baseMinor: grossMinor - discountMinor, taxRatePpm: line.taxRatePpm };
}

// Spread in an order that depends only on what the lines are: whichever of two lines with equal remainders gets the odd
// unit, swapping them must not change the tax, so no total depends on the order of scanning.
function spreadOver(lines: readonly ReducedLine[], ticketDiscountMinor: number): number[] {
  const ordered = [...lines].sort((a, b) => b.baseMinor - a.baseMinor || b.taxRatePpm - a.taxRatePpm);
  const weights = ordered.map((line) => line.baseMinor);
  const spreads = new Map(spread(ticketDiscountMinor, weights).map((part, place) => [ordered[place], part]));
  return lines.map((line) => spreads.get(line) ?? 0);
}

function withTax(line: ReducedLine, ticketDiscountMinor: number, basket: Basket): PricedLine {
  const amount = line.baseMinor - ticketDiscountMinor;
  const taxMinor = basket.pricesIncludeTax
    ? amount - scale(amount, ppmPerUnit, ppmPerUnit + line.taxRatePpm, basket.rounding)
    : percent(amount, line.taxRatePpm, basket.rounding);
  return {
    grossMinor: line.grossMinor,
    discountMinor: line.discountMinor,
    ticketDiscountMinor,
    taxMinor,
    totalMinor: basket.pricesIncludeTax ? amount : amount + taxMinor,
  };
}

function taxesOf(reduced: readonly ReducedLine[], lines: readonly PricedLine[]): TaxTotal[] {
  const byRate = new Map<number, TaxTotal>();
  for (const [index, line] of lines.entries()) {
    const ratePpm = reduced[index]?.taxRatePpm ?? 0;
    const tax = byRate.get(ratePpm) ?? { ratePpm, netMinor: 0, taxMinor: 0, grossMinor: 0 };
    tax.netMinor += line.totalMinor - line.taxMinor;
    tax.taxMinor += line.taxMinor;
    tax.grossMinor += line.totalMinor;
    byRate.set(ratePpm, tax);
  }
  return [...byRate.values()].sort((a, b) => a.ratePpm - b.ratePpm);
}

function checkBasket(basket: Basket): Rejection | undefined {
  const errors = new FieldErrors();
  const { maxLines, maxAmountMinor, maxCashRoundingMinor } = pricingBounds;
  errors.checkRange('cashRoundingMinor', basket.cashRoundingMinor ?? 1, 1, maxCashRoundingMinor);
  checkDiscount(basket.discount, 'discount', errors);
  // Too many lines are not looked at one by one: the answer must stay small whatever was scanned.
  if (basket.lines.length > maxLines) errors.add('lines', `Must not be more than ${maxLines}.`);
  else for (const [index, line] of basket.lines.entries()) checkLine(line, `lines[${index}]`, errors);
  const invalid = errors.toRejection();
  if (invalid) return invalid;

  if (grossOfAll(basket) > maxAmountMinor) errors.add('lines', `Must not sum to more than ${maxAmountMinor}.`);
  return errors.toRejection();
}

// Exact, because the gross of one line alone may be past what a number holds.
function grossOfAll(basket: Basket): bigint {
  return basket.lines.reduce((total, line) => {
    return total + scaleExact(line.unitPriceMinor, line.quantityMilli, milliPerUnit, basket.rounding);
  }, 0n);
}

function checkLine(line: BasketLine, path: string, errors: FieldErrors): void {
  errors.checkRange(`${path}.unitPriceMinor`, line.unitPriceMinor, 0, pricingBounds.maxUnitPriceMinor);
  errors.checkRange(`${path}.quantityMilli`, line.quantityMilli, 1, pricingBounds.maxQuantityMilli);
  errors.checkRange(`${path}.taxRatePpm`, line.taxRatePpm, 0, pricingBounds.maxRatePpm);
  checkDiscount(line.discount, `${path}.discount`, errors);
}

function checkDiscount(discount: Discount | undefined, path: string, errors: FieldErrors): void {
  if (discount?.kind === 'percent') errors.checkRange(`${path}.ratePpm`, discount.ratePpm, 0, pricingBounds.maxRatePpm);
  if (discount?.kind === 'amount')
    errors.checkRange(`${path}.amountMinor`, discount.amountMinor, 0, pricingBounds.maxAmountMinor);
}

function refuseRefund(sold: LinePortion, before: LinePortion, quantityMilli: number): Rejection | undefined {
  const errors = new FieldErrors();
  errors.checkRange('quantityMilli', quantityMilli, 1, pricingBounds.maxQuantityMilli);
  const invalid = errors.toRejection();
  if (invalid) return invalid;

  const moneyIsLeft = before.totalMinor <= sold.totalMinor && before.taxMinor <= sold.taxMinor;
  const leftMilli = moneyIsLeft ? Math.max(sold.quantityMilli - before.quantityMilli, 0) : 0;
  if (quantityMilli <= leftMilli) return undefined;
  const detail = 'More would be refunded than was sold.';
  return refusal('sales.refund-exceeds-sold', detail, 'quantityMilli', `Must not be more than ${leftMilli}.`);
}

function checkPaymentBounds(settlement: Settlement): Rejection | undefined {
  const errors = new FieldErrors();
  const { maxAmountMinor, maxCashRoundingMinor, maxPayments } = pricingBounds;
  const maxTotalMinor = 2 * maxAmountMinor;
  errors.checkRange('totalMinor', settlement.totalMinor, 0, maxTotalMinor);
  errors.checkRange('cashRoundingMinor', settlement.cashRoundingMinor, -maxCashRoundingMinor, maxCashRoundingMinor);
  errors.checkRange('changeMinor', settlement.changeMinor, 0, maxTotalMinor);
  if (settlement.payments.length > maxPayments) errors.add('payments', `Must not be more than ${maxPayments}.`);
  for (const [index, payment] of settlement.payments.slice(0, maxPayments).entries()) {
    errors.checkRange(`payments[${index}].amountMinor`, payment.amountMinor, 0, maxTotalMinor);
    errors.checkRange(`payments[${index}].tenderedMinor`, payment.tenderedMinor ?? 0, 0, maxTotalMinor);
  }
  return errors.toRejection();
}

function checkTender(payments: readonly Payment[]): Rejection | undefined {
  const errors = new FieldErrors();
  for (const [index, payment] of payments.entries()) {
    const over = overTendered(payment);
    const field = `payments[${index}].tenderedMinor`;
    if (over < 0) errors.add(field, 'Must not be less than the amount.');
    else if (over > 0 && payment.method !== 'cash') errors.add(field, 'Must be the amount: only cash gives change.');
  }
  return errors.toRejection('sales.tender-mismatch', 'What was tendered does not fit its payment.');
}

function checkCashRounding(settlement: Settlement, incrementMinor: number): Rejection | undefined {
  const most = hasCash(settlement.payments) ? Math.floor(incrementMinor / 2) : 0;
  if (Math.abs(settlement.cashRoundingMinor) <= most) return undefined;
  const detail = 'Cash is rounded by at most half the smallest coin.';
  return refusal('sales.cash-rounding-mismatch', detail, 'cashRoundingMinor', `Must be between ${-most} and ${most}.`);
}

// The sums below may leave the safe integers, but then they are far past every bound and stay unequal.
function checkSum(settlement: Settlement): Rejection | undefined {
  const due = settlement.totalMinor + settlement.cashRoundingMinor;
  if (sum(settlement.payments, (payment) => payment.amountMinor) === due) return undefined;
  const detail = 'The payments do not cover the total exactly.';
  return refusal('sales.payment-mismatch', detail, 'payments', `Must sum to ${due}.`);
}

function checkChange(settlement: Settlement): Rejection | undefined {
  const change = sum(settlement.payments, overTendered);
  if (settlement.changeMinor === change) return undefined;
  const detail = 'The change is not what was tendered beyond the amounts.';
  return refusal('sales.change-mismatch', detail, 'changeMinor', `Must be ${change}.`);
}

function refusal(code: string, detail: string, field: string, message: string): Rejection {
  return { code, detail, errors: { [field]: [message] } };
}

function hasCash(payments: readonly Payment[]): boolean {
  return payments.some((payment) => payment.method === 'cash');
}

function overTendered(payment: Payment): number {
  return (payment.tenderedMinor ?? payment.amountMinor) - payment.amountMinor;
}

function sum<T>(items: readonly T[], amountOf: (item: T) => number): number {
  return items.reduce((total, item) => total + amountOf(item), 0);
}

// Collects what is wrong with the fields of one input, so that a person hears of every mistake at once.
class FieldErrors {
  private readonly messages = new Map<string, string[]>();

  add(field: string, message: string): void {
    this.messages.set(field, [...(this.messages.get(field) ?? []), message]);
  }

  checkRange(field: string, value: number, least: number, most: number): void {
    if (!Number.isSafeInteger(value)) this.add(field, 'Must be a whole number.');
    else if (value < least || value > most) this.add(field, `Must be between ${least} and ${most}.`);
  }

  toRejection(code = 'common.invalid', detail = 'Some fields are out of their bounds.'): Rejection | undefined {
    return this.messages.size > 0 ? { code, detail, errors: Object.fromEntries(this.messages) } : undefined;
  }
}
