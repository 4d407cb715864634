import { useElementSize, useMergedRef } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { SearchX } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useFormat } from '../../app/stores.ts';
import type { Ticket } from '../../client/till.ts';
import { m } from '../../messages/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { ProductTile } from './ProductTile.tsx';
import classes from './Till.module.css';
import type { Entry } from './useEntry.ts';

const TILE_WIDTH = 148;
const ROW_HEIGHT = 104;

/** The products found, as tiles; only the rows in sight exist. */
export function ProductGrid({ entry, ticket }: { entry: Entry; ticket: Ticket }) {
  const format = useFormat();
  const scroller = useRef<HTMLDivElement>(null);
  const { ref: measure, width } = useElementSize();
  const ref = useMergedRef(scroller, measure);
  const columns = Math.max(2, Math.floor(width / TILE_WIDTH));
  const rows = useVirtualizer({
    count: Math.ceil(entry.products.length / columns),
    getScrollElement: () => scroller.current,
    estimateSize: () => ROW_HEIGHT,
    overscan: 4,
  });
  const isSearching = entry.text !== '';
  const activeRow = isSearching ? Math.floor(entry.active / columns) : -1;

  useEffect(() => {
    entry.columns.current = columns;
  });
  useEffect(() => {
    if (activeRow >= 0) rows.scrollToIndex(activeRow, { align: 'auto' });
  }, [activeRow, rows]);

  const inBasket = new Map<string, number>();
  for (const line of ticket.lines) {
    inBasket.set(line.productId, (inBasket.get(line.productId) ?? 0) + line.quantityMilli);
  }
  return (
    <div ref={ref} className={classes.grid}>
      {entry.products.length === 0 && (
        <EmptyState icon={<SearchX size={32} />} title={m.till.noMatch(entry.text)} text={m.till.noMatchText} />
      )}
      <div style={{ height: rows.getTotalSize(), position: 'relative' }}>
        {rows.getVirtualItems().map((row) => (
          <div
            key={row.key}
            className={classes.row}
            style={{
              transform: `translateY(${row.start}px)`,
              gridTemplateColumns: `repeat(${columns}, minmax(0, 1fr))`,
            }}
          >
            {entry.products.slice(row.index * columns, (row.index + 1) * columns).map((product, column) => (
              <ProductTile
                key={product.id}
                product={product}
                format={format}
                inBasketMilli={inBasket.get(product.id)}
                isActive={isSearching && row.index * columns + column === entry.active}
                onChoose={entry.choose}
              />
            ))}
          </div>
        ))}
      </div>
    </div>
  );
}
