import { Button, Title } from '@mantine/core';
import { ArrowUp, ReceiptText } from 'lucide-react';
import { type UIEvent, useEffect, useRef, useState } from 'react';
import { Link } from 'react-router';
import { pathTo, useFormat, useStore } from '../../app/stores.ts';
import type { NewestSale } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import classes from './Live.module.css';

/** The newest sales. A new one slides in at the top; when the list is scrolled away it only counts, and nothing jumps. */
export function LiveSalesTicker({ sales }: { sales: readonly NewestSale[] }) {
  const format = useFormat();
  const store = useStore();
  const list = useRef<HTMLOListElement>(null);
  const { shown, waiting, isNew, onScroll, showNew } = useHeldBack(sales, list);
  return (
    <section className={classes.card} aria-labelledby="ticker-title">
      <Title order={2} size="h5" id="ticker-title">
        {m.live.ticker}
      </Title>
      {waiting > 0 && (
        <Button size="xs" variant="light" leftSection={<ArrowUp size={14} aria-hidden />} onClick={showNew}>
          {m.live.newAbove(waiting)}
        </Button>
      )}
      {sales.length === 0 ? (
        <EmptyState icon={<ReceiptText size={32} />} title={m.live.empty} text={m.live.emptyText} />
      ) : (
        <ol ref={list} className={classes.ticker} onScroll={onScroll} aria-live="polite" aria-relevant="additions">
          {shown.map((sale) => (
            <li key={sale.id} data-new={isNew(sale.id) || undefined}>
              <Link to={`${pathTo(store, 'sales')}/${sale.id}`} className={classes.sale}>
                <span>{format.time(sale.soldAt)}</span>
                <span className={classes.saleText}>
                  {sale.number}
                  <span className={classes.small}>
                    {[m.live.items(sale.items), sale.actorName].filter(Boolean).join(' · ')}
                  </span>
                </span>
                <MoneyText minor={sale.totalMinor} format={format} withCurrency inherit fw={600} />
              </Link>
            </li>
          ))}
        </ol>
      )}
    </section>
  );
}

/** Holds new rows back while the person is reading further down. */
function useHeldBack(sales: readonly NewestSale[], list: React.RefObject<HTMLOListElement | null>) {
  const [held, setHeld] = useState<readonly NewestSale[]>();
  const [first] = useState(() => new Set(sales.map((sale) => sale.id)));
  const isAway = useRef(false);
  const latest = useRef(sales);
  useEffect(() => {
    latest.current = sales;
  });
  const release = () => setHeld(undefined);
  const onScroll = (event: UIEvent<HTMLOListElement>) => {
    const wasAway = isAway.current;
    isAway.current = event.currentTarget.scrollTop > 8;
    if (isAway.current && !wasAway) setHeld(latest.current);
    if (!isAway.current && wasAway) release();
  };
  const showNew = () => {
    isAway.current = false;
    release();
    list.current?.scrollTo({ top: 0 });
  };
  const heldIds = new Set(held?.map((sale) => sale.id));
  const waiting = held === undefined ? 0 : sales.filter((sale) => !heldIds.has(sale.id)).length;
  return { shown: held ?? sales, waiting, isNew: (id: string) => !first.has(id), onScroll, showNew };
}
