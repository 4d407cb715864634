/** Twins of browser parts for the tests of this folder. */
import type { DeviceStorage, TabChannel } from './platform.ts';

/** Storage that lives as long as the test. */
export class MemoryStorage implements DeviceStorage {
  private readonly items = new Map<string, string>();

  getItem(key: string): string | null {
    return this.items.get(key) ?? null;
  }

  setItem(key: string, value: string): void {
    this.items.set(key, value);
  }

  removeItem(key: string): void {
    this.items.delete(key);
  }

  /** Everything stored, in one text. */
  dump(): string {
    return JSON.stringify([...this.items]);
  }
}

/** Tabs of one browser: what one posts, all others hear. */
export class TabSet {
  private readonly all: TabChannel[] = [];

  open(): TabChannel {
    const channel: TabChannel = {
      post: (message) => {
        for (const other of this.all) if (other !== channel) other.onMessage?.(structuredClone(message));
      },
      onMessage: undefined,
      close: () => undefined,
    };
    this.all.push(channel);
    return channel;
  }
}

/** An answer of the server in JSON. */
export function jsonAnswer(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  const type = status >= 400 ? 'application/problem+json' : 'application/json';
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': type, ...headers } });
}
