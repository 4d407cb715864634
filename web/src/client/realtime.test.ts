import { describe, expect, it, vi } from 'vitest';
import { newest, seen, signIn, start, withFakeHub } from './realtimeTesting.ts';

withFakeHub();

describe('connecting', () => {
  it('authenticates, then subscribes to all that was asked for meanwhile', async () => {
    const realtime = start();
    realtime.subscribe('orders:s', {});
    realtime.subscribe('products:s', {}, { seq: 7, epoch: 'e' });

    const socket = await signIn();

    expect(socket.take()).toEqual([
      {
        type: 'subscribe',
        data: { channels: [{ channel: 'orders:s' }, { channel: 'products:s', since: 7, epoch: 'e' }] },
      },
    ]);
    expect(seen.states).toEqual([{ status: 'connecting', tries: 0 }, { status: 'open' }]);
  });

  it('backs off with full jitter and gives up after the tries it was given', async () => {
    start({ maxTries: 3 });
    for (const bound of [500, 1000, 2000]) {
      newest().onclose?.({ code: 1006 });
      expect(seen.states.at(-1)).toMatchObject({ status: 'waiting', retryInMs: bound / 2 });
      const opened = seen.sockets.length;
      await vi.advanceTimersByTimeAsync(bound / 2 - 1);
      expect(seen.sockets.length).toBe(opened);
      await vi.advanceTimersByTimeAsync(1);
      expect(seen.sockets.length).toBe(opened + 1);
    }

    newest().onclose?.({ code: 1006 });

    expect(seen.states.at(-1)).toEqual({ status: 'closed', reason: 'gave-up' });
  });

  it('bounds an endless back-off and starts over once it was connected', async () => {
    start({ maxTries: Number.POSITIVE_INFINITY });
    for (let i = 0; i < 40; i++) {
      newest().onclose?.({ code: 1006 });
      await vi.advanceTimersByTimeAsync(15_000);
    }
    expect(seen.states.filter((s) => s.status === 'waiting').at(-1)).toMatchObject({ retryInMs: 15_000 });

    const socket = await signIn();
    socket.onclose?.({ code: 1006 });

    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting', tries: 1, retryInMs: 250 });
  });

  it.each([1006, 1001, 1011, 4000, 4001, 4003, 4499])('reconnects after %i', async (code) => {
    start();
    (await signIn()).onclose?.({ code });
    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting' });
  });

  it.each([1002, 1007, 1009, 4500, 4503, 4999])('stays closed after %i', async (code) => {
    start();
    (await signIn()).onclose?.({ code });
    expect(seen.states.at(-1)).toEqual({ status: 'closed', reason: 'refused', code });
    await vi.runAllTimersAsync();
    expect(seen.sockets.length).toBe(1);
  });

  it('waits as long as a draining server asks', async () => {
    start();
    const socket = await signIn();
    socket.say('reconnect', { afterMs: 3210 });
    socket.onclose?.({ code: 4000 });
    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting', retryInMs: 3210 });
  });

  it('ends when nobody is signed in, and tries again when the token cannot be had now', async () => {
    const tokens = [() => Promise.reject(new Error('offline')), () => Promise.resolve(undefined)];
    start({ token: () => (tokens.shift() ?? (() => Promise.resolve('t1')))() });

    newest().onopen?.(undefined as never);
    await vi.advanceTimersByTimeAsync(0);
    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting' });
    await vi.advanceTimersByTimeAsync(250);
    newest().onopen?.(undefined as never);
    await vi.advanceTimersByTimeAsync(0);

    expect(seen.states.at(-1)).toEqual({ status: 'closed', reason: 'signed-out' });
  });

  it('gives up on a socket that never opens', async () => {
    start();
    await vi.advanceTimersByTimeAsync(15_000);
    expect(seen.sockets[0]?.closed).toBe(true);
    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting' });
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
    expect(seen.states.at(-1)).toMatchObject({ status: 'waiting' });
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
    expect(seen.states.filter((s) => s.status === 'open').length).toBe(1);
  });

  it('takes a wake as a hint: a waiting one connects, an open one checks its line', async () => {
    const realtime = start();
    newest().onclose?.({ code: 1006 });
    realtime.wake();
    expect(seen.sockets.length).toBe(2);
    const socket = await signIn();

    realtime.wake();

    expect(socket.take()).toEqual([{ type: 'ping', data: {} }]);
  });
});
