import { ActionIcon } from '@mantine/core';
import { X } from 'lucide-react';
import { useFormat } from '../../app/stores.ts';
import type { Tender } from '../../client/till.ts';
import { m } from '../../messages/index.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import classes from './Pay.module.css';

/** What has been paid so far of a split ticket; each part can be taken back. */
export function TenderList({
  tenders,
  onTakeBack,
}: {
  tenders: readonly Tender[];
  onTakeBack: (index: number) => void;
}) {
  const format = useFormat();
  if (tenders.length === 0) return null;
  const rows = tenders.map((tender, place) => ({ ...tender, place }));
  return (
    <ul className={classes.tenders} aria-label={m.pay.paid}>
      {rows.map(({ place, method, amountMinor }) => (
        <li key={place}>
          <span>{m.pay.method[method]}</span>
          <MoneyText minor={amountMinor} format={format} withCurrency />
          <ActionIcon
            variant="subtle"
            color="gray"
            size={44}
            aria-label={m.pay.takeBack(m.pay.method[method])}
            onClick={() => onTakeBack(place)}
          >
            <X size={18} />
          </ActionIcon>
        </li>
      ))}
    </ul>
  );
}
