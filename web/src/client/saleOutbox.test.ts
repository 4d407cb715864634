import { expect, test } from 'vitest';
import { Api, type Fetch } from './api.ts';
import { createLocalExclusive } from './platform.ts';
import { SaleOutbox } from './saleOutbox.ts';
import { jsonAnswer, MemoryStorage } from './testing.ts';

function till(respond: (operationId: string) => Response | 'cut') {
  const sent: string[] = [];
  const timers: { work: () => void; delayMs: number }[] = [];
  const fetch: Fetch = async (_, init) => {
    const operationId = new Headers(init.headers).get('Idempotency-Key') ?? '';
    sent.push(operationId);
    const answer = respond(operationId);
    if (answer === 'cut') throw new TypeError('network');
    return answer;
  };
  const storage = new MemoryStorage();
  const schedule = (work: () => void, delayMs: number) => {
    const timer = { work, delayMs };
    timers.push(timer);
    return () => void timers.splice(timers.indexOf(timer), 1);
  };
  const open = () =>
    new SaleOutbox({ api: new Api(undefined, fetch), storage, exclusive: createLocalExclusive(), schedule });
  return { open, sent, timers, storage };
}

const sale = (operationId: string) => ({ operationId, storeId: 's1', label: `S1-R1-${operationId}`, body: {} });
const ids = (outbox: SaleOutbox) => outbox.unsent().map(({ operationId }) => operationId);

test('Sales go out in the order they were made and leave the device', async () => {
  const { open, sent } = till(() => jsonAnswer({}, 201));
  const outbox = open();
  for (const id of ['1', '2', '3']) outbox.keep(sale(id));

  await outbox.flush();

  expect(sent).toEqual(['1', '2', '3']);
  expect(outbox.unsent()).toEqual([]);
});

test('A cut network keeps the sale, over a reload too, and the same operation is tried again', async () => {
  let isCut = true;
  const { open, sent, timers } = till(() => (isCut ? 'cut' : jsonAnswer({}, 201)));
  const outbox = open();
  outbox.keep(sale('1'));
  await outbox.flush();
  expect(ids(open())).toEqual(['1']);

  isCut = false;
  timers[0]?.work();
  await outbox.flush();

  expect(new Set(sent)).toEqual(new Set(['1']));
  expect(outbox.unsent()).toEqual([]);
});

test('Each failed attempt waits longer, up to half a minute', async () => {
  const { open, timers } = till(() => 'cut');
  const outbox = open();
  outbox.keep(sale('1'));
  const delays: number[] = [];

  for (let i = 0; i < 7; i++) {
    await outbox.flush();
    delays.push(timers.at(-1)?.delayMs ?? Number.NaN);
  }

  expect(delays).toEqual([1000, 2000, 4000, 8000, 16_000, 30_000, 30_000]);
});

test('What the server refuses is set aside, and the next sale goes on', async () => {
  const refusal = () => jsonAnswer({ code: 'sales.total-mismatch', detail: 'The lines do not sum to it.' }, 422);
  const { open } = till((id) => (id === '1' ? refusal() : jsonAnswer({}, 201)));
  const outbox = open();
  outbox.keep(sale('1'));
  outbox.keep(sale('2'));

  await outbox.flush();

  expect(ids(outbox)).toEqual(['1']);
  expect(outbox.unsent()[0]?.refusal).toEqual({ code: 'sales.total-mismatch', message: 'The lines do not sum to it.' });
});

test('A refused sale can be offered again', async () => {
  let isRefusing = true;
  const { open } = till(() => (isRefusing ? jsonAnswer({ code: 'x' }, 422) : jsonAnswer({}, 201)));
  const outbox = open();
  outbox.keep(sale('1'));
  await outbox.flush();

  isRefusing = false;
  await outbox.retryRefused();

  expect(outbox.unsent()).toEqual([]);
});

test.each([401, 403])('An answer of %i pauses the queue and discards nothing', async (status) => {
  const { open, sent } = till(() => jsonAnswer({ code: 'auth.expired' }, status));
  const outbox = open();
  outbox.keep(sale('1'));
  outbox.keep(sale('2'));

  await outbox.flush();

  expect(sent).toEqual(['1']);
  expect(ids(outbox)).toEqual(['1', '2']);
  expect(outbox.unsent().some(({ refusal }) => refusal !== undefined)).toBe(false);
});

test('Flushing twice at once sends nothing twice', async () => {
  const { open, sent } = till(() => jsonAnswer({}, 201));
  const outbox = open();
  outbox.keep(sale('1'));

  await Promise.all([outbox.flush(), outbox.flush()]);

  expect(sent).toEqual(['1']);
});
