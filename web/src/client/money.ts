/**
 * Arithmetic on money: integers of minor units, never fractions. The same rules as src/ChainSync.Core/Money.
 *
 * Amounts go in and out as safe integers (below 2^53); between, products are exact in BigInt. What does not fit throws
 * `RangeError`: a wrong amount must not look like a right one.
 */

/** Where a value exactly half-way between two integers goes: 2.5 → 3 and −2.5 → −3, or to the even neighbour as bankers do. */
export type Rounding = 'half-away-from-zero' | 'half-even';

/** Quantities are integers of thousandths: 1,000 is one piece, one kilogram or one metre. */
export const milliPerUnit = 1_000;

/** Rates are integers of parts per million: 1,000,000 is 100 %, 88,750 is 8.875 %. */
export const ppmPerUnit = 1_000_000;

/**
 * `round(value × numerator ÷ denominator)`, the one place where an amount is rounded. The product is exact before it.
 * Both modes are symmetric: the answer for −value is the negative of the answer for value.
 * @throws RangeError if the denominator is not positive, or a number or the answer is not a safe integer.
 */
export function scale(value: number, numerator: number, denominator: number, rounding?: Rounding): number {
  return safe(scaleExact(value, numerator, denominator, rounding));
}

/** The same as {@link scale}, for an answer that may not fit a safe integer. */
export function scaleExact(
  value: number,
  numerator: number,
  denominator: number,
  rounding: Rounding = 'half-away-from-zero',
): bigint {
  const divisor = exact(denominator);
  if (divisor <= 0n) throw new RangeError('The denominator must be positive.');
  const product = exact(value) * exact(numerator);
  const quotient = product / divisor; // towards zero
  const twice = 2n * abs(product % divisor);
  const goesAway = twice > divisor || (twice === divisor && halfGoesAway(quotient, rounding));
  return goesAway ? quotient + sign(product) : quotient;
}

/**
 * `round(amount × ratePpm ÷ 1,000,000)`.
 * @param ratePpm Parts per million; 190,000 is 19 %.
 */
export function percent(amountMinor: number, ratePpm: number, rounding?: Rounding): number {
  return scale(amountMinor, ratePpm, ppmPerUnit, rounding);
}

/**
 * Spreads an amount in proportion to weights so that the parts sum to it exactly: the largest remainder method
 * (A. Hamilton, 1792). Each part is first `⌊|amount| × weight ÷ Σ weights⌋`; the units left over go one each to the
 * largest remainders, among equal ones to the earlier part. The sign is put back last.
 * @param amountMinor What to spread; any sign.
 * @param weights Not negative. All may be zero only if there is nothing to spread.
 * @throws RangeError if a weight is negative, if all are zero and the amount is not, or past 2^53.
 */
export function spread(amountMinor: number, weights: readonly number[]): number[] {
  const exactWeights = weights.map(exact);
  if (exactWeights.some((weight) => weight < 0n)) throw new RangeError('A weight must not be negative.');
  if (amountMinor === 0) return weights.map(() => 0);
  const whole = exactWeights.reduce((sum, weight) => sum + weight, 0n);
  if (whole === 0n) throw new RangeError('An amount cannot be spread over no weight.');

  const amount = exact(amountMinor);
  const size = abs(amount);
  const shares = exactWeights.map((weight) => ({ part: (size * weight) / whole, remainder: (size * weight) % whole }));
  const left = Number(size - shares.reduce((sum, share) => sum + share.part, 0n));
  const byRemainder = [...shares].sort((a, b) => Number(sign(b.remainder - a.remainder))); // stable: equal ones keep their order
  for (const share of byRemainder.slice(0, left)) share.part += 1n;
  return shares.map((share) => safe(sign(amount) * share.part));
}

function halfGoesAway(towardsZero: bigint, rounding: Rounding): boolean {
  return rounding === 'half-away-from-zero' || towardsZero % 2n !== 0n;
}

function abs(value: bigint): bigint {
  return value < 0n ? -value : value;
}

function sign(value: bigint): bigint {
  if (value === 0n) return 0n;
  return value < 0n ? -1n : 1n;
}

function exact(value: number): bigint {
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is not a safe integer.`);
  return BigInt(value);
}

function safe(value: bigint): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number)) throw new RangeError(`${value} does not fit a safe integer.`);
  return number;
}
