import { useQuery } from '@tanstack/react-query';
import { useState, useSyncExternalStore } from 'react';
import { type Catalogue, loadCatalogue } from '../client/catalogue.ts';
import { useServices } from './services.ts';
import { useStore } from './stores.ts';

/** The store's catalogue in memory, loaded once and then kept current by events. */
export function useCatalogue() {
  const { api } = useServices();
  const store = useStore();
  const [loaded, setLoaded] = useState(0);
  const query = useQuery({
    queryKey: ['catalogue', store.id],
    queryFn: ({ signal }) => loadCatalogue(api, store.id, { signal, onProgress: setLoaded }),
    staleTime: Number.POSITIVE_INFINITY,
    structuralSharing: false,
  });
  return { query, loaded };
}

/** Draws the component again whenever the catalogue changes; returns its version. */
export function useCatalogueVersion(catalogue: Catalogue): number {
  return useSyncExternalStore(catalogue.subscribe, catalogue.version);
}
