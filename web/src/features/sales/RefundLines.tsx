import { Button, Checkbox, Group, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useFormat } from '../../app/stores.ts';
import { parseQuantity } from '../../client/amounts.ts';
import { leftMilli } from '../../client/refund.ts';
import type { Sale, SaleLine } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import classes from './SalePage.module.css';

interface Props {
  sale: Sale;
  /** Thousandths that come back, by line number. */
  chosen: ReadonlyMap<number, number>;
  onChoose: (lineNo: number, quantityMilli: number) => void;
  onAll: () => void;
}

export function RefundLines({ sale, chosen, onChoose, onAll }: Props) {
  const left = sale.lines.filter((line) => leftMilli(line) > 0);
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <Group justify="space-between" wrap="nowrap">
        <Text component="legend" fw={600}>
          {m.refund.lines}
        </Text>
        <Button variant="subtle" h={44} px="xs" onClick={onAll}>
          {m.refund.all}
        </Button>
      </Group>
      {left.map((line) => (
        <RefundLine
          key={line.lineNo}
          line={line}
          quantityMilli={chosen.get(line.lineNo) ?? 0}
          onChoose={(quantityMilli) => onChoose(line.lineNo, quantityMilli)}
        />
      ))}
    </fieldset>
  );
}

interface LineProps {
  line: SaleLine;
  quantityMilli: number;
  onChoose: (quantityMilli: number) => void;
}

function RefundLine({ line, quantityMilli, onChoose }: LineProps) {
  const format = useFormat();
  const most = leftMilli(line);
  const [typed, setTyped] = useState<string>();
  const commit = () => {
    const parsed = parseQuantity(typed ?? '');
    if (parsed !== undefined) onChoose(Math.min(parsed, most));
    setTyped(undefined);
  };
  return (
    <div className={classes.line}>
      <Checkbox
        label={line.name || line.sku}
        checked={quantityMilli > 0}
        onChange={(event) => onChoose(event.currentTarget.checked ? most : 0)}
      />
      <TextInput
        aria-label={m.refund.quantity(line.name)}
        inputMode="decimal"
        disabled={quantityMilli === 0}
        value={typed ?? format.quantity(quantityMilli)}
        onFocus={(event) => event.currentTarget.select()}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onBlur={commit}
      />
      <Text size="sm" c="dimmed">
        {m.refund.of(format.quantity(most))}
      </Text>
    </div>
  );
}
