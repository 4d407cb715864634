import { Alert, Button, Container, Paper, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useRef, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { useStore } from '../../app/stores.ts';
import { canManage, useUser } from '../../app/user.ts';
import { newId } from '../../client/ids.ts';
import type { DeviceRegister } from '../../client/receiptSeries.ts';
import { registerSchema } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

interface Props {
  onReady: (register: DeviceRegister) => void;
  onWithout: () => void;
}

/** First use: one step makes this device a register. It is never made an existing one, whose numbers another device gives out. */
export function RegisterSetup({ onReady, onWithout }: Props) {
  const { api, receipts } = useServices();
  const store = useStore();
  const isManager = canManage(useUser());
  const [name, setName] = useState(m.register.defaultName);
  // Made once, so that trying again after a lost answer makes no second register.
  const ids = useRef({ id: newId(), operationId: newId() });
  const make = () => {
    const { id, operationId } = ids.current;
    const body = { id, name: name.trim() };
    return api.send('POST', `/api/stores/${store.id}/registers`, registerSchema, { operationId, body });
  };
  const setUp = useMutation({
    mutationFn: async () => {
      const first = await make();
      if (first.key !== undefined) return receipts.adopt(store, first);
      // The answer with the key was lost, and a key is told once: that register is nobody's, so another one is made.
      ids.current = { id: newId(), operationId: newId() };
      return receipts.adopt(store, await make());
    },
    onSuccess: onReady,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setUp.mutate();
  };
  return (
    <Container component="main" size="xs" py="xl" w="100%">
      <Paper withBorder p="lg" component="form" onSubmit={submit}>
        <Stack>
          <Title order={1} size="h3">
            {m.register.title}
          </Title>
          <Text>{m.register.text}</Text>
          {isManager ? (
            <>
              <TextInput
                label={m.register.name}
                size="md"
                required
                withAsterisk={false}
                maxLength={60}
                value={name}
                onChange={(event) => setName(event.currentTarget.value)}
              />
              {setUp.isError && <ProblemNotice what={m.register.failed} error={setUp.error} />}
              <Button type="submit" size="lg" autoFocus loading={setUp.isPending}>
                {m.register.submit}
              </Button>
            </>
          ) : (
            <Alert color="orange">{m.register.needsManager}</Alert>
          )}
          <Button variant={isManager ? 'subtle' : 'filled'} size="md" onClick={onWithout}>
            {m.register.without}
          </Button>
          <Text size="sm" c="dimmed">
            {m.register.withoutHint}
          </Text>
        </Stack>
      </Paper>
    </Container>
  );
}
