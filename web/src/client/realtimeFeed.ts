/** What a client knows about one channel of the hub: its listeners and how far each has got. */
import type { FleetingEvent, Mode, Position, RealtimeEvent } from './realtimeFrames.ts';

/** What a subscriber can be told. */
export interface SubscriptionHandlers {
  /** An event, once and in log order. */
  onEvent?: (event: RealtimeEvent) => void;
  /** A fleeting event, in no order with the others; what was missed is not repeated. */
  onFleeting?: (event: FleetingEvent) => void;
  /** The gap cannot be filled: load anew from REST. Events after `position` follow. */
  onResync?: (position: Position) => void;
  /** The hub refused the channel, or the user's rights no longer cover it; the subscription is over. */
  onRefused?: (code: string) => void;
}

/**
 * How far one listener has got. A row of the log may give several events with one `seq`; while more of them may come,
 * the position stays before the row, so a reconnect repeats the row and the parts already seen are dropped.
 */
export class Cursor {
  position: Position | undefined;
  private row = 0;
  private readonly parts = new Set<string>();

  constructor(position: Position | undefined) {
    this.position = position && { ...position };
  }

  /** Whether the event is new. */
  accept(event: RealtimeEvent): boolean {
    if (!this.position || event.seq <= this.position.seq || event.seq < this.row) return false;
    if (event.seq > this.row) {
      this.row = event.seq;
      this.parts.clear();
      this.position.seq = event.seq - 1;
    }
    const part = `${event.channel} ${event.part}`;
    return !this.parts.has(part) && this.parts.add(part) !== undefined;
  }

  /** All up to `seq` has been sent. */
  complete(seq: number): void {
    if (this.position && seq > this.position.seq) this.position.seq = seq;
  }

  reset(position: Position): void {
    this.position = { ...position };
    this.row = 0;
    this.parts.clear();
  }
}

/** A listener and what it listens to. */
export type Listener = {
  cursor: Cursor;
  handlers: SubscriptionHandlers;
  mode: Mode;
  typed: Set<TypedListener>;
};

/** Hears every event of a channel and picks its own. */
export type TypedListener = (event: RealtimeEvent | FleetingEvent) => void;

/** One subscription on the wire and the listeners that share it. */
export class ChannelFeed {
  readonly listeners = new Set<Listener>();
  /** Whether a frame about it is not yet answered. Until then events belong to an earlier subscription and are ignored. */
  isAsking = false;
  /** Whether the hub holds a subscription to it, wanted or not. */
  isFollowed = false;
  /** Whether more is wanted than the frame under way asks for. */
  askAgain = false;
  live = false;
  /** The mode that was last asked for. */
  asked: Mode = 'all';

  /** The mode that does for all listeners. */
  get mode(): Mode {
    return [...this.listeners].every(({ mode }) => mode === 'latest') ? 'latest' : 'all';
  }

  /** The position all listeners can go on from: the furthest back of theirs. */
  get since(): Position | undefined {
    let oldest: Position | undefined;
    for (const { cursor } of this.listeners) {
      if (cursor.position && (!oldest || cursor.position.seq < oldest.seq)) oldest = cursor.position;
    }
    return oldest;
  }

  /** The position of whoever is furthest. */
  get newest(): Position | undefined {
    let newest: Position | undefined;
    for (const { cursor } of this.listeners) {
      if (cursor.position && (!newest || cursor.position.seq > newest.seq)) newest = cursor.position;
    }
    return newest;
  }

  /** The hub has answered: everything after `position` follows. */
  begin(position: Position): void {
    this.live = true;
    for (const { cursor, handlers } of this.listeners) {
      const former = cursor.position;
      if (former?.epoch === position.epoch) continue;
      cursor.reset(position);
      if (former) handlers.onResync?.(position);
    }
  }

  /** The gap of every listener is lost. */
  resync(position: Position): void {
    for (const { cursor, handlers } of this.listeners) {
      cursor.reset(position);
      handlers.onResync?.(position);
    }
  }

  /** All up to `seq` has been sent. */
  completed(seq: number): void {
    if (this.live) for (const { cursor } of this.listeners) cursor.complete(seq);
  }

  /** Hands an event to the listeners that have not had it. */
  deliver(event: RealtimeEvent): void {
    if (!this.live) return;
    for (const { cursor, handlers, typed } of [...this.listeners]) {
      if (!cursor.accept(event)) continue;
      handlers.onEvent?.(event);
      for (const listener of [...typed]) listener(event);
    }
  }

  /** Hands a fleeting event to every listener. */
  pass(event: FleetingEvent): void {
    if (!this.live) return;
    for (const { handlers, typed } of [...this.listeners]) {
      handlers.onFleeting?.(event);
      for (const listener of [...typed]) listener(event);
    }
  }

  /** The connection is gone, and with it every answer under way. */
  disconnected(): void {
    this.isAsking = this.isFollowed = this.askAgain = this.live = false;
  }
}
