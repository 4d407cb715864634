import { describe, expect, test } from 'vitest';
import {
  MAX_QUANTITY_MILLI,
  openTill,
  parseEntry,
  reduceTill,
  type Sellable,
  type TillAction,
  type TillState,
} from './till.ts';

const milk: Sellable = { productId: 'milk', name: 'Oat milk 1 l', sku: 'M1', unitPriceMinor: 199, taxRatePpm: 70_000 };
const bread: Sellable = { productId: 'bread', name: 'Rye bread', sku: 'B1', unitPriceMinor: 275, taxRatePpm: 70_000 };

function play(actions: TillAction<string>[], from: TillState<string> = openTill()): TillState<string> {
  return actions.reduce(reduceTill, from);
}

const basket = (state: TillState<string>) =>
  state.ticket.lines.map((line) => `${line.quantityMilli / 1000} ${line.productId}`);
const add = (product: Sellable): TillAction<string> => ({ type: 'add', product });

describe('lines', () => {
  test('Scanning the same product again raises its line', () => {
    const state = play([add(milk), add(bread), add(milk)]);

    expect(basket(state)).toEqual(['2 milk', '1 bread']);
    expect(state.selectedLineId).toBe(state.ticket.lines[0]?.lineId);
  });

  test('A product whose price has changed since gets a line of its own', () => {
    expect(basket(play([add(milk), add({ ...milk, unitPriceMinor: 209 })]))).toEqual(['1 milk', '1 milk']);
  });

  test('A line with its own discount is not raised by the next scan', () => {
    const discount = { kind: 'percent', ratePpm: 100_000 } as const;

    expect(basket(play([add(milk), { type: 'discount-line', lineId: 1, discount }, add(milk)]))).toEqual([
      '1 milk',
      '1 milk',
    ]);
  });

  test('A typed quantity counts for the next product only', () => {
    expect(basket(play([{ type: 'multiply', quantityMilli: 3000 }, add(milk), add(bread)]))).toEqual([
      '3 milk',
      '1 bread',
    ]);
  });

  test('Lowering a quantity to nothing removes the line and can be undone', () => {
    const removed = play([add(milk), { type: 'change-quantity', lineId: 1, byMilli: -1000 }]);

    expect(basket(removed)).toEqual([]);
    expect(removed.undo?.name).toBe('Oat milk 1 l');
    expect(basket(play([{ type: 'undo' }], removed))).toEqual(['1 milk']);
  });

  test('A barcode scanned into the quantity does not become a quantity', () => {
    const state = play([add(milk), { type: 'set-quantity', lineId: 1, quantityMilli: 4_006_381_333_931_000 }]);

    expect(state.ticket.lines[0]?.quantityMilli).toBe(MAX_QUANTITY_MILLI);
  });

  test('Removing the selected line selects its neighbour', () => {
    const state = play([add(milk), add(bread), { type: 'select', lineId: 1 }, { type: 'remove', lineId: 1 }]);

    expect(state.selectedLineId).toBe(2);
  });

  test('A cleared ticket comes back whole', () => {
    const state = play([add(milk), add(bread), { type: 'clear' }, { type: 'undo' }]);

    expect(basket(state)).toEqual(['1 milk', '1 bread']);
  });
});

describe('parking', () => {
  test('A parked ticket makes room and is recalled as it was', () => {
    const parked = play([add(milk), { type: 'park', nowMs: 5 }, add(bread)]);
    const recalled = play([{ type: 'recall', parkedId: parked.parked[0]?.parkedId ?? -1, nowMs: 9 }], parked);

    expect(basket(recalled)).toEqual(['1 milk']);
    expect(recalled.parked.map(({ ticket }) => ticket.lines[0]?.productId)).toEqual(['bread']);
  });

  test('An empty ticket is not parked', () => {
    expect(play([{ type: 'park', nowMs: 5 }]).parked).toEqual([]);
  });

  test('A ticket with money on it cannot be put aside or cleared', () => {
    const paid = play([
      add(milk),
      { type: 'pay' },
      { type: 'tender', tender: { method: 'card', amountMinor: 100 } },
      { type: 'back' },
    ]);

    expect(play([{ type: 'park', nowMs: 5 }], paid)).toEqual(paid);
    expect(play([{ type: 'clear' }], paid)).toEqual(paid);
  });
});

describe('paying', () => {
  test('An empty ticket cannot be paid', () => {
    expect(play([{ type: 'pay' }]).phase).toBe('selling');
  });

  test('A scan while paying still lands in the basket', () => {
    const state = play([add(milk), { type: 'pay' }, add(bread)]);

    expect(state.phase).toBe('paying');
    expect(basket(state)).toEqual(['1 milk', '1 bread']);
  });

  test('The next scan after a sale starts the next ticket', () => {
    const sold = play([
      add(milk),
      { type: 'pay' },
      { type: 'tender', tender: { method: 'card', amountMinor: 199 } },
      { type: 'complete', done: 'receipt' },
    ]);

    const next = play([add(bread)], sold);

    expect(sold.done).toBe('receipt');
    expect(next).toMatchObject({ phase: 'selling', tenders: [], done: undefined });
    expect(basket(next)).toEqual(['1 bread']);
  });

  test('A sale cannot be completed twice', () => {
    const sold = play([add(milk), { type: 'pay' }, { type: 'complete', done: 'first' }]);

    expect(play([{ type: 'complete', done: 'second' }], sold).done).toBe('first');
  });

  test('Parked tickets outlive a sale', () => {
    const state = play([
      add(milk),
      { type: 'park', nowMs: 1 },
      add(bread),
      { type: 'pay' },
      { type: 'complete', done: 'x' },
      { type: 'next' },
    ]);

    expect(state.parked).toHaveLength(1);
  });
});

test.each([
  ['3*4006381333931', 3000, '4006381333931'],
  ['3 * oat', 3000, 'oat'],
  ['2,5x rice', 2500, 'rice'],
  ['12*', 12_000, ''],
  ['0*milk', undefined, 'milk'],
  ['4006381333931', undefined, '4006381333931'],
  ['xbox', undefined, 'xbox'],
  ['  oat milk ', undefined, 'oat milk'],
])('The entry %j is a quantity of %j and %j', (entry, quantityMilli, text) => {
  expect(parseEntry(entry)).toEqual({ quantityMilli, text });
});
