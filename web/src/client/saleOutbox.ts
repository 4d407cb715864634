import { z } from 'zod';
import { type Api, ApiProblem } from './api.ts';
import { type DeviceStorage, type Exclusive, Listeners } from './platform.ts';
import { readJson } from './receiptSeries.ts';

const entrySchema = z.object({
  /** The sale's operation id: sending it again changes nothing more. */
  operationId: z.string(),
  storeId: z.string(),
  /** How people name the sale, such as its receipt number. */
  label: z.string(),
  body: z.unknown(),
  refusal: z.object({ code: z.string(), message: z.string() }).optional(),
});
const entriesSchema = z.array(entrySchema);
/** A sale made on this device that the server has not yet accepted. */
export type UnsentSale = z.infer<typeof entrySchema>;

/** Calls `work` after `delayMs`; returns the way to call it off. */
export type Schedule = (work: () => void, delayMs: number) => () => void;

export interface SaleOutboxOptions {
  api: Api;
  storage: DeviceStorage;
  exclusive: Exclusive;
  schedule?: Schedule;
}

const KEY = 'chainsync.unsent-sales';
const FIRST_RETRY_MS = 1000;
const LAST_RETRY_MS = 30_000;

/**
 * Keeps a sale on this device from the moment it is made until the server has it, so that selling never waits for the
 * network. Sales go out in order, one at a time, from one tab; what the server refuses is kept aside and shown.
 */
export class SaleOutbox {
  private readonly options: SaleOutboxOptions;
  private readonly schedule: Schedule;
  private readonly listeners = new Listeners();
  private snapshot: readonly UnsentSale[];
  private cancelRetry: (() => void) | undefined;
  private retryMs = FIRST_RETRY_MS;
  private sending: Promise<void> | undefined;

  constructor(options: SaleOutboxOptions) {
    this.options = options;
    this.schedule = options.schedule ?? browserSchedule;
    this.snapshot = this.read();
  }

  /** Calls back after every change of {@link unsent}; returns the way to stop. */
  readonly subscribe = this.listeners.subscribe;

  /** Sales waiting or refused, oldest first; the same array until it changes. */
  readonly unsent = (): readonly UnsentSale[] => this.snapshot;

  /**
   * Keeps the sale. When this returns, it survives a reload.
   * @throws {DOMException} when the device's storage is full.
   */
  keep(sale: Omit<UnsentSale, 'refusal'>): void {
    this.write([...this.read(), sale]);
  }

  /** Sends what is waiting, as far as it goes; retries by itself. Never throws. */
  flush(): Promise<void> {
    this.sending ??= this.options
      .exclusive('chainsync-outbox', () => this.sendAll())
      .finally(() => {
        this.sending = undefined;
      });
    return this.sending;
  }

  /** Offers refused sales to the server once more, for instance after a manager has changed what they were refused for. */
  retryRefused(): Promise<void> {
    this.write(this.read().map(({ refusal: _, ...sale }) => sale));
    return this.flush();
  }

  private async sendAll(): Promise<void> {
    this.cancelRetry?.();
    this.cancelRetry = undefined;
    for (let sale = this.nextWaiting(); sale !== undefined; sale = this.nextWaiting()) {
      const goesOn = await this.sendOne(sale);
      if (!goesOn) return;
    }
  }

  private async sendOne(sale: UnsentSale): Promise<boolean> {
    const { operationId, storeId, body } = sale;
    try {
      await this.options.api.send('POST', `/api/stores/${storeId}/sales`, z.unknown(), { operationId, body });
      this.write(this.read().filter((other) => other.operationId !== operationId));
      this.retryMs = FIRST_RETRY_MS;
      return true;
    } catch (error) {
      const problem = error instanceof ApiProblem ? error : undefined;
      // 401 and 403 pause the queue: the sale is good, the person who may send it is missing.
      if (problem === undefined || problem.isTransient) this.retryLater(problem?.retryAfterSeconds);
      if (problem === undefined || problem.isTransient || problem.status === 401 || problem.status === 403)
        return false;
      const refusal = { code: problem.code, message: problem.message };
      this.write(this.read().map((other) => (other.operationId === operationId ? { ...other, refusal } : other)));
      return true;
    }
  }

  private retryLater(afterSeconds = 0): void {
    this.cancelRetry?.();
    this.cancelRetry = this.schedule(() => void this.flush(), Math.max(this.retryMs, afterSeconds * 1000));
    this.retryMs = Math.min(this.retryMs * 2, LAST_RETRY_MS);
  }

  private nextWaiting(): UnsentSale | undefined {
    return this.read().find((sale) => sale.refusal === undefined);
  }

  private read(): UnsentSale[] {
    const parsed = entriesSchema.safeParse(readJson(this.options.storage, KEY));
    return parsed.success ? parsed.data : [];
  }

  private write(sales: UnsentSale[]): void {
    this.options.storage.setItem(KEY, JSON.stringify(sales));
    this.snapshot = sales;
    this.listeners.notify();
  }
}

const browserSchedule: Schedule = (work, delayMs) => {
  const timer = setTimeout(work, delayMs);
  return () => clearTimeout(timer);
};
