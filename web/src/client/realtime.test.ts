import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { type ConnectionState, Realtime, type RealtimeEvent, type RealtimeOptions, type Socket } from './realtime.ts';

type Sent = { type: string; data: Record<string, unknown> };

/** A socket whose other end is the test. */
class FakeSocket implements Socket {
  onopen: ((event: never) => void) | null = null;
  onmessage: ((event: { data: unknown }) => void) | null = null;
  onclose: ((event: { code: number }) => void) | null = null;
  onerror: ((event: never) => void) | null = null;
  readonly sent: Sent[] = [];
  closed = false;

  send(text: string): void {
    this.sent.push(JSON.parse(text) as Sent);
  }

  close(): void {
    this.closed = true;
  }

  say(type: string, data: object = {}): void {
    this.raw(JSON.stringify({ type, data }));
  }

  raw(text: unknown): void {
    this.onmessage?.({ data: text });
  }

  /** What the client has sent since the last call. */
  take(): Sent[] {
    return this.sent.splice(0);
  }
}

let sockets: FakeSocket[];
let states: ConnectionState[];
let faults: unknown[];

function start(options: Partial<RealtimeOptions> = {}): Realtime {
  const realtime = new Realtime({
    url: 'ws://hub',
    token: () => Promise.resolve('t1'),
    open: () => {
      const socket = new FakeSocket();
      sockets.push(socket);
      return socket;
    },
    random: () => 0.5,
    onFault: (fault) => faults.push(fault),
    ...options,
  });
  realtime.onState((state) => states.push(state));
  realtime.connect();
  return realtime;
}

function newest(): FakeSocket {
  const socket = sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
}

/** Plays the server's side of connecting. */
async function signIn(expiresInMs = 900_000): Promise<FakeSocket> {
  const socket = newest();
  socket.say('welcome', { version: 1, heartbeatMs: 30_000, authTimeoutMs: 10_000 });
  socket.onopen?.(undefined as never);
  await vi.advanceTimersByTimeAsync(0);
  expect(socket.take()).toEqual([{ type: 'auth', data: { token: 't1' } }]);
  socket.say('authenticated', { user: { id: 'u' }, expiresInMs });
  return socket;
}

function event(seq: number, part = 0, channel = 'orders:s', type = 'sale:created', data: unknown = {}): string {
  return JSON.stringify({ type, channel, storeId: 's', seq, ...(part > 0 ? { part } : {}), data });
}

function collector(): { got: string[]; onEvent: (e: RealtimeEvent) => void } {
  const got: string[] = [];
  return { got, onEvent: (e) => got.push(`${e.seq}.${e.part}`) };
}

beforeEach(() => {
  vi.useFakeTimers();
  sockets = [];
  states = [];
  faults = [];
});

afterEach(() => {
  vi.useRealTimers();
});

describe('connecting', () => {
  it('authenticates, then subscribes to all that was asked for meanwhile', async () => {
    const realtime = start();
    realtime.subscribe('orders:s', {});
    realtime.subscribe('products:s', {}, { seq: 7, epoch: 'e' });

    const socket = await signIn();

    expect(socket.take()).toEqual([
      { type: 'subscribe', data: { channel: 'orders:s' } },
      { type: 'subscribe', data: { channel: 'products:s', since: 7, epoch: 'e' } },
    ]);
    expect(states).toEqual([{ status: 'connecting', tries: 0 }, { status: 'open' }]);
  });

  it('backs off with full jitter and gives up after the tries it was given', async () => {
    start({ maxTries: 3 });
    for (const bound of [500, 1000, 2000]) {
      newest().onclose?.({ code: 1006 });
      expect(states.at(-1)).toMatchObject({ status: 'waiting', retryInMs: bound / 2 });
      const opened = sockets.length;
      await vi.advanceTimersByTimeAsync(bound / 2 - 1);
      expect(sockets.length).toBe(opened);
      await vi.advanceTimersByTimeAsync(1);
      expect(sockets.length).toBe(opened + 1);
    }

    newest().onclose?.({ code: 1006 });

    expect(states.at(-1)).toEqual({ status: 'closed', reason: 'gave-up' });
  });

  it('bounds an endless back-off and starts over once it was connected', async () => {
    start({ maxTries: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 40; i++) {
      newest().onclose?.({ code: 1006 });
      await vi.advanceTimersByTimeAsync(15_000);
    }
    expect(states.filter((s) => s.status === 'waiting').at(-1)).toMatchObject({ retryInMs: 15_000 });

    const socket = await signIn();
    socket.onclose?.({ code: 1006 });

    expect(states.at(-1)).toMatchObject({ status: 'waiting', tries: 1, retryInMs: 250 });
  });

  it.each([1006, 1001, 1011, 4000, 4001, 4003, 4499])('reconnects after %i', async (code) => {
    start();
    (await signIn()).onclose?.({ code });
    expect(states.at(-1)).toMatchObject({ status: 'waiting' });
  });

  it.each([1002, 1007, 1009, 4500, 4503, 4999])('stays closed after %i', async (code) => {
    start();
    (await signIn()).onclose?.({ code });
    expect(states.at(-1)).toEqual({ status: 'closed', reason: 'refused', code });
    await vi.runAllTimersAsync();
    expect(sockets.length).toBe(1);
  });

  it('waits as long as a draining server asks', async () => {
    start();
    const socket = await signIn();
    socket.say('reconnect', { afterMs: 3210 });
    socket.onclose?.({ code: 4000 });
    expect(states.at(-1)).toMatchObject({ status: 'waiting', retryInMs: 3210 });
  });

  it('ends when nobody is signed in, and tries again when the token cannot be had now', async () => {
    const tokens = [() => Promise.reject(new Error('offline')), () => Promise.resolve(undefined)];
    start({ token: () => (tokens.shift() ?? (() => Promise.resolve('t1')))() });

    newest().onopen?.(undefined as never);
    await vi.advanceTimersByTimeAsync(0);
    expect(states.at(-1)).toMatchObject({ status: 'waiting' });
    await vi.advanceTimersByTimeAsync(250);
    newest().onopen?.(undefined as never);
    await vi.advanceTimersByTimeAsync(0);

    expect(states.at(-1)).toEqual({ status: 'closed', reason: 'signed-out' });
  });

  it('gives up on a socket that never opens', async () => {
    start();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(sockets[0]?.closed).toBe(true);
    expect(states.at(-1)).toMatchObject({ status: 'waiting' });
  });

  it('closes when asked, and goes on from the same place when asked again', async () => {
    const realtime = start();
    const subscription = realtime.subscribe('orders:s', {}, { seq: 4, epoch: 'e' });
    const socket = await signIn();
    socket.say('subscribed', { channel: 'orders:s', seq: 4, epoch: 'e', recovered: true });
    socket.say('heartbeat', { positions: { 'orders:s': 9 } });
    realtime.close();
    expect(socket.closed).toBe(true);
    expect(subscription.position).toEqual({ seq: 9, epoch: 'e' });

    realtime.connect();
    const again = await signIn();

    expect(again.take()).toEqual([{ type: 'subscribe', data: { channel: 'orders:s', since: 9, epoch: 'e' } }]);
  });
});

describe('staying connected', () => {
  it('asks a line gone quiet for a sign of life and drops it without one', async () => {
    start();
    const socket = await signIn();
    await vi.advanceTimersByTimeAsync(35_000);
    expect(socket.take()).toEqual([{ type: 'ping', data: {} }]);
    socket.say('pong', { positions: {} });
    await vi.advanceTimersByTimeAsync(35_000);
    expect(socket.take()).toEqual([{ type: 'ping', data: {} }]);

    await vi.advanceTimersByTimeAsync(5_000);

    expect(socket.closed).toBe(true);
    expect(states.at(-1)).toMatchObject({ status: 'waiting' });
  });

  it('sends a fresh token before the old one ends, again and again', async () => {
    let n = 0;
    start({ token: () => Promise.resolve(`t${++n}`) });
    const socket = await signIn(100_000);
    for (const token of ['t2', 't3']) {
      for (let ms = 0; ms < 80_000; ms += 20_000) {
        expect(socket.take()).toEqual([]);
        socket.say('heartbeat', { positions: {} });
        await vi.advanceTimersByTimeAsync(20_000);
      }
      expect(socket.take()).toEqual([{ type: 'auth', data: { token } }]);
      socket.say('authenticated', { expiresInMs: 100_000 });
    }
    expect(states.filter((s) => s.status === 'open').length).toBe(1);
  });

  it('takes a wake as a hint: a waiting one connects, an open one checks its line', async () => {
    const realtime = start();
    newest().onclose?.({ code: 1006 });
    realtime.wake();
    expect(sockets.length).toBe(2);
    const socket = await signIn();

    realtime.wake();

    expect(socket.take()).toEqual([{ type: 'ping', data: {} }]);
  });
});

describe('events', () => {
  it('arrive once and in order over a reconnect in the middle of a row', async () => {
    const realtime = start();
    const { got, onEvent } = collector();
    const subscription = realtime.subscribe('store:s', { onEvent }, { seq: 1, epoch: 'e' });
    const first = await signIn();
    first.say('subscribed', { channel: 'store:s', seq: 1, epoch: 'e', recovered: true });
    for (const frame of [event(2), event(3), event(3, 1, 'inventory:s')]) first.raw(frame);
    expect(subscription.position).toEqual({ seq: 2, epoch: 'e' });
    first.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    const second = await signIn();
    expect(second.take()).toEqual([{ type: 'subscribe', data: { channel: 'store:s', since: 2, epoch: 'e' } }]);
    second.say('subscribed', { channel: 'store:s', seq: 2, epoch: 'e', recovered: true });
    for (const frame of [event(3), event(3, 1, 'inventory:s'), event(3, 2, 'inventory:s'), event(5)]) second.raw(frame);

    expect(got).toEqual(['2.0', '3.0', '3.1', '3.2', '5.0']);
    second.say('heartbeat', { positions: { 'store:s': 8 } });
    expect(subscription.position).toEqual({ seq: 8, epoch: 'e' });
  });

  it('keep listeners of one channel apart: each has its own place', async () => {
    const realtime = start();
    const early = collector();
    realtime.subscribe('orders:s', early, { seq: 10, epoch: 'e' });
    const socket = await signIn();
    socket.take();
    socket.say('subscribed', { channel: 'orders:s', seq: 10, epoch: 'e', recovered: true });
    socket.raw(event(11));
    const late = collector();

    realtime.subscribe('orders:s', late, { seq: 5, epoch: 'e' });
    expect(socket.take()).toEqual([{ type: 'subscribe', data: { channel: 'orders:s', since: 5, epoch: 'e' } }]);
    socket.raw(event(12));
    socket.say('heartbeat', { positions: { 'orders:s': 12 } });
    socket.say('subscribed', { channel: 'orders:s', seq: 5, epoch: 'e', recovered: true });
    for (const seq of [6, 11, 12, 13]) socket.raw(event(seq));

    expect(early.got).toEqual(['11.0', '12.0', '13.0']);
    expect(late.got).toEqual(['6.0', '11.0', '12.0', '13.0']);
  });

  it('need no frame for a listener that joins a live channel from now or later', async () => {
    const realtime = start();
    realtime.subscribe('orders:s', {});
    const socket = await signIn();
    socket.take();
    socket.say('subscribed', { channel: 'orders:s', seq: 3, epoch: 'e', recovered: false });
    const now = collector();
    const later = collector();
    realtime.subscribe('orders:s', now);
    realtime.subscribe('orders:s', later, { seq: 4, epoch: 'e' });

    socket.raw(event(4));
    socket.raw(event(5));

    expect(socket.take()).toEqual([]);
    expect(now.got).toEqual(['4.0', '5.0']);
    expect(later.got).toEqual(['5.0']);
  });

  it('of a former subscription are not taken for those of the next', async () => {
    const realtime = start();
    const former = realtime.subscribe('orders:s', {});
    const socket = await signIn();
    former.close();
    const { got, onEvent } = collector();
    realtime.subscribe('orders:s', { onEvent });
    expect(socket.take().map((s) => s.type)).toEqual(['subscribe', 'unsubscribe', 'subscribe']);

    socket.say('subscribed', { channel: 'orders:s', seq: 3, epoch: 'e', recovered: false });
    socket.raw(event(4));
    socket.say('unsubscribed', { channel: 'orders:s' });
    socket.say('subscribed', { channel: 'orders:s', seq: 5, epoch: 'e', recovered: false });
    socket.raw(event(6));

    expect(got).toEqual(['6.0']);
  });

  it('go on from the new place after a resync', async () => {
    const realtime = start();
    const { got, onEvent } = collector();
    const onResync = vi.fn();
    const subscription = realtime.subscribe('orders:s', { onEvent, onResync }, { seq: 500, epoch: 'old' });
    const socket = await signIn();

    socket.say('resync', { channel: 'orders:s', seq: 20, epoch: 'new' });
    socket.say('subscribed', { channel: 'orders:s', seq: 20, epoch: 'new', recovered: false });
    socket.raw(event(21));

    expect(onResync.mock.calls).toEqual([[{ seq: 20, epoch: 'new' }]]);
    expect(got).toEqual(['21.0']);
    expect(subscription.position).toEqual({ seq: 20, epoch: 'new' });
  });

  it('are parsed before a typed listener sees them, and stop when it stops', async () => {
    const realtime = start();
    const subscription = realtime.subscribe('orders:s', {});
    const socket = await signIn();
    socket.say('subscribed', { channel: 'orders:s', seq: 0, epoch: 'e', recovered: false });
    const totals: number[] = [];
    const stop = subscription.on('sale:created', z.object({ totalMinor: z.number() }), (sale) =>
      totals.push(sale.totalMinor),
    );

    socket.raw(event(1, 0, 'orders:s', 'sale:created', { totalMinor: 250 }));
    socket.raw(event(2, 0, 'orders:s', 'sale:created', { totalMinor: 'much' }));
    socket.raw(event(3, 0, 'orders:s', 'sale:updated', { totalMinor: 1 }));
    stop();
    socket.raw(event(4, 0, 'orders:s', 'sale:created', { totalMinor: 7 }));

    expect(totals).toEqual([250]);
    expect(faults.length).toBe(1);
  });

  it('end with the last listener, on the wire too', async () => {
    const realtime = start();
    const first = realtime.subscribe('orders:s', {});
    const second = realtime.subscribe('orders:s', {});
    const socket = await signIn();
    socket.take();
    first.close();
    first.close();
    expect(socket.take()).toEqual([]);

    second.close();

    expect(socket.take()).toEqual([{ type: 'unsubscribe', data: { channel: 'orders:s' } }]);
  });

  it('end when the hub refuses the channel or withdraws it', async () => {
    const realtime = start();
    const codes: string[] = [];
    realtime.subscribe('payments:s', { onRefused: (code) => codes.push(code) });
    realtime.subscribe('orders:s', { onRefused: (code) => codes.push(code) });
    const socket = await signIn();
    socket.say('error', { code: 'common.not-found', message: 'No.', channel: 'payments:s' });
    socket.say('subscribed', { channel: 'orders:s', seq: 0, epoch: 'e', recovered: false });
    socket.say('unsubscribed', { channel: 'orders:s', code: 'common.forbidden' });
    socket.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    const again = await signIn();

    expect(codes).toEqual(['common.not-found', 'common.forbidden']);
    expect(again.take()).toEqual([]);
  });

  it.each([
    '{',
    '7',
    '{"type":7}',
    '{"type":"sale:created"}',
    '{"type":"subscribed","data":{"channel":1}}',
    new ArrayBuffer(2),
  ])('that make no sense are reported and skipped: %s', async (text) => {
    const realtime = start();
    const { got, onEvent } = collector();
    realtime.subscribe('orders:s', { onEvent });
    const socket = await signIn();
    socket.say('subscribed', { channel: 'orders:s', seq: 0, epoch: 'e', recovered: false });

    socket.raw(text);
    socket.raw(event(1));

    expect(faults.length).toBe(1);
    expect(got).toEqual(['1.0']);
  });

  it('survive a lost, repeated and cut line in any pattern', async () => {
    const total = 300;
    let seed = 42;
    const next = (below: number) => {
      seed = (seed * 1_103_515_245 + 12_345) % 2_147_483_648;
      return seed % below;
    };
    const realtime = start({ maxTries: Number.POSITIVE_INFINITY });
    const { got, onEvent } = collector();
    realtime.subscribe('orders:s', { onEvent }, { seq: 0, epoch: 'e' });
    const log = Array.from({ length: total }, (_, i) =>
      Array.from({ length: 1 + (i % 3) }, (_, part) => [i + 1, part] as const),
    ).flat();

    while (got.length < log.length) {
      const socket = await signIn();
      const since = socket.take()[0]?.data.since as number;
      socket.say('subscribed', { channel: 'orders:s', seq: since, epoch: 'e', recovered: true });
      for (const [seq, part] of log.filter(([s]) => s > since).slice(0, next(40))) socket.raw(event(seq, part));
      socket.onclose?.({ code: 1006 });
      await vi.advanceTimersByTimeAsync(30_000);
    }

    expect(got).toEqual(log.map(([seq, part]) => `${seq}.${part}`));
  });
});
