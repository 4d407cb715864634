/**
 * The client of the hub (docs/protocol.md, "WebSocket"): one connection, any number of listeners, nothing lost and
 * nothing twice. Free of any framework; runs in a tab, a worker and Node.
 */
import type { z } from 'zod';
import { ChannelFeed, Cursor, type Listener, type SubscriptionHandlers, type TypedListener } from './realtimeFeed.ts';
import {
  type Control,
  controlSchemas,
  eventSchema,
  type Follow,
  fleetingSchema,
  frameSchema,
  type Mode,
  type Position,
  subscribeFrames,
  unsubscribeFrames,
} from './realtimeFrames.ts';
import type { ConnectionState, RealtimeOptions, Socket, Subscription, TypedHandler } from './realtimeTypes.ts';

export type { SubscriptionHandlers } from './realtimeFeed.ts';
export type { FleetingEvent, Mode, Position, RealtimeEvent } from './realtimeFrames.ts';
export type { ConnectionState, RealtimeOptions, Socket, Subscription, TypedHandler } from './realtimeTypes.ts';

const ASSUMED_HEARTBEAT_MS = 30_000;
const ANSWER_MS = 5_000;
const CONNECT_MS = 15_000;
/** The token is renewed with this much left: under the session's own margin, within the server's grace. */
const RENEW_LEFT_MS = 20_000;
const RENEW_PAUSE_MS = 5_000;
/** Protocol errors, by RFC 6455: trying again would fail again. */
const FATAL_CODES = new Set([1002, 1003, 1007, 1008, 1009, 1010]);

/** A connection to the hub that keeps itself up. */
export class Realtime {
  private readonly options: RealtimeOptions;
  private readonly feeds = new Map<string, ChannelFeed>();
  /** Channels that a frame is due for at the end of the turn, with the place to go on from where one was given. */
  private readonly gathered = new Map<string, Position | undefined>();
  private readonly stateListeners = new Set<(state: ConnectionState) => void>();
  private current: ConnectionState = { status: 'closed', reason: 'asked' };
  private socket: Socket | undefined;
  private tries = 0;
  private heartbeatMs = ASSUMED_HEARTBEAT_MS;
  private reconnectAfterMs: number | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private watchdog: ReturnType<typeof setTimeout> | undefined;
  private renewTimer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: RealtimeOptions) {
    this.options = options;
  }

  get state(): ConnectionState {
    return this.current;
  }

  /** Listens to the connection's state. Returns the way to stop. */
  onState(listener: (state: ConnectionState) => void): () => void {
    this.stateListeners.add(listener);
    return () => this.stateListeners.delete(listener);
  }

  /** Starts, or starts again after the end. */
  connect(): void {
    if (this.current.status !== 'closed') return;
    this.tries = 0;
    this.open();
  }

  /** Ends the connection; subscriptions stay and go on when `connect` is called. */
  close(): void {
    this.end({ status: 'closed', reason: 'asked' });
  }

  /** A hint that the network or the page came back: try now rather than later, or check that the line is alive. */
  wake(): void {
    if (this.current.status === 'waiting') this.open();
    else if (this.current.status === 'open') this.probe();
  }

  /** Lets `online` and `visibilitychange` wake the connection where there are such events. Returns the way to stop. */
  wakeWithPage(): () => void {
    const stop = new AbortController();
    const wake = () => this.wake();
    globalThis.addEventListener?.('online', wake, { signal: stop.signal });
    if (typeof document !== 'undefined') {
      const seen = () => document.visibilityState === 'visible' && this.wake();
      document.addEventListener('visibilitychange', seen, { signal: stop.signal });
    }
    return () => stop.abort();
  }

  /**
   * Follows a channel (`orders:<store>`) or a whole store (`store:<store>`; not together with its channels).
   * @param since Where to go on from, usually the `position` of the REST list just read; without it, from now.
   * @param mode Whether every event is needed or only the latest state; listeners that share a channel get what the most
   * demanding of them needs.
   */
  subscribe(channel: string, handlers: SubscriptionHandlers, since?: Position, mode: Mode = 'all'): Subscription {
    const feed = this.feeds.get(channel) ?? new ChannelFeed();
    this.feeds.set(channel, feed);
    const known = feed.live ? feed.newest : undefined;
    const listener: Listener = { cursor: new Cursor(since ?? known), handlers, mode, typed: new Set() };
    feed.listeners.add(listener);
    const covered =
      feed.live &&
      known &&
      (!since || (since.epoch === known.epoch && since.seq >= known.seq)) &&
      (feed.asked === 'all' || mode === 'latest');
    if (!covered && this.current.status === 'open') this.ask(channel, feed, since);
    return {
      get position() {
        return listener.cursor.position && { ...listener.cursor.position };
      },
      on: (type, schema, handle) => this.listen(listener, type, schema, handle),
      close: () => this.leave(channel, feed, listener),
    };
  }

  /**
   * Tells a channel something fleeting, such as what a customer looks at. There is no answer to wait for and nothing is
   * kept: offline it is gone.
   * @returns Whether it was sent.
   */
  publish(channel: string, event: string, data: object): boolean {
    if (this.current.status !== 'open') return false;
    this.send('publish', { channel, event, data });
    return true;
  }

  private listen<T>(listener: Listener, type: string, schema: z.ZodType<T>, handle: TypedHandler<T>) {
    const typed: TypedListener = (event) => {
      if (event.type !== type) return;
      const data = schema.safeParse(event.data);
      if (data.success) handle(data.data, event);
      else this.options.onFault?.(data.error);
    };
    listener.typed.add(typed);
    return () => listener.typed.delete(typed);
  }

  private leave(channel: string, feed: ChannelFeed, listener: Listener): void {
    if (!feed.listeners.delete(listener) || feed.listeners.size > 0 || this.feeds.get(channel) !== feed) return;
    feed.live = false;
    if (this.current.status === 'open' && !feed.isAsking) this.gather(channel);
  }

  /** One frame of a channel is under way at a time: the hub does not answer for a subscription that the next one replaces. */
  private ask(channel: string, feed: ChannelFeed, since?: Position): void {
    // What comes until the answer is repeated after it: nobody may take it for all that they are due.
    feed.live = false;
    if (feed.isAsking) feed.askAgain = true;
    else this.gather(channel, since);
  }

  /** What one turn wants goes out together at its end, as the hub counts frames: a page may follow a thing at a time. */
  private gather(channel: string, since?: Position): void {
    if (this.gathered.size === 0) queueMicrotask(() => this.sendGathered());
    this.gathered.set(channel, since ?? this.gathered.get(channel));
  }

  private sendGathered(): void {
    const gathered = [...this.gathered];
    this.gathered.clear();
    // The next connection asks for everything.
    if (this.current.status !== 'open') return;
    const wanted: Follow[] = [];
    const unwanted: string[] = [];
    for (const [channel, since] of gathered) {
      const feed = this.feeds.get(channel);
      if (!feed || feed.isAsking) continue;
      if (feed.listeners.size > 0) wanted.push(this.request(channel, feed, since));
      else if (feed.isFollowed) unwanted.push(channel);
      else this.feeds.delete(channel);
      feed.isAsking = true;
    }
    for (const data of unsubscribeFrames(unwanted)) this.send('unsubscribe', data);
    for (const data of subscribeFrames(wanted)) this.send('subscribe', data);
  }

  private answered(channel: string, position: Position): void {
    const feed = this.feeds.get(channel);
    if (!feed) return;
    feed.isAsking = false;
    feed.isFollowed = true;
    if (feed.listeners.size === 0 || feed.askAgain) this.gather(channel);
    else feed.begin(position);
  }

  private released(channel: string): void {
    const feed = this.feeds.get(channel);
    if (!feed) return;
    feed.isAsking = feed.isFollowed = false;
    if (feed.listeners.size > 0) this.gather(channel);
    else this.feeds.delete(channel);
  }

  /** What to ask for so that every listener of a channel can go on. */
  private request(channel: string, feed: ChannelFeed, since = feed.since): Follow {
    feed.askAgain = false;
    feed.asked = feed.mode;
    const mode = feed.mode === 'latest' ? { mode: feed.mode } : {};
    const oldest = feed.since;
    const from = oldest && since && oldest.epoch === since.epoch && oldest.seq < since.seq ? oldest : since;
    return from ? { channel, since: from.seq, epoch: from.epoch, ...mode } : { channel, ...mode };
  }

  private open(): void {
    clearTimeout(this.retryTimer);
    this.reconnectAfterMs = undefined;
    this.become({ status: 'connecting', tries: this.tries });
    const socket = (this.options.open ?? openPlatformSocket)(this.options.url);
    this.socket = socket;
    this.watch(CONNECT_MS, () => this.lost());
    socket.onmessage = ({ data }) => this.receive(data);
    socket.onclose = ({ code }) => this.lost(code);
    socket.onerror = () => {}; // A close always follows and says more.
    socket.onopen = () => void this.authenticate(socket);
  }

  private async authenticate(socket: Socket): Promise<void> {
    try {
      const token = await this.options.token();
      if (this.socket !== socket) return;
      if (token === undefined) this.end({ status: 'closed', reason: 'signed-out' });
      else this.send('auth', { token });
    } catch (fault) {
      this.options.onFault?.(fault);
      if (this.socket !== socket) return;
      if (this.current.status === 'open')
        this.renewTimer = setTimeout(() => void this.authenticate(socket), RENEW_PAUSE_MS);
      else this.lost();
    }
  }

  private receive(text: unknown): void {
    if (this.current.status === 'open') this.watch(this.heartbeatMs + ANSWER_MS, () => this.probe());
    const json = parseJson(text);
    const frame = frameSchema.safeParse(json);
    if (!frame.success) this.options.onFault?.(frame.error);
    else if (isControl(frame.data.type)) this.receiveControl(frame.data.type, frame.data.data);
    else this.receiveEvent(json);
  }

  private receiveControl(type: keyof Control, data: unknown): void {
    const parsed = controlSchemas[type].safeParse(data);
    if (!parsed.success) this.options.onFault?.(parsed.error);
    else (this.handle[type] as (data: unknown) => void)(parsed.data);
  }

  private readonly handle: { [K in keyof Control]: (data: Control[K]) => void } = {
    welcome: ({ heartbeatMs }) => {
      this.heartbeatMs = heartbeatMs;
    },
    authenticated: ({ expiresInMs }) => this.authenticated(expiresInMs),
    subscribed: ({ channel, seq, epoch }) => this.answered(channel, { seq, epoch }),
    unsubscribed: ({ channel, code }) => (code === undefined ? this.released(channel) : this.refused(channel, code)),
    resync: ({ channel, seq, epoch }) => this.feeds.get(channel)?.resync({ seq, epoch }),
    heartbeat: (data) => this.completed(data.positions),
    pong: (data) => this.completed(data.positions),
    reconnect: ({ afterMs }) => {
      this.reconnectAfterMs = afterMs;
    },
    error: ({ code, message, channel, event }) => {
      // Of what was published only the fault is left; it says nothing about what is followed.
      if (event !== undefined) this.options.onFault?.(new Error(`${event}: ${message} (${code})`));
      else if (channel !== undefined && code === 'hub.not-subscribed') this.released(channel);
      else if (channel !== undefined) this.refused(channel, code);
      // Which frame was ignored is not said; a new connection asks for everything again.
      else if (code === 'hub.rate-limited') this.lost();
    },
  };

  private authenticated(expiresInMs: number): void {
    this.tries = 0;
    clearTimeout(this.renewTimer);
    const socket = this.socket;
    if (socket) {
      const renewInMs = Math.max(RENEW_PAUSE_MS, expiresInMs - RENEW_LEFT_MS);
      this.renewTimer = setTimeout(() => void this.authenticate(socket), renewInMs);
    }
    if (this.current.status === 'open') return;
    this.become({ status: 'open' });
    this.watch(this.heartbeatMs + ANSWER_MS, () => this.probe());
    for (const channel of this.feeds.keys()) this.gathered.set(channel, undefined);
    this.sendGathered();
  }

  private refused(channel: string, code: string): void {
    const feed = this.feeds.get(channel);
    this.feeds.delete(channel);
    for (const { handlers } of feed?.listeners ?? []) handlers.onRefused?.(code);
  }

  private completed(reached: Record<string, number>): void {
    for (const [channel, seq] of Object.entries(reached)) this.feeds.get(channel)?.completed(seq);
  }

  private receiveEvent(frame: unknown): void {
    const isFleeting = !(frame as { seq?: unknown }).seq;
    const event = isFleeting ? fleetingSchema.safeParse(frame) : eventSchema.safeParse(frame);
    if (!event.success) {
      this.options.onFault?.(event.error);
      return;
    }
    const { channel } = event.data;
    for (const followed of [channel, `store:${channel.slice(channel.indexOf(':') + 1)}`]) {
      const feed = this.feeds.get(followed);
      if ('seq' in event.data) feed?.deliver(event.data);
      else feed?.pass(event.data);
    }
  }

  /** Asks for a sign of life; without one the line is dead, whatever the socket believes. */
  private probe(): void {
    this.send('ping', {});
    this.watch(ANSWER_MS, () => this.lost());
  }

  private watch(afterMs: number, then: () => void): void {
    clearTimeout(this.watchdog);
    this.watchdog = setTimeout(then, afterMs);
  }

  private send(type: string, data: object): void {
    this.socket?.send(JSON.stringify({ type, data }));
  }

  private lost(code?: number): void {
    if (code !== undefined && (FATAL_CODES.has(code) || (code >= 4500 && code < 5000))) {
      this.end({ status: 'closed', reason: 'refused', code });
      return;
    }
    this.drop();
    if (++this.tries > (this.options.maxTries ?? 5)) {
      this.end({ status: 'closed', reason: 'gave-up' });
      return;
    }
    const bound = Math.min(
      this.options.maxDelayMs ?? 30_000,
      (this.options.firstDelayMs ?? 500) * 2 ** (this.tries - 1),
    );
    const retryInMs = this.reconnectAfterMs ?? Math.floor((this.options.random ?? Math.random)() * bound);
    this.become({ status: 'waiting', tries: this.tries, retryInMs });
    this.retryTimer = setTimeout(() => this.open(), retryInMs);
  }

  private end(state: ConnectionState): void {
    this.drop();
    this.become(state);
  }

  /** Forgets the socket at once: one that is dead may take minutes to say so. */
  private drop(): void {
    for (const timer of [this.watchdog, this.renewTimer, this.retryTimer]) clearTimeout(timer);
    const socket = this.socket;
    this.socket = undefined;
    for (const feed of this.feeds.values()) feed.disconnected();
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  private become(state: ConnectionState): void {
    this.current = state;
    for (const listener of [...this.stateListeners]) listener(state);
  }
}

function openPlatformSocket(url: string): Socket {
  return new WebSocket(url) as unknown as Socket;
}

function isControl(type: string): type is keyof Control {
  return Object.hasOwn(controlSchemas, type);
}

function parseJson(text: unknown): unknown {
  try {
    return typeof text === 'string' ? JSON.parse(text) : undefined;
  } catch {
    return undefined;
  }
}
