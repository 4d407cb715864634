/**
 * What the server says, as schemas that are checked before anything is believed.
 *
 * `contract.ts` holds them against the types generated from the server's description of its API. Money is in integer minor units, quantities in thousandths, rates in parts per million.
 */
import { z } from 'zod';
import type { Position } from './realtime.ts';

// Compiling validators needs `new Function`, which a strict Content-Security-Policy forbids.
z.config({ jitless: true });

const maybe = <T extends z.ZodType>(schema: T) => schema.nullish().transform((value) => value ?? undefined);
const minor = z.number().int();
const milli = z.number().int();
const instant = z.string();

export const roleSchema = z.enum(['admin', 'manager', 'staff', 'customer', 'guest']).catch('guest');

export const userSchema = z.object({
  id: z.string(),
  email: maybe(z.string()),
  name: z.string(),
  role: roleSchema,
  storeIds: z.array(z.string()).default([]),
  customerId: maybe(z.string()),
});
/** The person signed in, with the stores they may see. */
export type User = z.infer<typeof userSchema>;

export const grantSchema = z.object({ accessToken: z.string(), expiresAt: instant, user: userSchema });
/** The answer of every way of signing in. */
export type Grant = z.infer<typeof grantSchema>;

export const taxClassSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  ratePpm: z.number().int(),
});
/** A class of goods and the tax rate it is sold at, in parts per million. */
export type TaxClass = z.infer<typeof taxClassSchema>;

export const storeSchema = z.object({
  id: z.string(),
  code: z.string(),
  name: z.string(),
  currency: z.string(),
  currencyDigits: z.number().int().min(0).max(4),
  locale: z.string(),
  timeZone: z.string(),
  pricesIncludeTax: z.boolean(),
  cashRoundingMinor: z.number().int().min(1).catch(1),
  taxClasses: z.array(taxClassSchema),
});
/** A store and the rules it sells by. */
export type Store = z.infer<typeof storeSchema>;

export const registerSchema = z.object({
  id: z.string(),
  number: z.number().int(),
  name: z.string(),
  series: z.string(),
  lastReceiptNumber: maybe(z.number().int()),
  key: maybe(z.string()),
});
/** A till as the server knows it; `key` is told once, when the register is made. */
export type Register = z.infer<typeof registerSchema>;

/** A place in a store's change log, as the hub counts it. */
export const positionSchema = z.object({ seq: z.number().int(), epoch: z.string() });

/** One page of a list; `next` is the cursor of the following page, `position` the place in the log it was read at. */
export interface Page<T> {
  items: T[];
  next?: string | undefined;
  position?: Position | undefined;
}

export const pageSchema = <T extends z.ZodType>(item: T) =>
  z.object({ items: z.array(item), next: maybe(z.string()), position: maybe(positionSchema) });
export const itemsSchema = <T extends z.ZodType>(item: T) => z.object({ items: z.array(item) });

export const categorySchema = z.object({
  id: z.string(),
  name: z.string(),
  parentId: maybe(z.string()),
  position: z.number().catch(0),
  active: z.boolean(),
  syncVersion: z.number(),
});
/** A department of the store's catalogue. */
export type Category = z.infer<typeof categorySchema>;

export const productSchema = z.object({
  id: z.string(),
  sku: z.string(),
  name: z.string(),
  categoryId: maybe(z.string()),
  priceMinor: minor,
  taxClassId: z.string(),
  barcodes: z.array(z.string()),
  active: z.boolean(),
  lowStockAtMilli: maybe(milli),
  onHandMilli: milli.catch(0),
  /** Not told to customers. */
  reservedMilli: milli.nullish().transform((value) => value ?? 0),
  syncVersion: z.number(),
});
/** A product as one store sells it, with its stock. */
export type Product = z.infer<typeof productSchema>;

export const customerSchema = z.object({
  id: z.string(),
  name: z.string(),
  email: maybe(z.string()),
  phone: maybe(z.string()),
  active: z.boolean().catch(true),
});
/** A customer of a store. */
export type Customer = z.infer<typeof customerSchema>;

export const discountSchema = z.union([
  z.object({ kind: z.literal('percent'), ratePpm: z.number().int() }),
  z.object({ kind: z.literal('amount'), amountMinor: minor }),
]);

export const paymentMethods = ['cash', 'card', 'voucher', 'credit', 'other'] as const;
export const paymentMethodSchema = z.enum(paymentMethods).catch('other');
/** How money changed hands. */
export type PaymentMethod = z.infer<typeof paymentMethodSchema>;

export const saleLineSchema = z.object({
  lineNo: z.number().int(),
  productId: z.string(),
  name: z.string().catch(''),
  sku: z.string().catch(''),
  quantityMilli: milli,
  unitPriceMinor: minor,
  taxRatePpm: z.number().int(),
  grossMinor: minor,
  discountMinor: minor,
  ticketDiscountMinor: minor,
  taxMinor: minor,
  totalMinor: minor,
  refundedQuantityMilli: milli.catch(0),
});
export type SaleLine = z.infer<typeof saleLineSchema>;

const paymentStatuses = ['paid', 'partly-refunded', 'refunded'] as const;

export const saleSchema = z.object({
  id: z.string(),
  number: z.string(),
  soldAt: instant,
  currency: z.string(),
  pricesIncludeTax: z.boolean().catch(true),
  actorName: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
  customerId: maybe(z.string()),
  lines: z.array(saleLineSchema),
  subtotalMinor: minor,
  discountMinor: minor,
  taxMinor: minor,
  cashRoundingMinor: minor.catch(0),
  totalMinor: minor,
  payments: z.array(z.object({ method: paymentMethodSchema, amountMinor: minor, tenderedMinor: maybe(minor) })),
  changeMinor: minor.catch(0),
  paymentStatus: z.string().transform((status) => paymentStatuses.find((known) => known === status) ?? 'paid'),
  flags: z
    .array(z.string())
    .nullish()
    .transform((flags) => flags ?? []),
  refundedMinor: minor.nullish().transform((value) => value ?? 0),
});
/** A completed sale. */
export type Sale = z.infer<typeof saleSchema>;

/** A refund numbers its own lines; `saleLineNo` says which line of the sale came back. */
const refundLineSchema = z
  .object({
    lineNo: z.number().int(),
    saleLineNo: maybe(z.number().int()),
    quantityMilli: milli,
    totalMinor: minor.catch(0),
    taxMinor: minor.catch(0),
  })
  .transform(({ lineNo, saleLineNo, ...line }) => ({ ...line, saleLineNo: saleLineNo ?? lineNo }));

export const refundSchema = z.object({
  id: z.string(),
  /** Missing for an imported return that names no sale. */
  saleId: maybe(z.string()),
  reason: z.string().catch(''),
  lines: z.array(refundLineSchema),
  payments: z.array(z.object({ method: paymentMethodSchema, amountMinor: minor })).catch([]),
  totalMinor: minor,
  createdAt: instant,
});
/** Money given back against lines of a sale. */
export type Refund = z.infer<typeof refundSchema>;

export const newestSaleSchema = z.object({
  id: z.string(),
  number: z.string(),
  totalMinor: minor,
  soldAt: instant,
  items: z.number().int(),
  actorName: z
    .string()
    .nullish()
    .transform((name) => name ?? ''),
});
export type NewestSale = z.infer<typeof newestSaleSchema>;

export const liveSchema = z.object({
  businessDate: z.string(),
  currency: z.string(),
  revenueMinor: minor,
  saleCount: z.number().int(),
  sameWeekdayRevenueMinor: minor,
  hours: z.array(z.object({ hour: z.number().int(), revenueMinor: minor, saleCount: z.number().int() })),
  newest: z.array(newestSaleSchema),
  position: positionSchema,
});
/** A store's day so far. */
export type Live = z.infer<typeof liveSchema>;

export const presenceSchema = z.object({
  online: z.number().int().nonnegative(),
  customers: z.array(z.object({ userId: z.string(), customerId: maybe(z.string()), name: maybe(z.string()) })),
});
/** The customers who are in a store's web pages now; `online` counts all of them, `customers` lists the first. */
export type Presence = z.infer<typeof presenceSchema>;

export const problemSchema = z.object({
  code: maybe(z.string()),
  title: maybe(z.string()),
  detail: maybe(z.string()),
  status: maybe(z.number()),
  errors: maybe(z.record(z.string(), z.array(z.string()))),
  traceId: maybe(z.string()),
});
