import { useEffect, useSyncExternalStore } from 'react';
import { Listeners } from '../client/platform.ts';
import {
  type ConnectionState as HubState,
  type Position,
  Realtime,
  type RealtimeEvent,
  type Socket,
} from '../client/realtime.ts';
import type { Session } from '../client/session.ts';
import { useServices } from './services.ts';

export type ConnectionState = 'live' | 'connecting' | 'offline';
export interface Connection {
  state: ConnectionState;
  /** When the server was last heard, in Unix milliseconds. */
  heardAtMs: number | undefined;
}

/** How long a refused line rests, in milliseconds. */
const RESUME_MS = 30_000;

/** The page's line to the hub, and what the status strip says of it. */
export class Line {
  readonly realtime: Realtime;
  private readonly listeners = new Listeners();
  private isWanted = false;
  private current: Connection = { state: 'connecting', heardAtMs: undefined };

  constructor(session: Session) {
    const url = `${window.location.origin.replace(/^http/, 'ws')}/ws`;
    this.realtime = new Realtime({
      url,
      token: () => session.freshToken(),
      open: (address) => this.open(address),
      maxTries: Number.POSITIVE_INFINITY,
    });
    this.realtime.onState((state) => {
      this.become({ ...this.current, state: wordFor(state) });
      // A screen that hangs in a shop has nobody to press "connect": what refused us may be gone in a while.
      if (state.status === 'closed' && state.reason !== 'asked') setTimeout(() => this.resume(), RESUME_MS);
    });
    this.realtime.wakeWithPage();
    // The browser knows at once what the socket finds out after its timeout; a frame that still arrives corrects it.
    window.addEventListener('offline', () => this.become({ ...this.current, state: 'offline' }));
  }

  /** Keeps the line up until {@link stop}. */
  start(): void {
    this.isWanted = true;
    this.realtime.connect();
  }

  stop(): void {
    this.isWanted = false;
    this.realtime.close();
  }

  readonly subscribe = this.listeners.subscribe;
  readonly connection = (): Connection => this.current;

  private resume(): void {
    if (this.isWanted) this.realtime.connect();
  }

  private open(address: string): Socket {
    const socket = new WebSocket(address);
    socket.addEventListener('message', () =>
      this.become({ state: wordFor(this.realtime.state), heardAtMs: Date.now() }),
    );
    return socket as unknown as Socket;
  }

  private become(next: Connection): void {
    this.current = next;
    this.listeners.notify();
  }
}

function wordFor(state: HubState): ConnectionState {
  if (state.status === 'open') return 'live';
  const isFirstTry = state.status === 'connecting' && state.tries === 0;
  return isFirstTry && navigator.onLine ? 'connecting' : 'offline';
}

export function useConnection(): Connection {
  const { line } = useServices();
  return useSyncExternalStore(line.subscribe, line.connection);
}

export interface StoreStream {
  onEvent(event: RealtimeEvent): void;
  /** The log cannot be followed from where we were: load anew. */
  onResync(): void;
  /** Where the stream stood when it was left. */
  onLeave?(position: Position): void;
}

/**
 * Follows everything that happens in a store, in order and without a hole from `since` on. `stream` and `since` are
 * taken when the store or `isReady` changes; keep what they need in refs.
 */
export function useStoreStream(
  storeId: string,
  isReady: boolean,
  open: () => { since: Position | undefined; stream: StoreStream },
) {
  const { realtime } = useServices().line;
  // biome-ignore lint/correctness/useExhaustiveDependencies: opened once per store; the stream itself moves on from there.
  useEffect(() => {
    if (!isReady) return;
    const { since, stream } = open();
    const subscription = realtime.subscribe(`store:${storeId}`, stream, since);
    return () => {
      if (subscription.position !== undefined) stream.onLeave?.(subscription.position);
      subscription.close();
    };
  }, [realtime, storeId, isReady]);
}
