import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { type Catalogue, loadCatalogue, loadCategories } from '../client/catalogue.ts';
import { productSchema } from '../client/wire.ts';
import { useStoreStream } from './connection.ts';
import { useServices } from './services.ts';
import { useStore } from './stores.ts';

/** The store's catalogue in memory, loaded once and kept current by the store's events while a page looks at it. */
export function useCatalogue() {
  const { api } = useServices();
  const store = useStore();
  const queries = useQueryClient();
  const [loaded, setLoaded] = useState(0);
  const queryKey = ['catalogue', store.id];
  const query = useQuery({
    queryKey,
    queryFn: ({ signal }) => loadCatalogue(api, store.id, { signal, onProgress: setLoaded }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });

  const known = () => queries.getQueryData<Catalogue>(queryKey);
  const readAnew = async (productId: string) => {
    const path = `/api/stores/${store.id}/products/${productId}`;
    const product = await api.get(path, productSchema).catch(() => undefined);
    if (product !== undefined) known()?.put(product);
  };
  const readCategories = async () => {
    const read = await loadCategories(api, store.id).catch(() => undefined);
    if (read !== undefined) known()?.setCategories(read.categories);
  };
  useStoreStream(store.id, query.data !== undefined, () => ({
    since: known()?.position,
    stream: {
      onEvent: (event) => {
        if (event.type.startsWith('category:')) void readCategories();
        const applied = known()?.apply(event);
        if (applied?.kind === 'incomplete') void readAnew(applied.productId);
      },
      onResync: () => void queries.invalidateQueries({ queryKey }),
      onLeave: (position) => {
        const catalogue = known();
        if (catalogue !== undefined) catalogue.position = position;
      },
    },
  }));
  return { query, loaded };
}

/** Draws the component again whenever the catalogue changes; returns its version. */
export function useCatalogueVersion(catalogue: Catalogue): number {
  return useSyncExternalStore(catalogue.subscribe, catalogue.version);
}
