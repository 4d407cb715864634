import { Button, Group, Modal, SegmentedControl, Stack, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useStore } from '../../app/stores.ts';
import { parseAmount, parsePercent } from '../../client/amounts.ts';
import type { Discount } from '../../client/pricing.ts';
import { m } from '../../messages/index.ts';
import classes from './Till.module.css';
import type { Till } from './useTill.ts';

/** F4: a discount on the marked line or on the ticket, in percent or as an amount. */
export function DiscountDialog({ till: { state, dispatch }, onClose }: { till: Till; onClose: () => void }) {
  const { currency, currencyDigits } = useStore();
  // Fixed when the dialog opens: a scan meanwhile marks another line, and the discount must not follow it.
  const [lineId] = useState(state.selectedLineId);
  const line = state.ticket.lines.find((candidate) => candidate.lineId === lineId);
  const [scope, setScope] = useState(line === undefined ? 'ticket' : 'line');
  const [kind, setKind] = useState('percent');
  const [text, setText] = useState('');
  const [error, setError] = useState<string>();
  const present = scope === 'line' ? line?.discount : state.ticket.discount;

  const set = (discount: Discount | undefined) => {
    if (scope === 'line' && line !== undefined) dispatch({ type: 'discount-line', lineId: line.lineId, discount });
    else dispatch({ type: 'discount-ticket', discount });
    onClose();
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const discount = kind === 'percent' ? percentOf(text) : amountOf(text, currencyDigits);
    if (discount === undefined) setError(kind === 'percent' ? m.discount.invalidPercent : m.discount.invalidAmount);
    else set(discount);
  };
  return (
    <Modal
      opened
      onClose={onClose}
      title={m.discount.title}
      closeButtonProps={{ 'aria-label': m.close }}
      returnFocus={false}
    >
      <form onSubmit={submit}>
        <Stack>
          {line !== undefined && (
            <SegmentedControl
              fullWidth
              classNames={{ control: classes.scope ?? '' }}
              aria-label={m.discount.scope}
              value={scope}
              onChange={setScope}
              data={[
                { value: 'line', label: m.discount.line(line.name) },
                { value: 'ticket', label: m.discount.ticket },
              ]}
            />
          )}
          <SegmentedControl
            aria-label={m.discount.kind}
            value={kind}
            onChange={setKind}
            data={[
              { value: 'percent', label: m.discount.percent },
              { value: 'amount', label: `${m.discount.amount} (${currency})` },
            ]}
          />
          <TextInput
            data-autofocus
            size="lg"
            label={m.discount.value}
            inputMode="decimal"
            autoComplete="off"
            rightSection={kind === 'percent' ? '%' : currency}
            value={text}
            error={error}
            onChange={(event) => setText(event.currentTarget.value)}
          />
          <Group justify="space-between">
            {present !== undefined && (
              <Button variant="subtle" color="red" h={44} px="xs" onClick={() => set(undefined)}>
                {m.discount.remove}
              </Button>
            )}
            <Button type="submit" h={44} ml="auto">
              {m.apply}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function percentOf(text: string): Discount | undefined {
  const ratePpm = parsePercent(text);
  return ratePpm === undefined ? undefined : { kind: 'percent', ratePpm };
}

function amountOf(text: string, digits: number): Discount | undefined {
  const amountMinor = parseAmount(text, digits);
  return amountMinor === undefined ? undefined : { kind: 'amount', amountMinor };
}
