import { Skeleton, Text, TextInput, Title } from '@mantine/core';
import { PackageOpen, Search } from 'lucide-react';
import { useMemo } from 'react';
import { useSearchParams } from 'react-router';
import { useCatalogue, useCatalogueVersion } from '../../app/catalogue.ts';
import { useFormat, useStore } from '../../app/stores.ts';
import { canManage, useUser } from '../../app/user.ts';
import type { Catalogue } from '../../client/catalogue.ts';
import type { Product } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { EmptyState } from '../../ui/EmptyState.tsx';
import classes from '../../ui/ListPage.module.css';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { type Column, VirtualTable } from '../../ui/VirtualTable.tsx';
import { PriceField } from './PriceField.tsx';

/** Every product of the store, searched as it is typed; managers change prices in place. */
export default function ProductsPage() {
  const { query } = useCatalogue();
  useTitle(m.products.title, useStore().name);
  return (
    <div className={classes.page}>
      {query.isError && (
        <ProblemNotice what={m.till.catalogueFailed} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.isPending && <Skeleton h="100%" role="status" aria-label={m.loading} />}
      {query.data !== undefined && <Products catalogue={query.data} />}
    </div>
  );
}

function Products({ catalogue }: { catalogue: Catalogue }) {
  const version = useCatalogueVersion(catalogue);
  const [filters, setFilters] = useSearchParams();
  const text = filters.get('q') ?? '';
  // biome-ignore lint/correctness/useExhaustiveDependencies: the catalogue is one object whose content changes with its version.
  const products = useMemo(() => catalogue.search(text), [catalogue, version, text]);
  const columns = useColumns(catalogue);
  return (
    <>
      <div className={classes.head}>
        <Title order={1} size="h3">
          {m.products.title}
        </Title>
        <Text c="dimmed" aria-live="polite">
          {m.products.count(products.length)}
        </Text>
        <TextInput
          type="search"
          label={m.products.search}
          className={classes.search ?? ''}
          leftSection={<Search size={16} aria-hidden />}
          value={text}
          onChange={({ currentTarget: { value } }) => setFilters(value === '' ? {} : { q: value }, { replace: true })}
        />
      </div>
      <div className={classes.list}>
        {products.length === 0 ? (
          <EmptyState
            icon={<PackageOpen size={40} />}
            title={m.products.empty}
            text={text === '' ? m.products.emptyText : m.products.emptySearch(text)}
          />
        ) : (
          <VirtualTable label={m.products.title} columns={columns} rows={products} rowKey={(product) => product.id} />
        )}
      </div>
    </>
  );
}

function useColumns(catalogue: Catalogue): Column<Product>[] {
  const format = useFormat();
  const store = useStore();
  const mayEdit = canManage(useUser());
  return [
    {
      key: 'name',
      header: m.products.name,
      width: 'minmax(0, 3fr)',
      wraps: true,
      cell: (product) => <span title={product.name}>{product.name}</span>,
    },
    { key: 'sku', header: m.products.sku, width: 'minmax(0, 1fr)', isExtra: true, cell: (product) => product.sku },
    {
      key: 'barcode',
      header: m.products.barcode,
      width: 'minmax(0, 1.3fr)',
      isExtra: true,
      cell: (product) => product.barcodes.join(', '),
    },
    {
      key: 'stock',
      header: m.products.stock,
      width: 'minmax(64px, 0.7fr)',
      isNumber: true,
      cell: (product) => format.quantity(product.onHandMilli),
    },
    {
      key: 'price',
      header: m.products.price(store.currency),
      width: 'minmax(92px, 0.8fr)',
      isNumber: true,
      cell: (product) =>
        mayEdit ? (
          <PriceField key={product.syncVersion} product={product} catalogue={catalogue} />
        ) : (
          <MoneyText minor={product.priceMinor} format={format} inherit />
        ),
    },
  ];
}
