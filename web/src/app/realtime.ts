import { useEffect, useMemo, useRef } from 'react';
import { type EventData, type EventName, eventSchemas } from '../client/events.ts';
import type { FleetingEvent, Position, RealtimeEvent } from '../client/realtime.ts';
import { type Connection, useConnection } from './connection.ts';
import { useServices } from './services.ts';

/** The page's line to the hub. */
export interface WebSocketLine extends Connection {
  /** Tells a channel something fleeting. Returns whether it was sent: offline it is not, and is not kept. */
  publish(channel: string, event: EventName, data: object): boolean;
  /** Tries at once instead of after the pause, or checks that the line is alive. */
  reconnect(): void;
}

/** The one connection that all components of the page share. */
export function useWebSocket(): WebSocketLine {
  const { realtime } = useServices().line;
  const connection = useConnection();
  return useMemo(
    () => ({
      ...connection,
      publish: (channel, event, data) => realtime.publish(channel, event, data),
      reconnect: () => {
        realtime.connect();
        realtime.wake();
      },
    }),
    [realtime, connection],
  );
}

/** What to do with the events of each name. They may change with every rendering; the names may not. */
export type EventListeners = {
  [K in EventName]?: (data: EventData[K], event: RealtimeEvent | FleetingEvent) => void;
};

/** The channel of everything in a store that the user may see. */
export const storeChannel = (storeId: string) => `store:${storeId}`;

/**
 * Hears events of a channel from now on, for as long as the component is there. Data that is not as described reaches
 * no listener.
 * @param onResync The stream could not be followed without a gap: what was loaded before is to be loaded anew.
 */
export function useRealtime(channel: string, listeners: EventListeners, onResync?: (position: Position) => void) {
  const { realtime } = useServices().line;
  const latest = useRef({ listeners, onResync });
  useEffect(() => {
    latest.current = { listeners, onResync };
  });
  const names = Object.keys(listeners).sort().join(' ');
  useEffect(() => {
    const subscription = realtime.subscribe(channel, {
      onResync: (position) => latest.current.onResync?.(position),
    });
    for (const name of names.split(' ') as EventName[]) {
      subscription.on<never>(name, eventSchemas[name] as never, (data, event) =>
        latest.current.listeners[name]?.(data, event),
      );
    }
    return () => subscription.close();
  }, [realtime, channel, names]);
}
