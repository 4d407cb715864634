/** The parts of a browser the SDK needs, each replaceable in a test. */

/** Text kept on this device. */
export type DeviceStorage = Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;

/** Runs `work` while no other tab runs work of the same name. */
export type Exclusive = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** A line to the other tabs of this origin. */
export interface TabChannel {
  post(message: unknown): void;
  /** Messages come from other tabs and must be checked before they are believed. */
  onMessage: ((message: unknown) => void) | undefined;
  close(): void;
}

/** Mutual exclusion inside one tab, in order of arrival. */
export function createLocalExclusive(): Exclusive {
  const tails = new Map<string, Promise<unknown>>();
  return (name, work) => {
    const run = (tails.get(name) ?? Promise.resolve()).then(work, work);
    tails.set(name, run);
    const forget = () => {
      if (tails.get(name) === run) tails.delete(name);
    };
    run.then(forget, forget);
    return run;
  };
}

/** Mutual exclusion across tabs by Web Locks; inside this tab only where a browser hides them (plain http in a LAN). */
export function createExclusive(): Exclusive {
  if (typeof navigator === 'undefined' || navigator.locks === undefined) return createLocalExclusive();
  return (name, work) => navigator.locks.request(name, work) as ReturnType<typeof work>;
}

/** Opens the channel `name` to the other tabs. */
export function openTabChannel(name: string): TabChannel {
  const broadcast = new BroadcastChannel(name);
  const channel: TabChannel = {
    post: (message) => broadcast.postMessage(message),
    onMessage: undefined,
    close: () => broadcast.close(),
  };
  broadcast.onmessage = (event: MessageEvent<unknown>) => channel.onMessage?.(event.data);
  return channel;
}

/** A minimal set of listeners, told in the order they came. */
export class Listeners {
  private readonly all = new Set<() => void>();

  /** Adds a listener and returns the way to remove it. */
  readonly subscribe = (listener: () => void): (() => void) => {
    this.all.add(listener);
    return () => {
      this.all.delete(listener);
    };
  };

  notify(): void {
    for (const listener of [...this.all]) listener();
  }
}
