/** What a user of the hub's client sees of it. */
import type { z } from 'zod';
import type { FleetingEvent, Position, RealtimeEvent } from './realtimeFrames.ts';

/** What the connection is doing. `waiting` will try again; `closed` will not until `connect` is called. */
export type ConnectionState =
  | { status: 'connecting'; tries: number }
  | { status: 'open' }
  | { status: 'waiting'; tries: number; retryInMs: number }
  | { status: 'closed'; reason: 'asked' | 'signed-out' | 'refused' | 'gave-up'; code?: number };

/** Told of one type of event, durable or fleeting. */
export type TypedHandler<T> = (data: T, event: RealtimeEvent | FleetingEvent) => void;

/** A listener on one channel. */
export interface Subscription {
  /** Everything up to here has been delivered; give it to a later `subscribe` to go on from here. */
  readonly position: Position | undefined;
  /** Listens to one type of event; data that the schema does not accept goes to `onFault`. Returns the way to stop. */
  on<T>(type: string, schema: z.ZodType<T>, listener: TypedHandler<T>): () => void;
  /** Stops listening. */
  close(): void;
}

/** The part of the WebSocket interface that is used. */
export interface Socket {
  onopen: ((event: never) => void) | null;
  onmessage: ((event: { data: unknown }) => void) | null;
  onclose: ((event: { code: number }) => void) | null;
  onerror: ((event: never) => void) | null;
  send(text: string): void;
  close(): void;
}

export interface RealtimeOptions {
  /** The hub's address, `wss://…/ws`. */
  url: string;
  /** A token that is good now, renewed if need be; undefined when nobody is signed in. May reject while offline. */
  token: () => Promise<string | undefined>;
  /** Opens a socket; the platform's `WebSocket` unless given. */
  open?: (url: string) => Socket;
  /** Failures in a row before giving up; default 5, `Infinity` for endless. */
  maxTries?: number;
  /** Upper bound of the first delay in ms, doubled with every failure; default 500. */
  firstDelayMs?: number;
  /** Upper bound of any delay in ms; default 30,000. */
  maxDelayMs?: number;
  /** 0 ≤ n < 1; the default is `Math.random`. */
  random?: () => number;
  /** Told of frames and data that do not parse. */
  onFault?: (fault: unknown) => void;
}
