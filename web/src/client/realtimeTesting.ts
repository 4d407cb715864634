/** A hub for tests of the client: sockets whose other end is the test, on a clock that it moves. */
import { afterEach, beforeEach, expect, vi } from 'vitest';
import { type ConnectionState, Realtime, type RealtimeEvent, type RealtimeOptions, type Socket } from './realtime.ts';

export type Sent = { type: string; data: Record<string, unknown> };

/** A socket whose other end is the test. */
export class FakeSocket implements Socket {
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

/** The sockets opened, the states passed through and the faults reported in this test. */
export const seen = { sockets: [] as FakeSocket[], states: [] as ConnectionState[], faults: [] as unknown[] };

/** Gives each test of the file a hub and a clock of its own. */
export function withFakeHub(): void {
  beforeEach(() => {
    vi.useFakeTimers();
    Object.assign(seen, { sockets: [], states: [], faults: [] });
  });
  afterEach(() => {
    vi.useRealTimers();
  });
}

export function start(options: Partial<RealtimeOptions> = {}): Realtime {
  const realtime = new Realtime({
    url: 'ws://hub',
    token: () => Promise.resolve('t1'),
    open: () => {
      const socket = new FakeSocket();
      seen.sockets.push(socket);
      return socket;
    },
    random: () => 0.5,
    onFault: (fault) => seen.faults.push(fault),
    ...options,
  });
  realtime.onState((state) => seen.states.push(state));
  realtime.connect();
  return realtime;
}

export function newest(): FakeSocket {
  const socket = seen.sockets.at(-1);
  if (!socket) throw new Error('no socket was opened');
  return socket;
}

/** Plays the server's side of connecting. */
export async function signIn(expiresInMs = 900_000): Promise<FakeSocket> {
  const socket = newest();
  socket.say('welcome', { version: 1, heartbeatMs: 30_000, authTimeoutMs: 10_000 });
  socket.onopen?.(undefined as never);
  await vi.advanceTimersByTimeAsync(0);
  expect(socket.take()).toEqual([{ type: 'auth', data: { token: 't1' } }]);
  socket.say('authenticated', { user: { id: 'u' }, expiresInMs });
  return socket;
}

/** The end of a turn: what was asked for in it goes out. */
export function turn(): Promise<void> {
  return Promise.resolve();
}

export function event(seq: number, part = 0, channel = 'orders:s', type = 'sale:created', data: unknown = {}): string {
  return JSON.stringify({ type, channel, storeId: 's', seq, ...(part > 0 ? { part } : {}), data });
}

export function collector(): { got: string[]; onEvent: (e: RealtimeEvent) => void } {
  const got: string[] = [];
  return { got, onEvent: (e) => got.push(`${e.seq}.${e.part}`) };
}
