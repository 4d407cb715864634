import { describe, expect, it, vi } from 'vitest';
import { type Follow, subscribeFrames } from './realtimeFrames.ts';
import { collector, event, type FakeSocket, signIn, start, turn, withFakeHub } from './realtimeTesting.ts';

withFakeHub();

/** Every channel asked for since the last call, frame by frame. */
function asked(socket: FakeSocket): Follow[][] {
  return socket
    .take()
    .filter(({ type }) => type === 'subscribe')
    .map(({ data }) => (data.channels as Follow[] | undefined) ?? [data as unknown as Follow]);
}

function answer(socket: FakeSocket, { channel, since = 0, epoch = 'e' }: Follow): void {
  socket.say('subscribed', { channel, seq: since, epoch, recovered: true });
}

describe('following many channels', () => {
  it('takes few frames on a reconnect, however many there are, and each goes on from its own place', async () => {
    const realtime = start();
    const count = 1000;
    const channels = Array.from({ length: count }, (_, i) => `orders:${i}`);
    const collectors = channels.map((channel, i) => {
      const listener = collector();
      realtime.subscribe(channel, listener, { seq: i, epoch: 'e' });
      return listener;
    });
    const first = await signIn();
    const opening = asked(first);
    expect(opening.flat()).toEqual(channels.map((channel, i) => ({ channel, since: i, epoch: 'e' })));
    for (const follow of opening.flat()) answer(first, follow);
    first.raw(event(5, 0, 'orders:3'));
    first.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    const second = await signIn();
    const frames = asked(second);

    expect(frames.length).toBeLessThanOrEqual(10);
    expect(frames.flat()).toEqual(channels.map((channel, i) => ({ channel, since: i === 3 ? 4 : i, epoch: 'e' })));
    for (const follow of frames.flat()) answer(second, follow);
    second.raw(event(5, 0, 'orders:3'));
    second.raw(event(6, 0, 'orders:3'));
    second.raw(event(1000, 0, 'orders:999'));
    expect(collectors[3]?.got).toEqual(['5.0', '6.0']);
    expect(collectors[999]?.got).toEqual(['1000.0']);
  });

  it('leaves those of a list alone that the hub did not refuse', async () => {
    const realtime = start();
    const codes: string[] = [];
    const { got, onEvent } = collector();
    realtime.subscribe('payments:s', { onRefused: (code) => codes.push(code) });
    realtime.subscribe('orders:s', { onEvent });
    const socket = await signIn();
    expect(asked(socket)).toEqual([[{ channel: 'payments:s' }, { channel: 'orders:s' }]]);

    socket.say('error', { code: 'common.not-found', message: 'No.', channel: 'payments:s' });
    answer(socket, { channel: 'orders:s' });
    socket.raw(event(1));

    expect(codes).toEqual(['common.not-found']);
    expect(got).toEqual(['1.0']);
  });
});

describe('following on an open line', () => {
  const names = (count: number) => Array.from({ length: count }, (_, i) => `orders:${i}`);

  it('takes few frames for the many channels of one turn, and as few to leave them', async () => {
    const realtime = start();
    const socket = await signIn();
    const listener = collector();

    const subscriptions = names(300).map((channel, i) => realtime.subscribe(channel, listener, { seq: i, epoch: 'e' }));
    expect(socket.take()).toEqual([]);
    await turn();

    const frames = asked(socket);
    expect(frames).toHaveLength(2);
    expect(frames.flat()).toEqual(names(300).map((channel, i) => ({ channel, since: i, epoch: 'e' })));
    for (const follow of frames.flat()) answer(socket, follow);
    socket.raw(event(300, 0, 'orders:299'));
    expect(listener.got).toEqual(['300.0']);

    for (const subscription of subscriptions) subscription.close();
    await turn();
    expect(socket.take()).toEqual([
      { type: 'unsubscribe', data: { channels: names(250) } },
      { type: 'unsubscribe', data: { channels: names(300).slice(250) } },
    ]);
  });

  it('asks nothing about what was begun and ended in one turn', async () => {
    const realtime = start();
    const socket = await signIn();

    realtime.subscribe('orders:s', {}).close();
    await turn();
    expect(socket.take()).toEqual([]);

    realtime.subscribe('orders:s', {});
    await turn();
    expect(asked(socket)).toEqual([[{ channel: 'orders:s' }]]);
  });

  it('joins what several ask of one channel in one turn, from the furthest back', async () => {
    const realtime = start();
    const socket = await signIn();
    const [late, early] = [collector(), collector()];

    realtime.subscribe('orders:s', late, { seq: 9, epoch: 'e' }, 'latest');
    realtime.subscribe('orders:s', early, { seq: 7, epoch: 'e' });
    await turn();

    expect(asked(socket)).toEqual([[{ channel: 'orders:s', since: 7, epoch: 'e' }]]);
    answer(socket, { channel: 'orders:s', since: 7 });
    for (const seq of [8, 9, 10]) socket.raw(event(seq));
    expect(late.got).toEqual(['10.0']);
    expect(early.got).toEqual(['8.0', '9.0', '10.0']);
  });

  it('takes no event before the answer for all that somebody who joins is due', async () => {
    const realtime = start();
    const first = collector();
    realtime.subscribe('orders:s', first, { seq: 9, epoch: 'e' });
    const socket = await signIn();
    socket.take();
    answer(socket, { channel: 'orders:s', since: 9 });
    const late = collector();

    realtime.subscribe('orders:s', late, { seq: 7, epoch: 'e' });
    socket.raw(event(10));
    await turn();

    expect(asked(socket)).toEqual([[{ channel: 'orders:s', since: 7, epoch: 'e' }]]);
    answer(socket, { channel: 'orders:s', since: 7 });
    for (const seq of [8, 9, 10]) socket.raw(event(seq));
    expect(late.got).toEqual(['8.0', '9.0', '10.0']);
    expect(first.got).toEqual(['10.0']);
  });

  it('asks the next connection for what a lost one was not asked for any more', async () => {
    const realtime = start();
    const first = await signIn();

    realtime.subscribe('orders:s', {}, { seq: 3, epoch: 'e' });
    first.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    expect(first.take()).toEqual([]);
    expect(asked(await signIn())).toEqual([[{ channel: 'orders:s', since: 3, epoch: 'e' }]]);
  });
});

describe('asking for the latest', () => {
  it('is part of every frame that asks, and of none that does not', async () => {
    const realtime = start();
    realtime.subscribe('inventory:s', {}, { seq: 3, epoch: 'e' }, 'latest');
    realtime.subscribe('orders:s', {});
    const first = await signIn();
    const wanted = [{ channel: 'inventory:s', since: 3, epoch: 'e', mode: 'latest' }, { channel: 'orders:s' }];
    expect(asked(first)).toEqual([wanted]);
    first.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    expect(asked(await signIn())).toEqual([wanted]);
  });

  it('ends when another listener of the channel needs every event, and only then', async () => {
    const realtime = start();
    const latest = collector();
    realtime.subscribe('inventory:s', latest, { seq: 3, epoch: 'e' }, 'latest');
    const socket = await signIn();
    expect(asked(socket)).toHaveLength(1);
    answer(socket, { channel: 'inventory:s', since: 3 });
    socket.raw(event(9, 0, 'inventory:s'));

    realtime.subscribe('inventory:s', {}, undefined, 'latest');
    await turn();
    expect(asked(socket)).toEqual([]);
    const every = collector();
    realtime.subscribe('inventory:s', every);
    await turn();
    expect(asked(socket)).toEqual([[{ channel: 'inventory:s', since: 8, epoch: 'e' }]]);
    answer(socket, { channel: 'inventory:s', since: 8 });
    for (const seq of [9, 10, 11]) socket.raw(event(seq, 0, 'inventory:s'));

    expect(latest.got).toEqual(['9.0', '10.0', '11.0']);
    expect(every.got).toEqual(['9.0', '10.0', '11.0']);
  });

  it('loses no place when replaced states are left out of a row that was cut', async () => {
    const realtime = start();
    const { got, onEvent } = collector();
    realtime.subscribe('inventory:s', { onEvent }, { seq: 3, epoch: 'e' }, 'latest');
    const first = await signIn();
    first.take();
    answer(first, { channel: 'inventory:s', since: 3 });
    for (const frame of [event(7, 1, 'inventory:s'), event(9, 0, 'inventory:s')]) first.raw(frame);
    first.onclose?.({ code: 1006 });
    await vi.advanceTimersByTimeAsync(250);

    const second = await signIn();
    expect(asked(second)).toEqual([[{ channel: 'inventory:s', since: 8, epoch: 'e', mode: 'latest' }]]);
    answer(second, { channel: 'inventory:s', since: 8 });
    for (const seq of [9, 12]) second.raw(event(seq, 0, 'inventory:s'));

    expect(got).toEqual(['7.1', '9.0', '12.0']);
  });
});

describe('the frames of a list', () => {
  const named = (length: number, count: number) =>
    Array.from({ length: count }, (_, i): Follow => ({ channel: `${i}:`.padEnd(length, 'x') }));

  it.each([
    ['none', named(40, 0)],
    ['one', named(40, 1)],
    ['as many as fit', named(40, 250)],
    ['one more', named(40, 251)],
    ['thousands', named(40, 3333)],
    ['long names', named(20_000, 77)],
    ['a name longer than a frame should be', named(200_000, 3)],
  ])('hold all of them, in order and within the bounds: %s', (_, wanted) => {
    const frames = subscribeFrames(wanted).map((data) => ('channels' in data ? data.channels : [data]));

    expect(frames.flat()).toEqual(wanted);
    for (const frame of frames) {
      expect(frame.length).toBeLessThanOrEqual(250);
      if (frame.length > 1) expect(JSON.stringify(frame).length).toBeLessThanOrEqual(100_000 + frame.length + 1);
    }
    const needed = Math.max(Math.ceil(wanted.length / 250), Math.ceil(JSON.stringify(wanted).length / 100_000));
    if (wanted.length > 0) expect(frames.length).toBeLessThanOrEqual(2 * needed);
  });
});
