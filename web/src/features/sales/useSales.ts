import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { useStoreStream } from '../../app/connection.ts';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { startOfDay } from '../../client/days.ts';
import { pageSchema, saleSchema } from '../../client/wire.ts';

/** What a row of the list needs; a list need not carry the lines. */
const listedSchema = saleSchema.pick({
  id: true,
  number: true,
  soldAt: true,
  actorName: true,
  payments: true,
  paymentStatus: true,
  totalMinor: true,
});
const listedPage = pageSchema(listedSchema);
export type ListedSale = (typeof listedSchema)['_output'];

const PAGE_SIZE = 100;

/** The sales that match the filters, page by page; new sales come in at the top by the store's stream. */
export function useSales(filters: URLSearchParams) {
  const { api } = useServices();
  const store = useStore();
  const queries = useQueryClient();
  const [news, setNews] = useState(0);
  const queryKey = ['sales', store.id, filters.toString()];
  const query = useInfiniteQuery({
    queryKey,
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam, signal }) => {
      const asked = { ...toQuery(filters, store.timeZone), limit: PAGE_SIZE, after: pageParam };
      return api.get(`/api/stores/${store.id}/sales`, listedPage, { query: asked, signal });
    },
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
  });
  useStoreStream(store.id, query.data !== undefined, () => {
    const onEvent = ({ type }: { type: string }) => {
      if (type === 'sale:created') setNews((count) => count + 1);
    };
    return { since: undefined, stream: { onEvent, onResync: () => setNews(1) } };
  });
  const showNews = () => {
    setNews(0);
    // From the first page on: reading every page again for one sale would cost more with every page that was read.
    void queries.resetQueries({ queryKey });
  };

  const { hasNextPage, isFetchingNextPage, fetchNextPage } = query;
  const loadMore = useCallback(() => {
    if (hasNextPage && !isFetchingNextPage) void fetchNextPage();
  }, [hasNextPage, isFetchingNextPage, fetchNextPage]);
  return { ...query, loadMore, news, showNews };
}

/** Days in the address are the store's local days; the server is asked for instants. */
function toQuery(filters: URLSearchParams, timeZone: string) {
  const at = (name: string, plusDays: number) => {
    const day = filters.get(name) ?? '';
    return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day))
      ? startOfDay(day, timeZone, plusDays).toISOString()
      : undefined;
  };
  return { q: filters.get('q') ?? undefined, from: at('from', 0), to: at('to', 1) };
}
