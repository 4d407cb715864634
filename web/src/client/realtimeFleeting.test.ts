import { describe, expect, it } from 'vitest';
import { eventSchemas } from './events.ts';
import type { FleetingEvent } from './realtime.ts';
import { seen, signIn, start, withFakeHub } from './realtimeTesting.ts';

const arrival = { userId: 'u1', online: 3 };

function fleeting(data: unknown, type = 'customer:online', channel = 'customers:s'): string {
  return JSON.stringify({ type, channel, storeId: 's', at: '2026-03-02T08:15:30Z', expiresInMs: 30_000, data });
}

describe('fleeting events', () => {
  withFakeHub();

  it('reach those who follow the channel or the whole store, and move no position', async () => {
    const realtime = start();
    const heard: FleetingEvent[] = [];
    const counts: number[] = [];
    const store = realtime.subscribe('store:s', { onFleeting: (event) => heard.push(event) });
    store.on('customer:online', eventSchemas['customer:online'], ({ online }) => counts.push(online));
    const socket = await signIn();

    socket.raw(fleeting(arrival));
    socket.say('subscribed', { channel: 'store:s', seq: 7, epoch: 'e', recovered: false });
    socket.raw(fleeting(arrival));
    socket.raw(fleeting({ online: 'many' }));
    socket.raw(fleeting(arrival, 'customer:online', 'customers:other'));

    expect(heard.map(({ type, expiresInMs }) => [type, expiresInMs])).toEqual([
      ['customer:online', 30_000],
      ['customer:online', 30_000],
    ]);
    expect(counts).toEqual([3]);
    expect(store.position).toEqual({ seq: 7, epoch: 'e' });
    expect(seen.faults).toHaveLength(1);
  });

  it('are published while the line is up and forgotten while it is not', async () => {
    const realtime = start();
    expect(realtime.publish('customers:s', 'customer:activity', { kind: 'search' })).toBe(false);
    const socket = await signIn();

    expect(realtime.publish('customers:s', 'customer:activity', { kind: 'search' })).toBe(true);

    expect(socket.take()).toEqual([
      { type: 'publish', data: { channel: 'customers:s', event: 'customer:activity', data: { kind: 'search' } } },
    ]);
  });

  it('that are refused leave what is followed as it is', async () => {
    const realtime = start();
    const refused: string[] = [];
    const got: number[] = [];
    realtime.subscribe('customers:s', { onRefused: (code) => refused.push(code), onEvent: ({ seq }) => got.push(seq) });
    const socket = await signIn();
    socket.say('subscribed', { channel: 'customers:s', seq: 7, epoch: 'e', recovered: false });

    for (const code of ['hub.invalid', 'hub.rate-limited', 'common.invalid'])
      socket.say('error', { code, message: 'no', channel: 'customers:s', event: 'customer:activity' });
    socket.raw(JSON.stringify({ type: 'customer:created', channel: 'customers:s', seq: 8, data: {} }));

    expect(refused).toEqual([]);
    expect(got).toEqual([8]);
    expect(seen.faults).toHaveLength(3);
  });
});
