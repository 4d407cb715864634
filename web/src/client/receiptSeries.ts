import { z } from 'zod';
import type { DeviceStorage, Exclusive } from './platform.ts';
import type { Register } from './wire.ts';

/** The register this device is, in one store. */
export const deviceRegisterSchema = z.object({
  storeId: z.string(),
  storeName: z.string(),
  registerId: z.string(),
  number: z.number().int(),
  name: z.string(),
  /** Receipt series, such as `S1-R2`; numbers in it are made on this device only. */
  series: z.string(),
  /** Proves the device to the server when somebody signs in by PIN. */
  key: z.string(),
  /** The last receipt number given out. */
  lastNumber: z.number().int().min(0),
});
export type DeviceRegister = z.infer<typeof deviceRegisterSchema>;

/** A receipt's number: `series` and `number` together are unique in the chain. */
export interface ReceiptNumber {
  series: string;
  number: number;
}

const PREFIX = 'chainsync.register.';
const INDEX = 'chainsync.registers';
const indexSchema = z.array(z.string());

/**
 * Numbers receipts on this device: one series per register, counted up without a server and without a gap.
 * Numbers are drawn inside `exclusive`, so two tabs of one till never give out the same. If the storage is lost, so is
 * the register's identity, and the device starts a new series: a number is never guessed.
 */
export class ReceiptSeries {
  private readonly storage: DeviceStorage;
  private readonly exclusive: Exclusive;

  constructor(storage: DeviceStorage, exclusive: Exclusive) {
    this.storage = storage;
    this.exclusive = exclusive;
  }

  /** The register this device is in `storeId`; undefined when it is none, or what was stored cannot be read. */
  register(storeId: string): DeviceRegister | undefined {
    const parsed = deviceRegisterSchema.safeParse(readJson(this.storage, PREFIX + storeId));
    return parsed.success ? parsed.data : undefined;
  }

  /** Every register this device is, one per store at most. */
  registers(): DeviceRegister[] {
    const storeIds = indexSchema.safeParse(readJson(this.storage, INDEX));
    if (!storeIds.success) return [];
    return storeIds.data.flatMap((storeId) => this.register(storeId) ?? []);
  }

  /**
   * Makes this device the register that the server has just created.
   * @throws {Error} when the answer carries no key: such a register belongs to another device.
   */
  adopt(store: { id: string; name: string }, register: Register): DeviceRegister {
    if (register.key === undefined) throw new Error('Only a register made for this device can be adopted.');
    const device: DeviceRegister = {
      storeId: store.id,
      storeName: store.name,
      registerId: register.id,
      number: register.number,
      name: register.name,
      series: register.series,
      key: register.key,
      lastNumber: register.lastReceiptNumber ?? 0,
    };
    this.save(device);
    const others = this.registers()
      .map((known) => known.storeId)
      .filter((storeId) => storeId !== store.id);
    this.storage.setItem(INDEX, JSON.stringify([...others, store.id]));
    return device;
  }

  /**
   * Gives out the next number together with what must be kept with it: `keep` runs inside the same exclusion, after
   * the number is stored, and only then does the number count as given. If `keep` fails, the number is taken back.
   * @throws {Error} when this device is no register of the store, or whatever `keep` throws.
   */
  draw<T>(storeId: string, keep: (receipt: ReceiptNumber) => T): Promise<T> {
    return this.exclusive(`chainsync-receipts-${storeId}`, async () => {
      const register = this.register(storeId);
      if (register === undefined) throw new Error('This device is not a register of the store.');
      const number = register.lastNumber + 1;
      this.save({ ...register, lastNumber: number });
      try {
        return keep({ series: register.series, number });
      } catch (error) {
        this.save(register);
        throw error;
      }
    });
  }

  private save(register: DeviceRegister): void {
    this.storage.setItem(PREFIX + register.storeId, JSON.stringify(register));
  }
}

/** Reads JSON that this device stored; undefined when there is none or it is damaged. */
export function readJson(storage: DeviceStorage, key: string): unknown {
  try {
    return JSON.parse(storage.getItem(key) ?? 'null') ?? undefined;
  } catch {
    return undefined;
  }
}
