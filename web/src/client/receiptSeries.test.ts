import { expect, test } from 'vitest';
import { createLocalExclusive } from './platform.ts';
import { ReceiptSeries } from './receiptSeries.ts';
import { MemoryStorage } from './testing.ts';

const store = { id: 'store-1', name: 'Mitte' };
const register = { id: 'reg-1', number: 2, name: 'Counter', series: 'S1-R2', lastReceiptNumber: 213, key: 'secret' };

function adopted(storage = new MemoryStorage()) {
  const series = new ReceiptSeries(storage, createLocalExclusive());
  series.adopt(store, register);
  return { series, storage };
}

test('Numbers go on from the last one the server knows', async () => {
  const { series } = adopted();

  expect(await series.draw(store.id, (receipt) => receipt)).toEqual({ series: 'S1-R2', number: 214 });
});

test('Two tabs drawing at once never get the same number and leave no gap', async () => {
  const { storage } = adopted();
  const exclusive = createLocalExclusive();
  const tabs = [new ReceiptSeries(storage, exclusive), new ReceiptSeries(storage, exclusive)];

  const draws = Array.from({ length: 50 }, (_, index) => tabs[index % 2]?.draw(store.id, (receipt) => receipt.number));
  const numbers = await Promise.all(draws);

  expect([...numbers].sort((a, b) => Number(a) - Number(b))).toEqual(Array.from({ length: 50 }, (_, i) => 214 + i));
});

test('A number whose sale could not be kept is given out again', async () => {
  const { series } = adopted();
  const full = () => {
    throw new Error('storage is full');
  };

  await expect(series.draw(store.id, full)).rejects.toThrow('storage is full');

  expect(await series.draw(store.id, (receipt) => receipt.number)).toBe(214);
});

test('The series goes on after the page is loaded again', async () => {
  const { series, storage } = adopted();
  await series.draw(store.id, () => undefined);

  const reloaded = new ReceiptSeries(storage, createLocalExclusive());

  expect(await reloaded.draw(store.id, (receipt) => receipt.number)).toBe(215);
  expect(reloaded.registers().map((known) => known.series)).toEqual(['S1-R2']);
});

test('A device that has lost its storage is no register and guesses no number', async () => {
  const series = new ReceiptSeries(new MemoryStorage(), createLocalExclusive());

  expect(series.register(store.id)).toBeUndefined();
  await expect(series.draw(store.id, () => undefined)).rejects.toThrow('not a register');
});

test('Damaged storage counts as lost', () => {
  const storage = new MemoryStorage();
  storage.setItem('chainsync.register.store-1', '{"series":"S1-R2","lastNumber":"many"');

  expect(new ReceiptSeries(storage, createLocalExclusive()).register(store.id)).toBeUndefined();
});

test('A register of another device, whose key is not told, cannot be adopted', () => {
  const series = new ReceiptSeries(new MemoryStorage(), createLocalExclusive());

  expect(() => series.adopt(store, { ...register, key: undefined })).toThrow('made for this device');
});
