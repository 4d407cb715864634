import { useQuery } from '@tanstack/react-query';
import { createContext, useContext } from 'react';
import { itemsSchema, type Store, storeSchema } from '../client/wire.ts';
import { type Format, formatFor } from '../ui/format.ts';
import { useServices } from './services.ts';

const LAST_STORE = 'chainsync.store';

/** The stores the person may see. */
export function useStores() {
  const { api } = useServices();
  return useQuery({
    queryKey: ['stores'],
    queryFn: async ({ signal }) => (await api.get('/api/stores', itemsSchema(storeSchema), { signal })).items,
    staleTime: 5 * 60_000,
  });
}

export const StoreContext = createContext<Store | undefined>(undefined);

/** The store in the address bar. */
export function useStore(): Store {
  const store = useContext(StoreContext);
  if (store === undefined) throw new Error('No store is chosen above this component.');
  return store;
}

export function useFormat(): Format {
  return formatFor(useStore());
}

/** The store this device showed last, or the first. */
export function preferredStore(stores: readonly Store[]): Store | undefined {
  const last = window.localStorage.getItem(LAST_STORE);
  return stores.find((store) => store.id === last) ?? stores[0];
}

export function rememberStore(store: Store): void {
  window.localStorage.setItem(LAST_STORE, store.id);
}

export type Page = 'live' | 'sell' | 'sales' | 'products';

export function pathTo(store: Store, page: Page): string {
  return `/stores/${encodeURIComponent(store.code)}/${page}`;
}
