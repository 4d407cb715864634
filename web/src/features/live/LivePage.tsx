import { Skeleton, Title } from '@mantine/core';
import { useFormat, useStore } from '../../app/stores.ts';
import type { Live } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { ConnectionHealth } from './ConnectionHealth.tsx';
import { HourChart } from './HourChart.tsx';
import classes from './Live.module.css';
import { LiveCustomerCount } from './LiveCustomerCount.tsx';
import { LiveSalesTicker } from './LiveSalesTicker.tsx';
import { TodayFigures } from './TodayFigures.tsx';
import { useLive } from './useLive.ts';

/** The store's day as it happens. */
export default function LivePage() {
  const live = useLive();
  const store = useStore();
  useTitle(m.live.title, store.name);
  return (
    <div className={classes.page}>
      <div className={classes.heading}>
        <Title order={1} size="h3">
          {m.live.title}
        </Title>
        <LiveCustomerCount storeId={store.id} />
      </div>
      {live.isError && live.data === undefined && (
        <ProblemNotice what={m.live.failed} error={live.error} onRetry={() => void live.refetch()} />
      )}
      {live.isPending && <Loading />}
      {live.data !== undefined && <Day live={live.data} />}
    </div>
  );
}

function Day({ live }: { live: Live }) {
  const format = useFormat();
  return (
    <>
      <TodayFigures live={live} format={format} />
      <div className={classes.columns}>
        <section className={classes.card} aria-labelledby="hours-title">
          <Title order={2} size="h5" id="hours-title">
            {m.live.hours}
          </Title>
          <HourChart hours={live.hours} format={format} />
          <ConnectionHealth />
        </section>
        <LiveSalesTicker sales={live.newest} />
      </div>
    </>
  );
}

function Loading() {
  return (
    <div role="status" aria-label={m.loading} className={classes.loading}>
      <Skeleton h={96} />
      <Skeleton h={320} />
    </div>
  );
}
