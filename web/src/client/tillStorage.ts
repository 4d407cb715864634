import { z } from 'zod';
import type { DeviceStorage } from './platform.ts';
import { readJson } from './receiptSeries.ts';
import { openTill, type TillState } from './till.ts';
import { discountSchema, paymentMethodSchema } from './wire.ts';

const lineSchema = z.object({
  lineId: z.number().int(),
  productId: z.string(),
  name: z.string(),
  sku: z.string(),
  unitPriceMinor: z.number().int().min(0),
  taxRatePpm: z.number().int().min(0),
  quantityMilli: z.number().int().positive(),
  discount: discountSchema.optional(),
});
const ticketSchema = z.object({
  lines: z.array(lineSchema),
  discount: discountSchema.optional(),
  customer: z.object({ id: z.string(), name: z.string() }).optional(),
});
const keptSchema = z.object({
  ticket: ticketSchema,
  tenders: z.array(
    z.object({
      method: paymentMethodSchema,
      amountMinor: z.number().int(),
      tenderedMinor: z.number().int().optional(),
    }),
  ),
  parked: z.array(z.object({ parkedId: z.number().int(), parkedAtMs: z.number(), ticket: ticketSchema })),
  nextId: z.number().int(),
});

/**
 * Keeps the tickets of a till over a reload or a session that ends: the ticket on the counter with what is already paid
 * on it, and those parked. A sale that is done is not kept; it is in the outbox.
 */
export class TillStorage {
  private readonly storage: DeviceStorage;
  private readonly key: string;

  constructor(storage: DeviceStorage, storeId: string) {
    this.storage = storage;
    this.key = `chainsync.till.${storeId}`;
  }

  /** The till as it was left; a new one when there is nothing, or nothing that can be read. */
  load<Done>(): TillState<Done> {
    const kept = keptSchema.safeParse(readJson(this.storage, this.key));
    if (!kept.success) return openTill();
    return { ...openTill<Done>(), ...kept.data, selectedLineId: kept.data.ticket.lines.at(-1)?.lineId };
  }

  /** Keeps what would be lost; a device whose storage is full sells on without this net. */
  save(state: TillState<unknown>): void {
    const { parked, nextId } = state;
    const open = state.phase === 'done' ? openTill() : state;
    try {
      this.storage.setItem(this.key, JSON.stringify({ ticket: open.ticket, tenders: open.tenders, parked, nextId }));
    } catch {
      this.storage.removeItem(this.key);
    }
  }
}
