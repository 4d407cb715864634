import { z } from 'zod';
import { Api, ApiProblem, type Fetch, type TokenSource } from './api.ts';
import {
  createExclusive,
  type DeviceStorage,
  type Exclusive,
  Listeners,
  openTabChannel,
  type TabChannel,
} from './platform.ts';
import { type Grant, grantSchema, type User } from './wire.ts';

/** Who is signed in, as far as this tab knows. */
export type SessionState =
  | { status: 'starting' }
  | { status: 'signed-out'; ended: boolean }
  | { status: 'unreachable' }
  | { status: 'signed-in'; user: User };

export interface SessionOptions {
  fetch?: Fetch;
  storage: DeviceStorage;
  exclusive?: Exclusive;
  tabs?: TabChannel;
  nowMs?: () => number;
}

const tabMessageSchema = z.union([
  z.object({ kind: z.literal('granted'), grant: grantSchema }),
  z.object({ kind: z.literal('signed-out') }),
]);

/** Marks that a refresh cookie probably exists, so that a first visit asks nothing of the server. */
const HINT = 'chainsync.session';
const LOCK = 'chainsync-refresh';
/** A socket's token is renewed when it has less than this left, in milliseconds. */
const FRESH_MARGIN_MS = 30_000;

/**
 * The signed-in state of this browser. The access token lives only in memory; the refresh cookie is the server's and
 * out of reach of scripts. It rotates with reuse detection, so tabs take turns (a lock) and pass each other what they got.
 */
export class Session implements TokenSource {
  private readonly api: Api;
  private readonly storage: DeviceStorage;
  private readonly exclusive: Exclusive;
  private readonly tabs: TabChannel;
  private readonly nowMs: () => number;
  private readonly listeners = new Listeners();
  private grant: Grant | undefined;
  private renewal: Promise<string | undefined> | undefined;
  private current: SessionState = { status: 'starting' };

  constructor(options: SessionOptions) {
    this.api = new Api(undefined, options.fetch);
    this.storage = options.storage;
    this.exclusive = options.exclusive ?? createExclusive();
    this.tabs = options.tabs ?? openTabChannel('chainsync-session');
    this.nowMs = options.nowMs ?? Date.now;
    this.tabs.onMessage = (message) => this.hear(message);
  }

  /** Calls back after every change of {@link state}; returns the way to stop. */
  readonly subscribe = this.listeners.subscribe;

  /** The state now; the same object until it changes. */
  readonly state = (): SessionState => this.current;

  token(): string | undefined {
    return this.grant?.accessToken;
  }

  /** Picks up the session of an earlier visit, if there is one. Never throws. */
  async start(): Promise<void> {
    if (this.storage.getItem(HINT) === null) {
      this.become({ status: 'signed-out', ended: false });
      return;
    }
    this.become({ status: 'starting' });
    try {
      await this.renew('');
    } catch {
      this.become({ status: 'unreachable' });
    }
  }

  /**
   * Signs in with e-mail and password.
   * @throws {ApiProblem} with `auth.invalid`, `auth.locked` (see `retryAfterSeconds`) or a network failure.
   */
  signIn(email: string, password: string): Promise<void> {
    return this.enter('/api/auth/login', { email, password });
  }

  /**
   * Signs in at a registered till with a PIN.
   * @throws {ApiProblem} as {@link signIn}.
   */
  signInWithPin(register: { storeId: string; registerId: string; key: string }, pin: string): Promise<void> {
    const { storeId, registerId, key } = register;
    return this.enter('/api/auth/pin', { storeId, registerId, pin }, { 'ChainSync-Register-Key': key });
  }

  /** Ends the session here and in every tab, even when the server cannot be told. */
  async signOut(): Promise<void> {
    const token = this.token();
    this.leave(false);
    this.tabs.post({ kind: 'signed-out' });
    if (token === undefined) return;
    const headers = { Authorization: `Bearer ${token}` };
    await this.exclusive(LOCK, () => this.api.send('POST', '/api/auth/logout', z.unknown(), { headers })).catch(
      () => undefined,
    );
  }

  renew(stale: string): Promise<string | undefined> {
    this.renewal ??= this.exclusive(LOCK, () => this.refresh(stale)).finally(() => {
      this.renewal = undefined;
    });
    return this.renewal;
  }

  /** A token good for the next half minute, for a socket; undefined when nobody is signed in. */
  async freshToken(): Promise<string | undefined> {
    const grant = this.grant;
    if (grant === undefined) return undefined;
    const leftMs = Date.parse(grant.expiresAt) - this.nowMs();
    return leftMs > FRESH_MARGIN_MS ? grant.accessToken : this.renew(grant.accessToken);
  }

  private async enter(path: string, body: unknown, headers: Record<string, string> = {}): Promise<void> {
    const grant = await this.exclusive(LOCK, () => this.api.send('POST', path, grantSchema, { body, headers }));
    this.accept(grant);
    this.tabs.post({ kind: 'granted', grant });
  }

  private async refresh(stale: string): Promise<string | undefined> {
    const known = this.token();
    if (known !== undefined && known !== stale) return known;
    try {
      const grant = await this.api.send('POST', '/api/auth/refresh', grantSchema);
      this.accept(grant);
      this.tabs.post({ kind: 'granted', grant });
      return grant.accessToken;
    } catch (error) {
      if (!(error instanceof ApiProblem) || (error.status !== 401 && error.status !== 403)) throw error;
      this.leave(true);
      return undefined;
    }
  }

  private accept(grant: Grant): void {
    const before = this.current;
    this.grant = grant;
    this.storage.setItem(HINT, '1');
    const isSame = before.status === 'signed-in' && JSON.stringify(before.user) === JSON.stringify(grant.user);
    if (!isSame) this.become({ status: 'signed-in', user: grant.user });
  }

  private leave(ended: boolean): void {
    this.grant = undefined;
    this.storage.removeItem(HINT);
    this.become({ status: 'signed-out', ended });
  }

  private hear(message: unknown): void {
    const parsed = tabMessageSchema.safeParse(message);
    if (!parsed.success) return;
    if (parsed.data.kind === 'granted') this.accept(parsed.data.grant);
    else this.leave(false);
  }

  private become(state: SessionState): void {
    this.current = state;
    this.listeners.notify();
  }
}
