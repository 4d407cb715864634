// biome-ignore-all lint/a11y/useSemanticElements: rows are placed by hand, and a table element laid out as a grid loses its meaning to screen readers.
// biome-ignore-all lint/a11y/useFocusableInteractive: only rows that open something take the focus.
import { useVirtualizer } from '@tanstack/react-virtual';
import { type KeyboardEvent, type ReactNode, useEffect, useRef } from 'react';
import classes from './VirtualTable.module.css';

export interface Column<Row> {
  key: string;
  header: string;
  /** A CSS grid track, such as `minmax(0, 2fr)`. */
  width: string;
  isNumber?: boolean;
  /** May take two lines. */
  wraps?: boolean;
  /** Left out on a narrow screen. */
  isExtra?: boolean;
  cell: (row: Row) => ReactNode;
}

interface Props<Row> {
  label: string;
  columns: readonly Column<Row>[];
  rows: readonly Row[];
  rowKey: (row: Row) => string;
  rowHeight?: number;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** Called when the last row comes into sight. */
  onEnd?: () => void;
  footer?: ReactNode;
}

/** A table of any length: sticky header, only the rows in sight exist, arrow keys walk the rows. */
export function VirtualTable<Row>({
  label,
  columns,
  rows,
  rowKey,
  rowHeight = officeRowHeight(),
  onOpen,
  onEnd,
  footer,
}: Props<Row>) {
  const scroller = useRef<HTMLDivElement>(null);
  const virtual = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => rowHeight,
    overscan: 12,
  });
  const items = virtual.getVirtualItems();
  const lastIndex = items.at(-1)?.index ?? -1;
  useEffect(() => {
    if (rows.length > 0 && lastIndex >= rows.length - 1) onEnd?.();
  }, [lastIndex, rows.length, onEnd]);

  const tracks = (narrow: boolean) =>
    columns
      .filter((column) => !(narrow && column.isExtra))
      .map(({ width }) => width)
      .join(' ');
  const style = { '--tracks': tracks(false), '--narrow-tracks': tracks(true) } as React.CSSProperties;
  return (
    <div
      ref={scroller}
      className={classes.scroller}
      style={style}
      role="table"
      aria-label={label}
      aria-rowcount={rows.length + 1}
    >
      <div className={classes.header} role="row">
        {columns.map((column) => (
          <Cell key={column.key} column={column} role="columnheader">
            {column.header}
          </Cell>
        ))}
      </div>
      <div role="rowgroup" style={{ height: virtual.getTotalSize(), position: 'relative' }}>
        {items.map(({ index, start }) => {
          const row = rows[index];
          if (row === undefined) return null;
          return (
            <div
              key={rowKey(row)}
              role="row"
              aria-rowindex={index + 2}
              className={classes.row}
              data-opens={onOpen !== undefined || undefined}
              style={{ height: rowHeight, transform: `translateY(${start}px)` }}
              tabIndex={onOpen === undefined ? undefined : 0}
              onClick={onOpen && (() => onOpen(row))}
              onKeyDown={onOpen && ((event) => walkRows(event, () => onOpen(row)))}
            >
              {columns.map((column) => (
                <Cell key={column.key} column={column} role="cell">
                  {column.cell(row)}
                </Cell>
              ))}
            </div>
          );
        })}
      </div>
      {footer}
    </div>
  );
}

/** Compact for a mouse, large enough for a finger. */
function officeRowHeight(): number {
  return window.matchMedia('(pointer: coarse)').matches ? 48 : 38;
}

function Cell<Row>({ column, role, children }: { column: Column<Row>; role: string; children: ReactNode }) {
  return (
    <div
      role={role}
      className={classes.cell}
      data-number={column.isNumber || undefined}
      data-extra={column.isExtra || undefined}
      data-wraps={column.wraps || undefined}
    >
      {children}
    </div>
  );
}

function walkRows(event: KeyboardEvent<HTMLDivElement>, open: () => void): void {
  if (event.target !== event.currentTarget) return;
  const row = event.currentTarget;
  const neighbour = { ArrowDown: row.nextElementSibling, ArrowUp: row.previousElementSibling }[event.key];
  if (event.key === 'Enter') open();
  else if (neighbour instanceof HTMLElement) neighbour.focus();
  else return;
  event.preventDefault();
}
