import { Badge, Button, Skeleton, Text, TextInput, Title } from '@mantine/core';
import { useDebouncedCallback } from '@mantine/hooks';
import { ArrowUp, ReceiptText, Search } from 'lucide-react';
import { useState } from 'react';
import { useNavigate, useSearchParams } from 'react-router';
import { pathTo, useFormat, useStore } from '../../app/stores.ts';
import type { Store } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import type { Format } from '../../ui/format.ts';
import classes from '../../ui/ListPage.module.css';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { type Column, VirtualTable } from '../../ui/VirtualTable.tsx';
import { type ListedSale, useSales } from './useSales.ts';

/** Every sale of the store, newest first; the filters stand in the address, so the view can be shared. */
export default function SalesPage() {
  const store = useStore();
  const format = useFormat();
  const navigate = useNavigate();
  const [filters, setFilters] = useSearchParams();
  const sales = useSales(filters);
  useTitle(m.sales.title, store.name);
  const set = (name: string, value: string) => {
    const next = new URLSearchParams(filters);
    if (value === '') next.delete(name);
    else next.set(name, value);
    setFilters(next, { replace: true });
  };
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <Title order={1} size="h3">
          {m.sales.title}
        </Title>
        {sales.news > 0 && (
          <Button variant="light" leftSection={<ArrowUp size={14} aria-hidden />} onClick={sales.showNews}>
            {m.sales.newAbove(sales.news)}
          </Button>
        )}
        <ReceiptSearch value={filters.get('q') ?? ''} onChange={(q) => set('q', q)} />
        {(['from', 'to'] as const).map((name) => (
          <TextInput
            key={name}
            type="date"
            label={m.sales[name]}
            value={filters.get(name) ?? ''}
            onChange={(event) => set(name, event.currentTarget.value)}
          />
        ))}
      </div>
      {sales.isError && (
        <ProblemNotice what={m.sales.failed} error={sales.error} onRetry={() => void sales.refetch()} />
      )}
      <div className={classes.list}>
        {sales.isPending && <Skeleton h="100%" role="status" aria-label={m.loading} />}
        {sales.data !== undefined &&
          (sales.data.length === 0 ? (
            <EmptyState
              icon={<ReceiptText size={40} />}
              title={m.sales.empty}
              text={filters.size > 0 ? m.sales.emptySearch : m.sales.emptyText}
            />
          ) : (
            <VirtualTable
              label={m.sales.title}
              columns={columnsFor(store, format)}
              rows={sales.data}
              rowKey={(sale) => sale.id}
              onOpen={(sale) => void navigate(`${pathTo(store, 'sales')}/${sale.id}`)}
              onEnd={sales.loadMore}
              footer={sales.isFetchingNextPage && <Text p="sm">{m.sales.loadingMore}</Text>}
            />
          ))}
      </div>
    </div>
  );
}

function ReceiptSearch({ value, onChange }: { value: string; onChange: (text: string) => void }) {
  const [text, setText] = useState(value);
  const tell = useDebouncedCallback(onChange, 200);
  return (
    <TextInput
      type="search"
      className={classes.search ?? ''}
      label={m.sales.search}
      leftSection={<Search size={16} aria-hidden />}
      value={text}
      onChange={(event) => {
        setText(event.currentTarget.value);
        tell(event.currentTarget.value.trim());
      }}
    />
  );
}

function columnsFor(store: Store, format: Format): Column<ListedSale>[] {
  const methods = (sale: ListedSale) =>
    [...new Set(sale.payments.map(({ method }) => m.pay.method[method]))].join(', ');
  return [
    { key: 'number', header: m.sales.number, width: 'minmax(0, 1fr)', cell: (sale) => sale.number },
    { key: 'time', header: m.sales.time, width: 'minmax(0, 1.4fr)', cell: (sale) => format.dateTime(sale.soldAt) },
    { key: 'cashier', header: m.sales.cashier, width: 'minmax(0, 1fr)', isExtra: true, cell: (sale) => sale.actorName },
    { key: 'payment', header: m.sales.payment, width: 'minmax(0, 1fr)', isExtra: true, cell: methods },
    {
      key: 'status',
      header: m.sales.status,
      width: '130px',
      isExtra: true,
      cell: (sale) => <StatusBadge sale={sale} />,
    },
    {
      key: 'total',
      header: m.sales.total(store.currency),
      width: 'minmax(84px, 0.7fr)',
      isNumber: true,
      cell: (sale) => <MoneyText minor={sale.totalMinor} format={format} inherit />,
    },
  ];
}

export function StatusBadge({ sale }: { sale: Pick<ListedSale, 'paymentStatus'> }) {
  if (sale.paymentStatus === 'paid') return m.sales.paid;
  return (
    <Badge variant="light" color="orange" tt="none">
      {m.sales[sale.paymentStatus]}
    </Badge>
  );
}
