import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Users } from 'lucide-react';
import { useRef } from 'react';
import { storeChannel, useRealtime } from '../../app/realtime.ts';
import { useServices } from '../../app/services.ts';
import { presenceSchema } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { Flash } from '../../ui/Flash.tsx';
import classes from './Live.module.css';

/** How many customers are in the store's web pages now: people, not tabs. Nothing is shown before it is known. */
export function LiveCustomerCount({ storeId }: { storeId: string }) {
  const { api } = useServices();
  const queries = useQueryClient();
  const queryKey = ['presence', storeId];
  const heard = useRef<number>(undefined);
  const { data: online } = useQuery({
    queryKey,
    queryFn: async ({ signal }) => {
      heard.current = undefined;
      const { online } = await api.get(`/api/stores/${storeId}/presence`, presenceSchema, { signal });
      // What was heard while the answer was on its way is newer.
      return heard.current ?? online;
    },
  });

  const count = (presence: { online: number }) => {
    heard.current = presence.online;
    queries.setQueryData(queryKey, presence.online);
  };
  useRealtime(storeChannel(storeId), {
    // The hub says who is there after every (re)connection, so a change that was missed heals itself.
    'customer:presence': count,
    'customer:online': count,
    'customer:offline': count,
  });

  if (online === undefined) return null;
  return (
    <span className={classes.customers} role="status">
      <Users size={16} aria-hidden />
      <Flash value={online}>{m.live.customersOnline(online)}</Flash>
    </span>
  );
}
