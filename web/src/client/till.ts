import { type Discount, pricingBounds } from './pricing.ts';
import type { PaymentMethod } from './wire.ts';

/** What a till needs to know of a product to sell it. */
export interface Sellable {
  productId: string;
  name: string;
  sku: string;
  unitPriceMinor: number;
  taxRatePpm: number;
}

export interface TicketLine extends Sellable {
  /** Names the line within its ticket, for as long as the ticket lives. */
  lineId: number;
  /** Thousandths of the unit, above 0. */
  quantityMilli: number;
  discount?: Discount | undefined;
}

/** A basket on its way to being a sale. */
export interface Ticket {
  lines: readonly TicketLine[];
  discount?: Discount | undefined;
  customer?: { id: string; name: string } | undefined;
}

export interface ParkedTicket {
  parkedId: number;
  /** Unix time in milliseconds. */
  parkedAtMs: number;
  ticket: Ticket;
}

/** Money offered for the ticket. */
export interface Tender {
  method: PaymentMethod;
  /** What it settles, in minor units. */
  amountMinor: number;
  /** Cash handed over, in minor units; what is above `amountMinor` goes back as change. */
  tenderedMinor?: number | undefined;
}

/** Everything the selling screen stands on. `Done` is what the till keeps of the sale just made. */
export interface TillState<Done> {
  phase: 'selling' | 'paying' | 'done';
  ticket: Ticket;
  selectedLineId: number | undefined;
  /** The quantity typed as `3*` for the next product, in thousandths. */
  nextQuantityMilli: number | undefined;
  tenders: readonly Tender[];
  parked: readonly ParkedTicket[];
  /** The ticket before the last step that took something away. */
  undo: { ticket: Ticket; what: 'removed' | 'cleared'; name: string } | undefined;
  done: Done | undefined;
  nextId: number;
}

export type TillAction<Done> =
  | { type: 'add'; product: Sellable; quantityMilli?: number }
  | { type: 'multiply'; quantityMilli: number | undefined }
  | { type: 'select'; lineId: number }
  | { type: 'move-selection'; by: number }
  | { type: 'set-quantity'; lineId: number; quantityMilli: number }
  | { type: 'change-quantity'; lineId: number; byMilli: number }
  | { type: 'discount-line'; lineId: number; discount: Discount | undefined }
  | { type: 'discount-ticket'; discount: Discount | undefined }
  | { type: 'remove'; lineId: number }
  | { type: 'clear' }
  | { type: 'undo' }
  | { type: 'customer'; customer: Ticket['customer'] }
  | { type: 'park'; nowMs: number }
  | { type: 'recall'; parkedId: number; nowMs: number }
  | { type: 'pay' }
  | { type: 'back' }
  | { type: 'tender'; tender: Tender }
  | { type: 'take-back'; index: number }
  | { type: 'complete'; done: Done }
  | { type: 'next' };

/** The most of one thing a line can hold: 99,999 units. Beyond it somebody has scanned into the quantity. */
export const MAX_QUANTITY_MILLI = 99_999_000;

const emptyTicket: Ticket = { lines: [] };

/** A till before its first ticket. */
export function openTill<Done>(): TillState<Done> {
  return {
    phase: 'selling',
    ticket: emptyTicket,
    selectedLineId: undefined,
    nextQuantityMilli: undefined,
    tenders: [],
    parked: [],
    undo: undefined,
    done: undefined,
    nextId: 1,
  };
}

/**
 * The till's only way from one state to the next. Pure; an action that makes no sense in a state leaves it as it is,
 * so a late key press can do no harm.
 */
export function reduceTill<Done>(state: TillState<Done>, action: TillAction<Done>): TillState<Done> {
  switch (action.type) {
    case 'add':
      return add(state.phase === 'done' ? nextTicket(state) : state, action.product, action.quantityMilli);
    case 'multiply':
      return { ...state, nextQuantityMilli: inRange(action.quantityMilli) };
    case 'select':
      return { ...state, selectedLineId: action.lineId };
    case 'move-selection':
      return moveSelection(state, action.by);
    case 'set-quantity':
      return setQuantity(state, action.lineId, () => action.quantityMilli);
    case 'change-quantity':
      return setQuantity(state, action.lineId, (line) => line.quantityMilli + action.byMilli);
    case 'discount-line':
      return withLines(state, (line) =>
        line.lineId === action.lineId ? { ...line, discount: action.discount } : line,
      );
    case 'discount-ticket':
      return { ...state, ticket: { ...state.ticket, discount: action.discount } };
    case 'remove':
      return remove(state, action.lineId);
    case 'clear':
      return clear(state);
    case 'undo':
      return state.undo === undefined ? state : withTicket({ ...state, undo: undefined }, state.undo.ticket);
    case 'customer':
      return { ...state, ticket: { ...state.ticket, customer: action.customer } };
    case 'park':
      return park(state, action.nowMs);
    case 'recall':
      return recall(state, action.parkedId, action.nowMs);
    default:
      return reducePayment(state, action);
  }
}

type PaymentAction<Done> = Extract<
  TillAction<Done>,
  { type: 'pay' | 'back' | 'tender' | 'take-back' | 'complete' | 'next' }
>;

function reducePayment<Done>(state: TillState<Done>, action: PaymentAction<Done>): TillState<Done> {
  switch (action.type) {
    case 'pay':
      return state.phase === 'selling' && state.ticket.lines.length > 0
        ? { ...state, phase: 'paying', undo: undefined }
        : state;
    case 'back':
      return state.phase === 'paying' ? { ...state, phase: 'selling' } : state;
    case 'tender':
      return state.phase === 'paying' ? { ...state, tenders: [...state.tenders, action.tender] } : state;
    case 'take-back':
      return { ...state, tenders: state.tenders.filter((_, index) => index !== action.index) };
    case 'complete':
      return state.phase === 'paying' ? { ...state, phase: 'done', done: action.done } : state;
    case 'next':
      return state.phase === 'done' ? nextTicket(state) : state;
  }
}

function add<Done>(state: TillState<Done>, product: Sellable, quantityMilli?: number): TillState<Done> {
  const byMilli = inRange(quantityMilli) ?? state.nextQuantityMilli ?? 1000;
  const ready = { ...state, nextQuantityMilli: undefined, undo: undefined };
  const same = state.ticket.lines.find((line) => joins(line, product));
  if (same !== undefined) {
    return { ...setQuantity(ready, same.lineId, (line) => line.quantityMilli + byMilli), selectedLineId: same.lineId };
  }
  if (state.ticket.lines.length >= pricingBounds.maxLines) return ready;
  const line: TicketLine = { ...product, lineId: state.nextId, quantityMilli: byMilli };
  return {
    ...ready,
    nextId: state.nextId + 1,
    selectedLineId: line.lineId,
    ticket: { ...state.ticket, lines: [...state.ticket.lines, line] },
  };
}

/** A product joins a line only if the line would still say the truth of both: same price, same tax, no discount of its own. */
function joins(line: TicketLine, product: Sellable): boolean {
  return (
    line.productId === product.productId &&
    line.unitPriceMinor === product.unitPriceMinor &&
    line.taxRatePpm === product.taxRatePpm &&
    line.discount === undefined
  );
}

function setQuantity<Done>(
  state: TillState<Done>,
  lineId: number,
  quantityOf: (line: TicketLine) => number,
): TillState<Done> {
  const line = state.ticket.lines.find((candidate) => candidate.lineId === lineId);
  if (line === undefined) return state;
  const quantityMilli = Math.round(quantityOf(line));
  if (!(quantityMilli > 0)) return remove(state, lineId);
  const capped = Math.min(quantityMilli, MAX_QUANTITY_MILLI);
  return withLines(state, (other) => (other.lineId === lineId ? { ...other, quantityMilli: capped } : other));
}

function remove<Done>(state: TillState<Done>, lineId: number): TillState<Done> {
  const index = state.ticket.lines.findIndex((line) => line.lineId === lineId);
  const line = state.ticket.lines[index];
  if (line === undefined) return state;
  const lines = state.ticket.lines.filter((other) => other !== line);
  const neighbour = lines[Math.min(index, lines.length - 1)];
  return {
    ...state,
    phase: lines.length === 0 ? 'selling' : state.phase,
    ticket: { ...state.ticket, lines },
    selectedLineId: neighbour?.lineId,
    undo: { ticket: state.ticket, what: 'removed', name: line.name },
  };
}

function clear<Done>(state: TillState<Done>): TillState<Done> {
  if (state.phase !== 'selling' || state.ticket.lines.length === 0 || state.tenders.length > 0) return state;
  return withTicket({ ...state, undo: { ticket: state.ticket, what: 'cleared', name: '' } }, emptyTicket);
}

function park<Done>(state: TillState<Done>, nowMs: number): TillState<Done> {
  // Money already taken belongs to the ticket on the counter: it is settled or given back before the ticket is put aside.
  if (state.phase !== 'selling' || state.ticket.lines.length === 0 || state.tenders.length > 0) return state;
  const parked: ParkedTicket = { parkedId: state.nextId, parkedAtMs: nowMs, ticket: state.ticket };
  return withTicket(
    { ...state, nextId: state.nextId + 1, parked: [...state.parked, parked], undo: undefined },
    emptyTicket,
  );
}

function recall<Done>(state: TillState<Done>, parkedId: number, nowMs: number): TillState<Done> {
  const wanted = state.parked.find((parked) => parked.parkedId === parkedId);
  if (wanted === undefined || state.phase === 'paying' || state.tenders.length > 0) return state;
  const open = state.phase === 'done' ? nextTicket(state) : park(state, nowMs);
  return withTicket(
    { ...open, parked: open.parked.filter((parked) => parked !== wanted), undo: undefined },
    wanted.ticket,
  );
}

function nextTicket<Done>(state: TillState<Done>): TillState<Done> {
  return { ...withTicket(state, emptyTicket), phase: 'selling', tenders: [], done: undefined, undo: undefined };
}

function withTicket<Done>(state: TillState<Done>, ticket: Ticket): TillState<Done> {
  return { ...state, ticket, selectedLineId: ticket.lines.at(-1)?.lineId, nextQuantityMilli: undefined };
}

function withLines<Done>(state: TillState<Done>, change: (line: TicketLine) => TicketLine): TillState<Done> {
  return { ...state, undo: undefined, ticket: { ...state.ticket, lines: state.ticket.lines.map(change) } };
}

function moveSelection<Done>(state: TillState<Done>, by: number): TillState<Done> {
  const { lines } = state.ticket;
  const from = lines.findIndex((line) => line.lineId === state.selectedLineId);
  const to = Math.max(0, Math.min(lines.length - 1, from === -1 ? lines.length - 1 : from + by));
  return { ...state, selectedLineId: lines[to]?.lineId };
}

function inRange(quantityMilli: number | undefined): number | undefined {
  if (quantityMilli === undefined || !(quantityMilli > 0)) return undefined;
  return Math.min(Math.round(quantityMilli), MAX_QUANTITY_MILLI);
}

/**
 * Reads what stands in the scan field: `3*4006381333931` and `2.5 x rice` multiply, anything else is a code or words.
 * @returns The quantity in thousandths, if one was typed, and the rest.
 */
export function parseEntry(text: string): { quantityMilli: number | undefined; text: string } {
  const match = /^\s*(\d{1,5})(?:[.,](\d{1,3}))?\s*[*×x]\s*(?<rest>.*)$/i.exec(text);
  if (match === null) return { quantityMilli: undefined, text: text.trim() };
  const quantityMilli = Number(match[1]) * 1000 + Number((match[2] ?? '').padEnd(3, '0'));
  return { quantityMilli: quantityMilli > 0 ? quantityMilli : undefined, text: (match.groups?.rest ?? '').trim() };
}
