import type { ReactNode } from 'react';
import { useFormat, useStore } from '../../app/stores.ts';
import { m } from '../../messages/index.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { discountText } from './discountText.ts';
import classes from './Till.module.css';
import type { Till } from './useTill.ts';

export function TicketTotals({ till: { state, priced } }: { till: Till }) {
  const format = useFormat();
  const { pricesIncludeTax } = useStore();
  const { lines, discount } = state.ticket;
  if (lines.length === 0) return null;
  return (
    <dl className={classes.totals}>
      {discount !== undefined && (
        <>
          <Row label={m.till.subtotal}>{<MoneyText minor={priced.subtotalMinor} format={format} />}</Row>
          <Row label={`${m.till.ticketDiscount} ${discountText(discount, format)}`}>
            <MoneyText minor={-priced.discountMinor} format={format} />
          </Row>
        </>
      )}
      {priced.taxes.map(({ ratePpm, taxMinor }) => (
        <Row
          key={ratePpm}
          label={(pricesIncludeTax ? m.till.taxIncluded : m.till.taxAdded)(format.percent(ratePpm))}
          isMuted
        >
          <MoneyText minor={taxMinor} format={format} />
        </Row>
      ))}
      <div className={classes.total}>
        <dt>{m.till.total}</dt>
        <dd>
          <MoneyText minor={priced.totalMinor} format={format} withCurrency />
        </dd>
      </div>
    </dl>
  );
}

function Row({ label, isMuted, children }: { label: string; isMuted?: boolean; children: ReactNode }) {
  return (
    <div className={classes.totalsRow} data-muted={isMuted || undefined}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}
