import { createPortal } from 'react-dom';
import { useFormat, useStore } from '../../app/stores.ts';
import { m } from '../../messages/index.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { discountText } from './discountText.ts';
import classes from './Receipt.module.css';
import type { SoldTicket } from './useTill.ts';

/** The receipt on screen, and its copy for an 80 mm printer, which the screen never shows. */
export function Receipt({ sold }: { sold: SoldTicket }) {
  return (
    <>
      <article className={classes.paper} aria-label={m.receipt.title}>
        <Content sold={sold} />
      </article>
      {createPortal(
        <article className={classes.print} aria-hidden>
          <Content sold={sold} />
        </article>,
        document.body,
      )}
    </>
  );
}

function Content({ sold }: { sold: SoldTicket }) {
  const format = useFormat();
  const store = useStore();
  const { sale, ticket } = sold;
  return (
    <>
      <header className={classes.head}>
        <strong>{store.name}</strong>
        <div>
          {m.receipt.number} {sold.number}
        </div>
        <div>{format.dateTime(sale.soldAt)}</div>
        <div>
          {m.receipt.cashier}: {sold.cashier}
        </div>
        {ticket.customer && (
          <div>
            {m.receipt.customer}: {ticket.customer.name}
          </div>
        )}
      </header>
      <Lines sold={sold} />
      <Sums sold={sold} />
      <footer className={classes.foot}>{m.receipt.thanks}</footer>
    </>
  );
}

function Lines({ sold: { sale, ticket } }: { sold: SoldTicket }) {
  const format = useFormat();
  return (
    <div className={classes.rows}>
      {ticket.lines.map((line, index) => (
        <div key={line.lineId} className={classes.item}>
          <div className={classes.row}>
            <span>
              {format.quantity(line.quantityMilli)} × {line.name}
            </span>
            <MoneyText minor={sale.lines[index]?.grossMinor ?? 0} format={format} fz="inherit" />
          </div>
          {line.quantityMilli !== 1000 && (
            <div className={classes.small}>{m.receipt.each(format.amount(line.unitPriceMinor))}</div>
          )}
          {line.discount && (
            <div className={classes.row}>
              <span>{m.till.lineDiscount(discountText(line.discount, format))}</span>
              <MoneyText minor={-(sale.lines[index]?.discountMinor ?? 0)} format={format} fz="inherit" />
            </div>
          )}
        </div>
      ))}
    </div>
  );
}

function Sums({ sold: { sale, ticket, priced } }: { sold: SoldTicket }) {
  const format = useFormat();
  const tax = sale.pricesIncludeTax ? m.till.taxIncluded : m.till.taxAdded;
  const rows: [label: string, minor: number][] = [
    ...(ticket.discount ? [[m.till.ticketDiscount, -sale.discountMinor] as [string, number]] : []),
    ...priced.taxes.map(({ ratePpm, taxMinor }) => [tax(format.percent(ratePpm)), taxMinor] as [string, number]),
    ...(sale.cashRoundingMinor !== 0 ? [[m.till.rounding, sale.cashRoundingMinor] as [string, number]] : []),
  ];
  const paid = sale.payments.map((payment, place) => ({ ...payment, place }));
  return (
    <div className={classes.rows}>
      {rows.map(([label, minor]) => (
        <Row key={label} label={label} minor={minor} />
      ))}
      <div className={`${classes.row} ${classes.total}`}>
        <span>{m.till.total}</span>
        <MoneyText
          minor={sale.totalMinor + sale.cashRoundingMinor}
          format={format}
          withCurrency
          fz="inherit"
          fw="inherit"
        />
      </div>
      {paid.map(({ place, method, amountMinor, tenderedMinor }) => (
        <Row key={place} label={m.receipt.paid(m.pay.method[method])} minor={tenderedMinor ?? amountMinor} />
      ))}
      {sale.changeMinor > 0 && <Row label={m.receipt.change} minor={sale.changeMinor} />}
    </div>
  );
}

function Row({ label, minor }: { label: string; minor: number }) {
  const format = useFormat();
  return (
    <div className={classes.row}>
      <span>{label}</span>
      <MoneyText minor={minor} format={format} fz="inherit" />
    </div>
  );
}
