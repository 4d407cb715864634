import { ActionIcon, Button, TextInput } from '@mantine/core';
import { Minus, Percent, Plus, Trash2 } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useFormat } from '../../app/stores.ts';
import { parseQuantity } from '../../client/amounts.ts';
import type { PricedLine } from '../../client/pricing.ts';
import type { TicketLine } from '../../client/till.ts';
import { m } from '../../messages/index.ts';
import { MoneyText } from '../../ui/MoneyText.tsx';
import { discountText } from './discountText.ts';
import { focusMainField } from './focus.ts';
import classes from './Till.module.css';
import type { Dispatch } from './useTill.ts';

interface Props {
  line: TicketLine;
  priced: PricedLine | undefined;
  isSelected: boolean;
  dispatch: Dispatch;
  onDiscount: () => void;
}

export function TicketLineRow({ line, priced, isSelected, dispatch, onDiscount }: Props) {
  const format = useFormat();
  const row = useRef<HTMLLIElement>(null);
  useEffect(() => {
    if (isSelected) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isSelected]);
  const grossMinor = priced?.grossMinor ?? 0;
  const discountMinor = priced?.discountMinor ?? 0;
  return (
    <li ref={row} className={classes.line} aria-current={isSelected || undefined}>
      <button
        type="button"
        className={classes.lineText}
        onClick={() => dispatch({ type: 'select', lineId: line.lineId })}
      >
        <span className={classes.lineQuantity}>{format.quantity(line.quantityMilli)} ×</span>
        <span className={classes.lineName}>{line.name}</span>
        <MoneyText minor={grossMinor} format={format} />
        {line.discount !== undefined && (
          <>
            <span />
            <span className={classes.lineDiscount}>{m.till.lineDiscount(discountText(line.discount, format))}</span>
            <MoneyText minor={-discountMinor} format={format} />
          </>
        )}
      </button>
      {isSelected && <LineTools line={line} dispatch={dispatch} onDiscount={onDiscount} />}
    </li>
  );
}

function LineTools({ line, dispatch, onDiscount }: Pick<Props, 'line' | 'dispatch' | 'onDiscount'>) {
  const change = (byMilli: number) => dispatch({ type: 'change-quantity', lineId: line.lineId, byMilli });
  return (
    <div className={classes.lineTools}>
      <ActionIcon variant="default" size={44} aria-label={m.till.less(line.name)} onClick={() => change(-1000)}>
        <Minus size={20} />
      </ActionIcon>
      <QuantityField key={line.quantityMilli} line={line} dispatch={dispatch} />
      <ActionIcon variant="default" size={44} aria-label={m.till.more(line.name)} onClick={() => change(1000)}>
        <Plus size={20} />
      </ActionIcon>
      <Button variant="subtle" h={44} px="xs" leftSection={<Percent size={16} aria-hidden />} onClick={onDiscount}>
        {m.till.discountLine}
      </Button>
      <ActionIcon
        variant="subtle"
        color="red"
        size={44}
        ml="auto"
        aria-label={m.till.removeLine(line.name)}
        onClick={() => dispatch({ type: 'remove', lineId: line.lineId })}
      >
        <Trash2 size={20} />
      </ActionIcon>
    </div>
  );
}

function QuantityField({ line, dispatch }: Pick<Props, 'line' | 'dispatch'>) {
  const format = useFormat();
  const written = format.quantity(line.quantityMilli);
  const [text, setText] = useState(written);
  const commit = () => {
    const quantityMilli = parseQuantity(text);
    if (quantityMilli === undefined) setText(written);
    else if (quantityMilli !== line.quantityMilli)
      dispatch({ type: 'set-quantity', lineId: line.lineId, quantityMilli });
  };
  return (
    <TextInput
      className={classes.quantity}
      inputMode="decimal"
      aria-label={m.till.quantityOf(line.name)}
      value={text}
      onFocus={(event) => event.currentTarget.select()}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        if (event.key === 'Enter') commit();
        focusMainField();
      }}
    />
  );
}
