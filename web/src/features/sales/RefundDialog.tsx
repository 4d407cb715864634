import { Button, Checkbox, Chip, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { type FormEvent, useState } from 'react';
import { useFormat } from '../../app/stores.ts';
import type { Refund, Sale } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import { RefundLines } from './RefundLines.tsx';
import { useRefund } from './useRefund.ts';

interface Props {
  sale: Sale;
  earlier: readonly Refund[];
  onClose: () => void;
}

/** Which lines come back, why, and the money the way it came. */
export function RefundDialog({ sale, earlier, onClose }: Props) {
  const format = useFormat();
  const refund = useRefund(sale, earlier, onClose);
  const [isReasonMissing, setReasonMissing] = useState(false);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const isMissing = refund.reason.trim() === '';
    setReasonMissing(isMissing);
    if (!isMissing && refund.totalMinor > 0) refund.submit();
  };
  const { payments, cashRoundingMinor } = refund.back;
  return (
    <Modal
      opened
      onClose={onClose}
      size="lg"
      title={m.refund.title(sale.number)}
      closeButtonProps={{ 'aria-label': m.close }}
    >
      <form onSubmit={submit}>
        <Stack>
          <RefundLines sale={sale} chosen={refund.chosen} onChoose={refund.choose} onAll={refund.chooseAll} />
          <div>
            <TextInput
              label={m.refund.reason}
              maxLength={200}
              value={refund.reason}
              error={isReasonMissing && refund.reason.trim() === '' ? m.refund.reasonMissing : undefined}
              onChange={(event) => refund.setReason(event.currentTarget.value)}
            />
            <Group gap={6} mt={8}>
              {m.refund.reasons.map((reason) => (
                <Chip
                  key={reason}
                  size="sm"
                  checked={refund.reason === reason}
                  onChange={() => refund.setReason(reason)}
                >
                  {reason}
                </Chip>
              ))}
            </Group>
          </div>
          <Checkbox
            label={m.refund.restock}
            checked={refund.restock}
            onChange={(event) => refund.setRestock(event.currentTarget.checked)}
          />
          {payments.length > 0 && (
            <Text>
              {m.refund.method}:{' '}
              {payments
                .map(({ method, amountMinor }) => `${m.pay.method[method]} ${format.money(amountMinor)}`)
                .join(' + ')}
            </Text>
          )}
          {refund.error !== null && <ProblemNotice what={m.refund.failed} error={refund.error} />}
          <Button type="submit" size="md" disabled={refund.totalMinor === 0} loading={refund.isPending}>
            {refund.totalMinor === 0
              ? m.refund.nothing
              : m.refund.submit(format.money(refund.totalMinor + cashRoundingMinor))}
          </Button>
        </Stack>
      </form>
    </Modal>
  );
}
