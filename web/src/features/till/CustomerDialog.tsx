import { Button, Loader, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { type Customer, customerSchema, pageSchema } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import type { Till } from './useTill.ts';

const page = pageSchema(customerSchema);

interface Props {
  opened: boolean;
  till: Till;
  onClose: () => void;
}

/** F3: finds a customer and puts them on the ticket. */
export function CustomerDialog({ opened, till, onClose }: Props) {
  const choose = ({ id, name }: Customer) => {
    till.dispatch({ type: 'customer', customer: { id, name } });
    onClose();
  };
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={m.customers.title}
      closeButtonProps={{ 'aria-label': m.close }}
      returnFocus={false}
    >
      <Search onChoose={choose} />
    </Modal>
  );
}

function Search({ onChoose }: { onChoose: (customer: Customer) => void }) {
  const { api } = useServices();
  const store = useStore();
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), 150);
  const isEnough = query.length >= 2;
  const found = useQuery({
    queryKey: ['customers', store.id, query],
    queryFn: ({ signal }) =>
      api.get(`/api/stores/${store.id}/customers`, page, { query: { q: query, limit: 20 }, signal }),
    enabled: isEnough,
    placeholderData: keepPreviousData,
  });
  const customers = isEnough ? (found.data?.items ?? []) : [];
  return (
    <Stack gap="xs">
      <TextInput
        size="md"
        data-autofocus
        label={m.customers.search}
        description={m.customers.hint}
        autoComplete="off"
        rightSection={found.isFetching ? <Loader size="xs" /> : undefined}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
        onKeyDown={(event) => {
          const [first] = customers;
          if (event.key === 'Enter' && first !== undefined && query === text.trim()) onChoose(first);
        }}
      />
      {found.isError && (
        <ProblemNotice what={m.customers.failed} error={found.error} onRetry={() => void found.refetch()} />
      )}
      {isEnough && found.isSuccess && customers.length === 0 && <Text c="dimmed">{m.customers.none(query)}</Text>}
      {customers.map((customer) => (
        <Button key={customer.id} variant="default" h={52} justify="space-between" onClick={() => onChoose(customer)}>
          {customer.name}
          <Text span c="dimmed" size="sm" ml="md">
            {customer.phone ?? customer.email}
          </Text>
        </Button>
      ))}
    </Stack>
  );
}
