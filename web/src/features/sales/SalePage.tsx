import { Alert, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { ArrowLeft, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { Link, useParams } from 'react-router';
import { useServices } from '../../app/services.ts';
import { pathTo, useFormat, useStore } from '../../app/stores.ts';
import { leftMilli } from '../../client/refund.ts';
import { itemsSchema, type Refund, refundSchema, type Sale, saleSchema } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { useTitle } from '../../ui/useTitle.ts';
import { RefundDialog } from './RefundDialog.tsx';
import classes from './SalePage.module.css';
import { StatusBadge } from './SalesPage.tsx';
import { SaleLines, SalePayments, SaleRefunds } from './SaleTables.tsx';

const refundsSchema = itemsSchema(refundSchema);

/** One sale: what was sold, how it was paid, what came back. */
export default function SalePage() {
  const { saleId } = useParams();
  const { api } = useServices();
  const store = useStore();
  const path = `/api/stores/${store.id}/sales/${saleId}`;
  const query = useQuery({
    queryKey: ['sale', store.id, saleId],
    queryFn: async ({ signal }) => {
      const [sale, refunds] = await Promise.all([
        api.get(path, saleSchema, { signal }),
        api.get(`${path}/refunds`, refundsSchema, { signal }),
      ]);
      return { sale, refunds: refunds.items };
    },
  });
  return (
    <div className={classes.page}>
      <Button
        component={Link}
        to={pathTo(store, 'sales')}
        variant="subtle"
        h={44}
        px="xs"
        className={classes.back ?? ''}
        leftSection={<ArrowLeft size={16} aria-hidden />}
      >
        {m.sales.back}
      </Button>
      {query.isPending && <Skeleton h={300} role="status" aria-label={m.loading} />}
      {query.isError && (
        <ProblemNotice what={m.sales.saleFailed} error={query.error} onRetry={() => void query.refetch()} />
      )}
      {query.data !== undefined && <Detail {...query.data} />}
    </div>
  );
}

function Detail({ sale, refunds }: { sale: Sale; refunds: Refund[] }) {
  const format = useFormat();
  useTitle(sale.number, useStore().name);
  const [isRefunding, setRefunding] = useState(false);
  const canRefund = sale.lines.some((line) => leftMilli(line) > 0);
  return (
    <Stack>
      <Group justify="space-between">
        <div>
          <Group gap="sm">
            <Title order={1} size="h3">
              {sale.number}
            </Title>
            <StatusBadge sale={sale} />
          </Group>
          <Text c="dimmed">{[format.dateTime(sale.soldAt), sale.actorName].filter(Boolean).join(' · ')}</Text>
        </div>
        <Button
          h={44}
          variant="default"
          leftSection={<Undo2 size={16} aria-hidden />}
          disabled={!canRefund}
          onClick={() => setRefunding(true)}
        >
          {m.sales.refund}
        </Button>
      </Group>
      {sale.flags.length > 0 && (
        <Alert color="orange" p="xs">
          {sale.flags.map((flag) => m.sales.flags[flag] ?? flag).join(' · ')}
        </Alert>
      )}
      <SaleLines sale={sale} format={format} />
      <SalePayments sale={sale} format={format} />
      <SaleRefunds refunds={refunds} format={format} />
      {isRefunding && <RefundDialog sale={sale} earlier={refunds} onClose={() => setRefunding(false)} />}
    </Stack>
  );
}
