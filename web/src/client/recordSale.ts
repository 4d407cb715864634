import { changeMinor, remainingMinor } from './payment.ts';
import type { Discount } from './pricing.ts';
import type { ReceiptNumber } from './receiptSeries.ts';
import type { PricedTicket } from './ticketPricing.ts';
import type { Tender, Ticket } from './till.ts';
import type { Store } from './wire.ts';

/** The body of `POST /api/stores/{storeId}/sales`. */
export interface RecordSale {
  id: string;
  registerId?: string;
  receipt?: ReceiptNumber;
  customerId?: string;
  soldAt: string;
  currency: string;
  pricesIncludeTax: boolean;
  lines: readonly RecordSaleLine[];
  discount?: Discount;
  subtotalMinor: number;
  discountMinor: number;
  taxMinor: number;
  cashRoundingMinor: number;
  totalMinor: number;
  payments: readonly { method: Tender['method']; amountMinor: number; tenderedMinor?: number }[];
  changeMinor: number;
}

export interface RecordSaleLine {
  lineNo: number;
  productId: string;
  quantityMilli: number;
  unitPriceMinor: number;
  discount?: Discount;
  taxRatePpm: number;
  grossMinor: number;
  discountMinor: number;
  ticketDiscountMinor: number;
  taxMinor: number;
  totalMinor: number;
}

export interface SaleContext {
  id: string;
  store: Pick<Store, 'currency' | 'pricesIncludeTax'>;
  soldAt: Date;
  /** Both are missing when the device is no register of the store. */
  registerId?: string | undefined;
  receipt?: ReceiptNumber | undefined;
}

/**
 * Writes a settled ticket down as the sale it is.
 * @throws {RangeError} when the tenders do not settle the ticket.
 */
export function toRecordSale(
  ticket: Ticket,
  priced: PricedTicket,
  tenders: readonly Tender[],
  context: SaleContext,
): RecordSale {
  const cashRoundingMinor = 0 - remainingMinor(priced.totalMinor, tenders);
  if (cashRoundingMinor !== 0 && !tenders.some((tender) => tender.method === 'cash')) {
    throw new RangeError('Only cash is rounded: the tenders do not settle the ticket.');
  }
  return {
    id: context.id,
    ...(context.registerId !== undefined && { registerId: context.registerId }),
    ...(context.receipt !== undefined && { receipt: context.receipt }),
    ...(ticket.customer !== undefined && { customerId: ticket.customer.id }),
    soldAt: context.soldAt.toISOString(),
    currency: context.store.currency,
    pricesIncludeTax: context.store.pricesIncludeTax,
    lines: ticket.lines.map((line, index) => toLine(line, index, priced)),
    ...(ticket.discount !== undefined && { discount: ticket.discount }),
    subtotalMinor: priced.subtotalMinor,
    discountMinor: priced.discountMinor,
    taxMinor: priced.taxMinor,
    cashRoundingMinor,
    totalMinor: priced.totalMinor,
    payments: tenders.map(({ method, amountMinor, tenderedMinor }) => ({
      method,
      amountMinor,
      ...(tenderedMinor !== undefined && { tenderedMinor }),
    })),
    changeMinor: changeMinor(tenders),
  };
}

function toLine(line: Ticket['lines'][number], index: number, priced: PricedTicket): RecordSaleLine {
  const amounts = priced.lines[index];
  if (amounts === undefined) throw new RangeError('The prices are of another ticket.');
  return {
    lineNo: index + 1,
    productId: line.productId,
    quantityMilli: line.quantityMilli,
    unitPriceMinor: line.unitPriceMinor,
    ...(line.discount !== undefined && { discount: line.discount }),
    taxRatePpm: line.taxRatePpm,
    grossMinor: amounts.grossMinor,
    discountMinor: amounts.discountMinor,
    ticketDiscountMinor: amounts.ticketDiscountMinor,
    taxMinor: amounts.taxMinor,
    totalMinor: amounts.totalMinor,
  };
}
