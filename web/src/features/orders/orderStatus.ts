/** What is known of how far an order is. */
export interface OrderStatus {
  id: string;
  status: string;
  /** The order's version that has this status. */
  syncVersion: number;
}

const statuses = ['pending', 'confirmed', 'packing', 'ready', 'shipped', 'completed', 'cancelled'] as const;
export type KnownStatus = (typeof statuses)[number];

/** The status if these pages have a word for it. */
export const knownStatus = (status: string): KnownStatus | undefined => statuses.find((known) => known === status);

/** The newer of what is known and what was heard; a change of another order, or one that is known, changes nothing. */
export function withStatusChange(known: OrderStatus, heard: OrderStatus): OrderStatus {
  return heard.id === known.id && heard.syncVersion > known.syncVersion ? heard : known;
}
