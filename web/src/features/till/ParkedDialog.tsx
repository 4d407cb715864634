import { Button, Modal, Stack, Text } from '@mantine/core';
import { useFormat, useStore } from '../../app/stores.ts';
import { priceTicket } from '../../client/ticketPricing.ts';
import { m } from '../../messages/index.ts';
import type { Till } from './useTill.ts';

interface Props {
  opened: boolean;
  till: Till;
  onClose: () => void;
}

/** F7 with several parked tickets: which one comes back. */
export function ParkedDialog({ opened, till: { state, dispatch }, onClose }: Props) {
  const format = useFormat();
  const store = useStore();
  const recall = (parkedId: number) => {
    dispatch({ type: 'recall', parkedId, nowMs: Date.now() });
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={m.parked.title}
      closeButtonProps={{ 'aria-label': m.close }}
      returnFocus={false}
    >
      <Stack gap="xs" pt={4}>
        {state.parked.length === 0 && <Text c="dimmed">{m.parked.empty}</Text>}
        {state.parked.map(({ parkedId, parkedAtMs, ticket }, index) => (
          <Button
            key={parkedId}
            variant="default"
            h={56}
            justify="space-between"
            data-autofocus={index === 0 || undefined}
            onClick={() => recall(parkedId)}
          >
            {ticket.customer?.name ?? ticket.lines[0]?.name} · {m.till.items(ticket.lines.length)}
            <Text span c="dimmed" size="sm" mx="md">
              {m.parked.at(format.time(parkedAtMs))}
            </Text>
            {format.money(priceTicket(ticket, store).totalMinor)}
          </Button>
        ))}
      </Stack>
    </Modal>
  );
}
