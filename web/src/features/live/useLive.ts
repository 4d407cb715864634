import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useStoreStream } from '../../app/connection.ts';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { eventSchemas } from '../../client/events.ts';
import { type SoldSale, withSale } from '../../client/liveDay.ts';
import { type Live, liveSchema } from '../../client/wire.ts';

/** Sales heard lately, kept to be counted again on figures that were being read meanwhile. */
const KEPT_SALES = 200;
/** The comparison with a week ago moves with the clock, not with sales. */
const REFRESH_MS = 60_000;

/** Today's figures, moved at once by each sale of the store's stream. */
export function useLive() {
  const { api } = useServices();
  const store = useStore();
  const queries = useQueryClient();
  const heard = useRef<{ sale: SoldSale; seq: number }[]>([]);
  const queryKey = ['live', store.id];

  const count = (live: Live) =>
    heard.current.reduce((day, { sale, seq }) => withSale(day, sale, seq, store.timeZone), live);
  const query = useQuery({
    queryKey,
    queryFn: async ({ signal }) => count(await api.get(`/api/stores/${store.id}/live`, liveSchema, { signal })),
    refetchInterval: REFRESH_MS,
  });

  const refresh = () => void queries.invalidateQueries({ queryKey });
  useStoreStream(store.id, query.data !== undefined, () => ({
    since: queries.getQueryData<Live>(queryKey)?.position,
    stream: {
      onEvent: ({ type, seq, data }) => {
        const sale = type === 'sale:created' ? eventSchemas[type].safeParse(data) : undefined;
        if (sale?.success) {
          heard.current = [...heard.current, { sale: sale.data, seq }].slice(-KEPT_SALES);
          queries.setQueryData<Live>(queryKey, (live) => live && withSale(live, sale.data, seq, store.timeZone));
          // Midnight has passed for the store: the figures of the new day begin.
          if (sale.data.businessDate > (queries.getQueryData<Live>(queryKey)?.businessDate ?? '')) refresh();
        } else if (type.startsWith('sale:')) refresh();
      },
      onResync: refresh,
    },
  }));
  return query;
}
