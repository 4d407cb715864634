import { Table, Text, Title } from '@mantine/core';
import type { Refund, Sale } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import type { Format } from '../../ui/format.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import classes from './SalePage.module.css';

export function SaleLines({ sale, format }: { sale: Sale; format: Format }) {
  return (
    <div className={classes.card}>
      <Table>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{m.sales.product}</Table.Th>
            <Table.Th ta="right">{m.sales.quantity}</Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              {m.sales.price}
            </Table.Th>
            <Table.Th ta="right" visibleFrom="sm">
              {m.sales.discount}
            </Table.Th>
            <Table.Th ta="right">{m.sales.total(sale.currency)}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {sale.lines.map((line) => (
            <Table.Tr key={line.lineNo}>
              <Table.Td className={classes.name}>
                {line.name || line.sku || line.productId}
                {line.refundedQuantityMilli > 0 && (
                  <Text size="xs" c="dimmed">
                    {m.sales.refundedCount(format.quantity(line.refundedQuantityMilli))}
                  </Text>
                )}
              </Table.Td>
              <Table.Td ta="right">{format.quantity(line.quantityMilli)}</Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                <MoneyText minor={line.unitPriceMinor} format={format} inherit />
              </Table.Td>
              <Table.Td ta="right" visibleFrom="sm">
                <MoneyText minor={0 - line.discountMinor - line.ticketDiscountMinor} format={format} inherit />
              </Table.Td>
              <Table.Td ta="right">
                <MoneyText minor={line.totalMinor} format={format} inherit />
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  );
}

export function SalePayments({ sale, format }: { sale: Sale; format: Format }) {
  const payments = sale.payments.map(({ method, amountMinor }, place) => ({
    key: `${method}-${place}`,
    method,
    amountMinor,
  }));
  return (
    <div className={classes.card}>
      <dl className={classes.sums}>
        <Sum label={m.sales.tax(sale.pricesIncludeTax)} minor={sale.taxMinor} format={format} />
        {sale.cashRoundingMinor !== 0 && <Sum label={m.till.rounding} minor={sale.cashRoundingMinor} format={format} />}
        <Sum label={m.till.total} minor={sale.totalMinor} format={format} isTotal />
        {payments.map(({ key, method, amountMinor }) => (
          <Sum key={key} label={m.receipt.paid(m.pay.method[method])} minor={amountMinor} format={format} />
        ))}
        {sale.refundedMinor > 0 && <Sum label={m.sales.refunded} minor={-sale.refundedMinor} format={format} />}
      </dl>
    </div>
  );
}

function Sum({ label, minor, format, isTotal }: { label: string; minor: number; format: Format; isTotal?: boolean }) {
  return (
    <div data-total={isTotal || undefined}>
      <dt>{label}</dt>
      <dd>
        <MoneyText minor={minor} format={format} withCurrency inherit />
      </dd>
    </div>
  );
}

export function SaleRefunds({ refunds, format }: { refunds: readonly Refund[]; format: Format }) {
  if (refunds.length === 0) return null;
  return (
    <div className={classes.card}>
      <Title order={2} size="h5" mb="xs">
        {m.sales.refunds}
      </Title>
      <dl className={classes.sums}>
        {refunds.map((refund) => (
          <Sum
            key={refund.id}
            label={[format.dateTime(refund.createdAt), refund.reason].filter(Boolean).join(' · ')}
            minor={-refund.totalMinor}
            format={format}
          />
        ))}
      </dl>
    </div>
  );
}
