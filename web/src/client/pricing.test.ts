import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { type Rounding, scale, spread } from './money.ts';
import {
  cashRoundingOf,
  cashRoundingOfPayments,
  checkPayments,
  type Outcome,
  priceBasket,
  priceRefund,
} from './pricing.ts';

const rounding = z.enum(['half-away-from-zero', 'half-even']).optional();
const rejection = z.object({ code: z.string(), fields: z.array(z.string()) });
const discount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('percent'), ratePpm: z.number() }),
  z.object({ kind: z.literal('amount'), amountMinor: z.number() }),
]);
const line = z.object({
  unitPriceMinor: z.number(),
  quantityMilli: z.number(),
  taxRatePpm: z.number(),
  discount: discount.optional(),
});
const basket = z.object({
  currency: z.string(),
  pricesIncludeTax: z.boolean(),
  rounding,
  cashRoundingMinor: z.number().optional(),
  lines: z.array(line),
  discount: discount.optional(),
});
const portion = z.strictObject({ quantityMilli: z.number(), totalMinor: z.number(), taxMinor: z.number() });
const payment = z.object({ method: z.string(), amountMinor: z.number(), tenderedMinor: z.number().optional() });
const settlement = z.object({
  totalMinor: z.number(),
  cashRoundingMinor: z.number(),
  changeMinor: z.number(),
  payments: z.array(payment),
});
const goldenCase = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('basket'),
    basket,
    priced: z.record(z.string(), z.unknown()).optional(),
    cashRoundingOfTotalMinor: z.number().optional(),
    rejection: rejection.optional(),
  }),
  z.object({
    kind: z.literal('refund'),
    rounding,
    sold: z.tuple([portion]),
    refunds: z.array(portion),
    beyondMilli: z.number(),
    rejection,
  }),
  z.object({ kind: z.literal('settlement'), settlement, incrementMinor: z.number(), rejection: rejection.optional() }),
  z.object({
    kind: z.literal('spread'),
    amountMinor: z.number(),
    weights: z.array(z.number()),
    parts: z.array(z.number()),
  }),
  z.object({
    kind: z.literal('scale'),
    rounding,
    value: z.number(),
    numerator: z.number(),
    denominator: z.number(),
    result: z.number(),
  }),
]);
type Case = z.infer<typeof goldenCase>;
type CaseOf<K extends Case['kind']> = Extract<Case, { kind: K }>;

const vectors = new URL('../../../tests/vectors/pricing.jsonl.gz', import.meta.url);
const cases = gunzipSync(readFileSync(vectors))
  .toString('utf8')
  .trimEnd()
  .split('\n')
  .map((text) => goldenCase.parse(JSON.parse(text)));

function casesOf<K extends Case['kind']>(kind: K): CaseOf<K>[] {
  return cases.filter((each): each is CaseOf<K> => each.kind === kind);
}

function refusedAs(refused: { code: string; errors?: Record<string, string[]> } | undefined) {
  return refused && { code: refused.code, fields: Object.keys(refused.errors ?? {}).sort() };
}

function unwrap<T>(outcome: Outcome<T>): T {
  if (!outcome.accepted) throw new Error(outcome.rejection.code);
  return outcome.value;
}

function answerTo({ basket }: CaseOf<'basket'>) {
  const outcome = priceBasket(basket);
  if (!outcome.accepted) return { rejection: refusedAs(outcome.rejection) };
  const { currency, ...priced } = outcome.value;
  const rounded = cashRoundingOf(priced.totalMinor, basket.cashRoundingMinor ?? 1, basket.rounding);
  return { priced, cashRoundingOfTotalMinor: rounded };
}

function refundAll({ sold, refunds, rounding, beyondMilli }: CaseOf<'refund'>) {
  let before = { quantityMilli: 0, totalMinor: 0, taxMinor: 0 };
  const given = refunds.map(({ quantityMilli }) => {
    const refund = unwrap(priceRefund(sold[0], before, quantityMilli, rounding));
    before = {
      quantityMilli: before.quantityMilli + refund.quantityMilli,
      totalMinor: before.totalMinor + refund.totalMinor,
      taxMinor: before.taxMinor + refund.taxMinor,
    };
    return refund;
  });
  const beyond = priceRefund(sold[0], before, beyondMilli, rounding);
  return { refunds: given, rejection: beyond.accepted ? undefined : refusedAs(beyond.rejection) };
}

describe('the golden cases of the server', () => {
  test('are more than ten thousand', () => {
    expect(cases.length).toBeGreaterThan(10_000);
  });

  test('price every basket alike', () => {
    for (const each of casesOf('basket')) {
      const { kind, basket, ...expected } = each;
      expect(answerTo(each), JSON.stringify(basket)).toEqual(expected);
    }
  });

  test('refund every line alike', () => {
    for (const each of casesOf('refund')) {
      expect(refundAll(each), JSON.stringify(each)).toEqual({ refunds: each.refunds, rejection: each.rejection });
    }
  });

  test('judge every settlement alike', () => {
    for (const each of casesOf('settlement')) {
      const refused = refusedAs(checkPayments(each.settlement, each.incrementMinor));
      expect(refused, JSON.stringify(each)).toEqual(each.rejection);
    }
  });

  test('spread every amount alike', () => {
    for (const each of casesOf('spread')) {
      expect(spread(each.amountMinor, each.weights), JSON.stringify(each)).toEqual(each.parts);
    }
  });

  test('round every product alike', () => {
    for (const each of casesOf('scale')) {
      const { value, numerator, denominator, rounding, result } = each;
      expect(scale(value, numerator, denominator, rounding), JSON.stringify(each)).toBe(result);
    }
  });
});

describe('what only JavaScript can get wrong', () => {
  const oneLine = { unitPriceMinor: 199, quantityMilli: 1_000, taxRatePpm: 70_000 };
  const priceOf = (change: object) =>
    priceBasket({ currency: 'EUR', pricesIncludeTax: true, lines: [{ ...oneLine, ...change }] });

  test.each([
    ['unitPriceMinor', 1.5],
    ['unitPriceMinor', Number.NaN],
    ['quantityMilli', 0.1 + 0.2],
    ['quantityMilli', Number.POSITIVE_INFINITY],
    ['taxRatePpm', 2 ** 53],
  ])('a fraction or an unsafe number in %s (%s) is refused', (field, value) => {
    const outcome = priceOf({ [field]: value });

    expect(outcome.accepted ? undefined : outcome.rejection.errors).toEqual({
      [`lines[0].${field}`]: ['Must be a whole number.'],
    });
  });

  test('an answer past 2^53 throws instead of losing a unit', () => {
    expect(scale(Number.MAX_SAFE_INTEGER, 1, 1)).toBe(Number.MAX_SAFE_INTEGER);
    expect(() => scale(Number.MAX_SAFE_INTEGER, 2, 1)).toThrow(RangeError);
    expect(() => scale(2 ** 53, 1, 1)).toThrow(RangeError);
    expect(() => scale(1, 1, 0)).toThrow(RangeError);
    expect(() => spread(1, [0, 0])).toThrow(RangeError);
    expect(() => spread(1, [-1, 2])).toThrow(RangeError);
  });

  test.each<[number, Rounding, number]>([
    [5, 'half-away-from-zero', 5],
    [5, 'half-even', -5],
    [-5, 'half-away-from-zero', -5],
    [0, 'half-even', 0],
  ])('half a coin of 10, %i, with %s is rounded by %i and zero has no sign', (amount, mode, by) => {
    expect(Object.is(cashRoundingOf(amount, 10, mode), by)).toBe(true);
  });

  test('only the cash part of a split payment is rounded', () => {
    const card = { method: 'card', amountMinor: 1_001 };
    const cash = { method: 'cash', amountMinor: 500 };

    expect(cashRoundingOfPayments(1_503, [card, cash], 5)).toBe(-2);
    expect(cashRoundingOfPayments(1_503, [card], 5)).toBe(0);
  });

  test('a sold line with a tax beyond its total is no such line', () => {
    const nothing = { quantityMilli: 0, totalMinor: 0, taxMinor: 0 };

    expect(() => priceRefund({ quantityMilli: 1_000, totalMinor: 1, taxMinor: 2 }, nothing, 1_000)).toThrow(RangeError);
  });
});
