import { describe, expect, it, vi } from 'vitest';
import { z } from 'zod';
import { collector, event, seen, signIn, start, turn, withFakeHub } from './realtimeTesting.ts';

withFakeHub();

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
    await turn();
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

    await turn();
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
    expect(socket.take().map((s) => s.type)).toEqual(['subscribe']);

    socket.say('subscribed', { channel: 'orders:s', seq: 3, epoch: 'e', recovered: false });
    socket.raw(event(4));
    await turn();
    expect(socket.take().map((s) => s.type)).toEqual(['subscribe']);
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
    expect(seen.faults.length).toBe(1);
  });

  it('end with the last listener, on the wire too', async () => {
    const realtime = start();
    const first = realtime.subscribe('orders:s', {});
    const second = realtime.subscribe('orders:s', {});
    const socket = await signIn();
    socket.say('subscribed', { channel: 'orders:s', seq: 3, epoch: 'e', recovered: false });
    socket.take();
    first.close();
    first.close();
    await turn();
    expect(socket.take()).toEqual([]);

    second.close();
    await turn();

    expect(socket.take()).toEqual([{ type: 'unsubscribe', data: { channel: 'orders:s' } }]);
  });

  it('begin again when somebody listens before the end is confirmed', async () => {
    const realtime = start();
    const first = realtime.subscribe('orders:s', {});
    const socket = await signIn();
    socket.say('subscribed', { channel: 'orders:s', seq: 3, epoch: 'e', recovered: false });
    first.close();
    await turn();
    const { got, onEvent } = collector();
    realtime.subscribe('orders:s', { onEvent });
    await turn();
    expect(socket.take().map((s) => s.type)).toEqual(['subscribe', 'unsubscribe']);

    socket.say('unsubscribed', { channel: 'orders:s' });
    await turn();
    expect(socket.take().map((s) => s.type)).toEqual(['subscribe']);
    socket.say('subscribed', { channel: 'orders:s', seq: 5, epoch: 'e', recovered: false });
    socket.raw(event(6));

    expect(got).toEqual(['6.0']);
  });

  it('are asked for by one frame at a time, as the hub does not answer for one that the next replaces', async () => {
    const realtime = start();
    const late = collector();
    const early = collector();
    realtime.subscribe('orders:s', late, { seq: 9, epoch: 'e' });
    const socket = await signIn();
    realtime.subscribe('orders:s', early, { seq: 7, epoch: 'e' });
    await turn();
    expect(socket.take()).toEqual([{ type: 'subscribe', data: { channel: 'orders:s', since: 9, epoch: 'e' } }]);

    socket.say('subscribed', { channel: 'orders:s', seq: 9, epoch: 'e', recovered: true });
    socket.raw(event(10));
    await turn();
    expect(socket.take()).toEqual([{ type: 'subscribe', data: { channel: 'orders:s', since: 7, epoch: 'e' } }]);
    socket.say('subscribed', { channel: 'orders:s', seq: 7, epoch: 'e', recovered: true });
    for (const seq of [8, 9, 10]) socket.raw(event(seq));

    expect(late.got).toEqual(['10.0']);
    expect(early.got).toEqual(['8.0', '9.0', '10.0']);
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

    expect(seen.faults.length).toBe(1);
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
