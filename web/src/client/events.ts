/**
 * Every event of the hub and what it carries: the twin of `ChainSync.Core.Events`, held to the same frozen samples in
 * `tests/vectors/events`. Money is in integer minor units, quantities in thousandths, instants in ISO 8601.
 */
import { z } from 'zod';

const id = z.string();
const minor = z.number().int();
const milli = z.number().int();
const instant = z.string();
const day = z.string();
const count = z.number().int().nonnegative();
const severity = z.enum(['low', 'medium', 'high', 'critical']).catch('low');
const payment = z.object({ method: z.string(), amountMinor: minor, tenderedMinor: minor.optional() });

/** The fields that changed, in the words of the `…:created` event; null where one was emptied. */
const changed = z.looseObject({ id, syncVersion: count });
const deleted = z.object({ id, syncVersion: count });

/** Somebody known by their account, with their customer record and name where there are such. */
const person = { userId: id, customerId: id.optional(), name: z.string().optional() };
const arrival = z.object({ ...person, online: count });

const refunded = z.object({
  id,
  totalMinor: minor,
  taxMinor: minor,
  reason: z.string(),
  createdAt: instant,
  businessDate: day,
  saleId: id.optional(),
  actorName: z.string().optional(),
});

const stockLevel = z.object({
  productId: id,
  onHandMilli: milli,
  reservedMilli: milli,
  deltaMilli: milli,
  reason: z.string(),
  lowStockAtMilli: milli.optional(),
});

/** Whatever else was sent along is kept. */
const notice = z.looseObject({
  id,
  actorId: id.optional(),
  actorName: z.string(),
  title: z.string().optional(),
  message: z.string().optional(),
});

/** How the `data` of each event is read. A new kind of event, which no listener here knows, is simply not among them. */
export const eventSchemas = {
  'sale:created': z.object({
    id,
    number: z.string(),
    totalMinor: minor,
    currency: z.string(),
    soldAt: instant,
    businessDate: day,
    flags: z.array(z.string()),
    items: count,
    itemsMilli: milli,
    paymentMethods: z.array(z.string()),
    actorName: z.string().optional(),
    registerId: id.optional(),
    customerId: id.optional(),
  }),
  'sale:updated': changed,
  'sale:refunded': refunded,

  'order:created': z.object({
    id,
    number: z.string(),
    channel: z.string(),
    status: z.string(),
    totalMinor: minor,
    currency: z.string(),
    items: count,
    placedAt: instant,
    customerId: id.optional(),
  }),
  'order:updated': changed,
  'order:status_changed': z.object({
    id,
    number: z.string(),
    status: z.string(),
    previousStatus: z.string(),
    syncVersion: count,
    customerId: id.optional(),
  }),
  'order:deleted': deleted,

  'shift:opened': z.object({
    id,
    registerId: id,
    businessDate: day,
    openedAt: instant,
    floatMinor: minor,
    actorName: z.string().optional(),
  }),
  'shift:updated': changed,
  'shift:closed': z.object({
    id,
    registerId: id,
    businessDate: day,
    closedAt: instant,
    expectedMinor: minor,
    countedMinor: minor,
    actorName: z.string().optional(),
  }),

  'customer:created': z.object({
    id,
    syncVersion: count,
    name: z.string(),
    active: z.boolean(),
    email: z.string().optional(),
    phone: z.string().optional(),
    externalId: z.string().optional(),
  }),
  'customer:updated': changed,
  'customer:deleted': deleted,
  'customer:activity': z.object({ ...person, kind: z.string() }),
  'customer:viewing_product': z.object({ ...person, productId: id }),
  'customer:added_to_cart': z.object({ ...person, productId: id, quantityMilli: milli }),
  'customer:online': arrival,
  'customer:offline': arrival,
  'customer:presence': z.object({ online: count, customers: z.array(z.object(person)) }),

  'chat:message': z.object({
    id,
    roomId: id,
    roomSeq: count,
    userId: id,
    text: z.string(),
    sentAt: instant,
    name: z.string().optional(),
  }),
  'chat:read': z.object({ roomId: id, userId: id, roomSeq: count }),
  'chat:typing': z.object({ roomId: id, userId: id, name: z.string().optional() }),

  'product:created': z.object({
    id,
    syncVersion: count,
    sku: z.string(),
    name: z.string(),
    priceMinor: minor,
    taxClassId: id,
    barcodes: z.array(z.string()),
    /** Only for those who work in the store. */
    lowStockAtMilli: milli.optional(),
    active: z.boolean(),
    categoryId: id.optional(),
  }),
  'product:updated': changed,
  'product:price_changed': z.object({ id, priceMinor: minor, previousPriceMinor: minor }),
  'product:deleted': deleted,
  'category:created': z.object({
    id,
    syncVersion: count,
    name: z.string(),
    position: z.number().int(),
    active: z.boolean(),
    parentId: id.optional(),
  }),
  'category:updated': changed,
  'category:deleted': deleted,

  'inventory:updated': stockLevel,
  'inventory:low_stock': stockLevel,
  'inventory:out_of_stock': stockLevel,
  'inventory:restocked': stockLevel,

  'payment:received': z.object({
    saleId: id,
    number: z.string(),
    currency: z.string(),
    totalMinor: minor,
    payments: z.array(payment),
  }),
  'payment:failed': z.object({
    orderId: id,
    number: z.string(),
    method: z.string(),
    amountMinor: minor,
    currency: z.string(),
    reason: z.string(),
  }),
  'payment:refunded': refunded,

  'system:notification': notice,
  'system:alert': notice,
  'system:maintenance': notice,

  'ai:forecast': z.object({ id, modelType: z.string(), from: day, days: count, productId: id.optional() }),
  'ai:anomaly': z.object({
    id,
    metric: z.string(),
    severity,
    actual: z.number().int(),
    expected: z.number().int(),
    detectedAt: instant,
    message: z.string(),
    productId: id.optional(),
  }),
  'ai:insight': z.object({
    id,
    kind: z.string(),
    severity,
    title: z.string(),
    actionable: z.boolean(),
    message: z.string(),
    productId: id.optional(),
  }),
};

/** The name of an event, the `type` of its frame. */
export type EventName = keyof typeof eventSchemas;

/** The `data` of each event. */
export type EventData = { [K in EventName]: z.output<(typeof eventSchemas)[K]> };
