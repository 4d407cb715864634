import { type PricedBasket, priceBasket } from './pricing.ts';
import type { Ticket } from './till.ts';
import type { Store } from './wire.ts';

/** A ticket with all its amounts, in minor units; lines in the ticket's order. */
export type PricedTicket = PricedBasket;

/**
 * Prices a ticket by the store's rules.
 * @throws {RangeError} when an amount is past what can be priced; the till's own limits keep every ticket below that.
 */
export function priceTicket(ticket: Ticket, store: Pick<Store, 'currency' | 'pricesIncludeTax'>): PricedTicket {
  const { currency, pricesIncludeTax } = store;
  const priced = priceBasket({ currency, pricesIncludeTax, lines: ticket.lines, discount: ticket.discount });
  if (!priced.accepted) throw new RangeError(`${priced.rejection.code}: ${JSON.stringify(priced.rejection.errors)}`);
  return priced.value;
}
