import { Alert, Paper, SegmentedControl, Stack, Title } from '@mantine/core';
import { useState } from 'react';
import { useServices } from '../../app/services.ts';
import { m } from '../../messages/index.ts';
import { useTitle } from '../../ui/useTitle.ts';
import { PasswordForm } from './PasswordForm.tsx';
import { PinPad } from './PinPad.tsx';
import classes from './SignInPage.module.css';

/** Sign-in with e-mail and password; on a registered till also with a PIN, which comes first there. */
export default function SignInPage({ ended }: { ended: boolean }) {
  const { receipts } = useServices();
  useTitle(m.signIn.title);
  const [registers] = useState(() => receipts.registers());
  const [method, setMethod] = useState(registers.length > 0 ? 'pin' : 'password');
  return (
    <main className={classes.page}>
      <Stack w="100%" maw={380} gap="md">
        <div className={classes.brand}>
          <img src="/icon.svg" alt="" width={36} height={36} />
          <span>{m.appName}</span>
        </div>
        {ended && <Alert color="orange">{m.signIn.ended}</Alert>}
        <Paper withBorder p="lg">
          <Title order={1} size="h3" mb="md">
            {m.signIn.title}
          </Title>
          {registers.length > 0 && (
            <SegmentedControl
              fullWidth
              mb="md"
              aria-label={m.signIn.method}
              value={method}
              onChange={setMethod}
              data={[
                { value: 'pin', label: m.signIn.withPin },
                { value: 'password', label: m.signIn.withPassword },
              ]}
            />
          )}
          {method === 'pin' ? <PinPad registers={registers} /> : <PasswordForm />}
        </Paper>
      </Stack>
    </main>
  );
}
