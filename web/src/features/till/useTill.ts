import { useCallback, useEffect, useMemo, useReducer, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { useUser } from '../../app/user.ts';
import { newId } from '../../client/ids.ts';
import { remainingMinor, tenderCash } from '../../client/payment.ts';
import type { DeviceRegister, ReceiptNumber } from '../../client/receiptSeries.ts';
import { type RecordSale, toRecordSale } from '../../client/recordSale.ts';
import { type PricedTicket, priceTicket } from '../../client/ticketPricing.ts';
import { reduceTill, type Tender, type Ticket, type TillAction, type TillState } from '../../client/till.ts';
import { TillStorage } from '../../client/tillStorage.ts';
import type { PaymentMethod, Product } from '../../client/wire.ts';

/** A sale as the receipt shows it. */
export interface SoldTicket {
  operationId: string;
  number: string;
  cashier: string;
  sale: RecordSale;
  ticket: Ticket;
  priced: PricedTicket;
}

export type Dispatch = (action: TillAction<SoldTicket>) => void;

export interface Till {
  state: TillState<SoldTicket>;
  priced: PricedTicket;
  leftMinor: number;
  dispatch: Dispatch;
  sell(product: Product, quantityMilli?: number): void;
  payCash(handedMinor: number): void;
  payOther(method: PaymentMethod, amountMinor: number): void;
  /** Why the last payment could not be recorded. */
  failure: unknown;
}

/** Adapts the pure till to React: prices the ticket, and records the sale when it is settled. */
export function useTill(register: DeviceRegister | undefined): Till {
  const store = useStore();
  const [kept] = useState(() => new TillStorage(window.sessionStorage, store.id));
  const [state, dispatch] = useReducer(reduceTill<SoldTicket>, undefined, () => kept.load<SoldTicket>());
  useEffect(() => kept.save(state), [kept, state]);
  const priced = useMemo(() => priceTicket(state.ticket, store), [state.ticket, store]);
  const leftMinor = remainingMinor(priced.totalMinor, state.tenders);
  const { complete, failure } = useRecording(register, dispatch);

  const sell = useCallback(
    (product: Product, quantityMilli?: number) => {
      const taxRatePpm = store.taxClasses.find((taxClass) => taxClass.id === product.taxClassId)?.ratePpm ?? 0;
      const { id: productId, name, sku, priceMinor: unitPriceMinor } = product;
      const sellable = { productId, name, sku, unitPriceMinor, taxRatePpm };
      dispatch({ type: 'add', product: sellable, ...(quantityMilli !== undefined && { quantityMilli }) });
    },
    [store],
  );
  const settle = (tender: Tender, isSettled: boolean) => {
    if (isSettled) void complete(state.ticket, priced, [...state.tenders, tender]);
    else dispatch({ type: 'tender', tender });
  };
  const payCash = (handedMinor: number) => {
    const { tender, isSettled } = tenderCash(handedMinor, leftMinor, store.cashRoundingMinor);
    settle(tender, isSettled);
  };
  const payOther = (method: PaymentMethod, amountMinor: number) =>
    settle({ method, amountMinor }, amountMinor === leftMinor);
  return { state, priced, leftMinor, dispatch, sell, payCash, payOther, failure };
}

function useRecording(register: DeviceRegister | undefined, dispatch: Dispatch) {
  const { receipts, outbox } = useServices();
  const store = useStore();
  const cashier = useUser().name;
  const isBusy = useRef(false);
  const [failure, setFailure] = useState<unknown>();

  const complete = async (ticket: Ticket, priced: PricedTicket, tenders: readonly Tender[]) => {
    // A second press of Enter must not make a second sale.
    if (isBusy.current) return;
    isBusy.current = true;
    const operationId = newId();
    const keep = (receipt?: ReceiptNumber): SoldTicket => {
      const context = { id: newId(), store, soldAt: new Date(), registerId: register?.registerId, receipt };
      const sale = toRecordSale(ticket, priced, tenders, context);
      const number = receipt === undefined ? sale.id.slice(-8).toUpperCase() : `${receipt.series}-${receipt.number}`;
      outbox.keep({ operationId, storeId: store.id, label: number, body: sale });
      return { operationId, number, cashier, sale, ticket, priced };
    };
    try {
      const done = register === undefined ? keep() : await receipts.draw(store.id, keep);
      setFailure(undefined);
      dispatch({ type: 'complete', done });
      void outbox.flush();
    } catch (error) {
      setFailure(error);
    } finally {
      isBusy.current = false;
    }
  };
  return { complete, failure };
}
