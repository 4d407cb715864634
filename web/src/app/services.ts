import { createContext, useContext, useSyncExternalStore } from 'react';
import { Api } from '../client/api.ts';
import { createExclusive } from '../client/platform.ts';
import { ReceiptSeries } from '../client/receiptSeries.ts';
import { SaleOutbox, type UnsentSale } from '../client/saleOutbox.ts';
import { Session, type SessionState } from '../client/session.ts';
import { Line } from './connection.ts';

/** What the pages use of the SDK: one of each for the whole page. */
export interface Services {
  session: Session;
  api: Api;
  receipts: ReceiptSeries;
  outbox: SaleOutbox;
  line: Line;
}

export function createServices(): Services {
  const exclusive = createExclusive();
  const storage = window.localStorage;
  const session = new Session({ storage, exclusive });
  const api = new Api(session);
  const outbox = new SaleOutbox({ api, storage, exclusive });
  return { session, api, receipts: new ReceiptSeries(storage, exclusive), outbox, line: new Line(session) };
}

export const ServicesContext = createContext<Services | undefined>(undefined);

export function useServices(): Services {
  const services = useContext(ServicesContext);
  if (services === undefined) throw new Error('ServicesContext is missing above this component.');
  return services;
}

export function useSession(): SessionState {
  const { session } = useServices();
  return useSyncExternalStore(session.subscribe, session.state);
}

export function useUnsent(): readonly UnsentSale[] {
  const { outbox } = useServices();
  return useSyncExternalStore(outbox.subscribe, outbox.unsent);
}
