import { Button } from '@mantine/core';
import { Check, Clock, Printer, TriangleAlert } from 'lucide-react';
import { useUnsent } from '../../app/services.ts';
import { useFormat } from '../../app/stores.ts';
import { m } from '../../messages/index.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import { MoneyText } from '../../ui/MoneyText.tsx';
import classes from './Pay.module.css';
import { Receipt } from './Receipt.tsx';
import type { SoldTicket } from './useTill.ts';

/** After the sale: the change as large as it gets, the receipt, and nothing that must be dismissed. */
export function DonePanel({ sold, onNext }: { sold: SoldTicket; onNext: () => void }) {
  const format = useFormat();
  const { changeMinor } = sold.sale;
  return (
    <div className={classes.panel}>
      <div role="status">
        {changeMinor > 0 ? (
          <>
            <div className={classes.label}>{m.done.change}</div>
            <MoneyText className={classes.due} minor={changeMinor} format={format} withCurrency />
          </>
        ) : (
          <div className={classes.noChange}>{m.done.noChange}</div>
        )}
        <Delivery operationId={sold.operationId} />
      </div>
      <div className={classes.methods}>
        <Button size="lg" rightSection={<KeyHint keys="Enter" />} onClick={onNext}>
          {m.done.next}
        </Button>
        <Button
          size="lg"
          variant="default"
          leftSection={<Printer size={20} aria-hidden />}
          rightSection={<KeyHint keys="F9" />}
          onClick={() => window.print()}
        >
          {m.done.print}
        </Button>
      </div>
      <p className={classes.hint}>{m.done.hint}</p>
      <Receipt sold={sold} />
    </div>
  );
}

/** Whether the server has the sale yet; either way it is safe. */
function Delivery({ operationId }: { operationId: string }) {
  const unsent = useUnsent().find((sale) => sale.operationId === operationId);
  const [Icon, text] =
    unsent === undefined
      ? ([Check, m.done.sent] as const)
      : unsent.refusal === undefined
        ? ([Clock, m.done.waiting] as const)
        : ([TriangleAlert, `${m.done.refused}: ${unsent.refusal.message}`] as const);
  return (
    <div className={classes.delivery}>
      <Icon size={16} aria-hidden />
      {text}
    </div>
  );
}
