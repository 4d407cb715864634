import { expect, test } from 'vitest';
import { MemoryStorage } from './testing.ts';
import { openTill, reduceTill, type TillAction, type TillState } from './till.ts';
import { TillStorage } from './tillStorage.ts';

const milk = { productId: 'milk', name: 'Oat milk', sku: 'M1', unitPriceMinor: 199, taxRatePpm: 70_000 };
const add: TillAction<string> = { type: 'add', product: milk };
const play = (actions: TillAction<string>[]): TillState<string> => actions.reduce(reduceTill, openTill<string>());

function reloaded(state: TillState<string>): TillState<string> {
  const storage = new MemoryStorage();
  new TillStorage(storage, 's1').save(state);
  return new TillStorage(storage, 's1').load();
}

test('The ticket, what is paid on it and the parked ones outlive a reload', () => {
  const state = play([
    add,
    { type: 'discount-line', lineId: 1, discount: { kind: 'percent', ratePpm: 100_000 } },
    { type: 'park', nowMs: 5 },
    add,
    { type: 'customer', customer: { id: 'c', name: 'Jonas' } },
    { type: 'pay' },
    { type: 'tender', tender: { method: 'card', amountMinor: 100 } },
  ]);

  const after = reloaded(state);

  expect(after).toMatchObject({ ticket: state.ticket, tenders: state.tenders, parked: state.parked, phase: 'selling' });
});

test('Lines added after a reload do not take the numbers of those before it', () => {
  const after = reduceTill(reloaded(play([add])), { type: 'add', product: { ...milk, productId: 'bread' } });

  expect(new Set(after.ticket.lines.map((line) => line.lineId)).size).toBe(2);
});

test('A sale that is done is not sold again', () => {
  const after = reloaded(play([add, { type: 'pay' }, { type: 'complete', done: 'receipt' }]));

  expect(after).toMatchObject({ phase: 'selling', ticket: { lines: [] }, tenders: [] });
});

test('Damaged storage opens a new till', () => {
  const storage = new MemoryStorage();
  storage.setItem('chainsync.till.s1', '{"ticket":{"lines":[{"quantityMilli":-5}]}}');

  expect(new TillStorage(storage, 's1').load()).toEqual(openTill());
});
