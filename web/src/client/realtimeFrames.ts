/** The frames of the hub (docs/protocol.md, "WebSocket"). */
import { z } from 'zod';

/** A place in a stream's log. REST lists return one; a subscription that starts from it has no hole. */
export interface Position {
  seq: number;
  epoch: string;
}

const count = z.number().int().nonnegative();
const channelPosition = z.object({ channel: z.string(), seq: count, epoch: z.string() });
const positions = z.object({ positions: z.record(z.string(), count) });

/** The hub's own frames by type; any other type is an event. */
export const controlSchemas = {
  welcome: z.object({ heartbeatMs: z.number().positive(), authTimeoutMs: z.number().positive() }),
  authenticated: z.object({ expiresInMs: z.number() }),
  subscribed: channelPosition.extend({ recovered: z.boolean() }),
  unsubscribed: z.object({ channel: z.string(), code: z.string().optional() }),
  resync: channelPosition,
  heartbeat: positions,
  pong: positions,
  reconnect: z.object({ afterMs: count }),
  error: z.object({
    code: z.string(),
    message: z.string(),
    channel: z.string().optional(),
    event: z.string().optional(),
  }),
};
/** The `data` of each of the hub's own frames. */
export type Control = { [K in keyof typeof controlSchemas]: z.output<(typeof controlSchemas)[K]> };

/** What every frame has. */
export const frameSchema = z.object({ type: z.string(), data: z.unknown() });
/** An event's frame. */
export const eventSchema = z.object({
  type: z.string(),
  channel: z.string(),
  storeId: z.string().optional(),
  seq: z.number().int().positive(),
  part: count.default(0),
  at: z.string().optional(),
  data: z.unknown(),
});
/** Something that happened, as the log has it. `data` is for the listener to parse. */
export type RealtimeEvent = z.output<typeof eventSchema>;

/** A fleeting event's frame: it has no place in the log. */
export const fleetingSchema = z.object({
  type: z.string(),
  channel: z.string(),
  storeId: z.string().optional(),
  at: z.string().optional(),
  /** Milliseconds until what it says ends by itself. */
  expiresInMs: z.number().nonnegative().optional(),
  data: z.unknown(),
});
/** Something that passes: who is there, what they look at. It is never repeated, and may be missed. */
export type FleetingEvent = z.output<typeof fleetingSchema>;

/**
 * Which events a listener needs: `all` of them, or of those that tell a state (a product's stock level) only the `latest`.
 * With `latest` bursts come as their newest, and so does what was missed; events that are no state all come.
 */
export type Mode = 'all' | 'latest';

/** A channel to follow, from a position or from now on; all of its events unless the mode says otherwise. */
export interface Follow {
  channel: string;
  since?: number;
  epoch?: string;
  mode?: 'latest';
}

/** The hub takes a thousand channels and 1 MiB to a frame; these stay well within both, whatever the names. */
const MAX_CHANNELS = 250;
const MAX_CHARACTERS = 100_000;

/** The `data` of as few `subscribe` frames as these channels need: the hub counts frames, not channels. */
export function subscribeFrames(wanted: readonly Follow[]): (Follow | { channels: Follow[] })[] {
  return lists(wanted).map((channels) => (channels.length === 1 && channels[0] ? channels[0] : { channels }));
}

/** The same to leave them. */
export function unsubscribeFrames(unwanted: readonly string[]): ({ channel: string } | { channels: string[] })[] {
  return lists(unwanted).map((channels) =>
    channels.length === 1 && channels[0] ? { channel: channels[0] } : { channels },
  );
}

function lists<T>(entries: readonly T[]): T[][] {
  const lists: T[][] = [];
  let characters = 0;
  for (const entry of entries) {
    const length = JSON.stringify(entry).length;
    const last = lists.at(-1);
    if (last && last.length < MAX_CHANNELS && characters + length <= MAX_CHARACTERS) last.push(entry);
    else {
      lists.push([entry]);
      characters = 0;
    }
    characters += length;
  }
  return lists;
}
