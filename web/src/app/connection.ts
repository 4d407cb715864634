import { useSyncExternalStore } from 'react';

export type ConnectionState = 'live' | 'connecting' | 'offline';
export interface Connection {
  state: ConnectionState;
  /** When the server was last heard, in Unix milliseconds. */
  heardAtMs: number | undefined;
}

const subscribe = (listener: () => void) => {
  window.addEventListener('online', listener);
  window.addEventListener('offline', listener);
  return () => {
    window.removeEventListener('online', listener);
    window.removeEventListener('offline', listener);
  };
};

export function useConnection(): Connection {
  const isOnline = useSyncExternalStore(subscribe, () => navigator.onLine);
  return { state: isOnline ? 'live' : 'offline', heardAtMs: undefined };
}
