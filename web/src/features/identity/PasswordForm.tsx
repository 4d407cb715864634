import { Button, PasswordInput, Stack, TextInput } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';

export function PasswordForm() {
  const { session } = useServices();
  const [email, setEmail] = useState('');
  const [password, setPassword] = useState('');
  const signIn = useMutation({ mutationFn: () => session.signIn(email.trim(), password) });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    signIn.mutate();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label={m.signIn.email}
          type="email"
          name="email"
          autoComplete="username"
          autoCapitalize="none"
          size="md"
          required
          withAsterisk={false}
          autoFocus
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
        />
        <PasswordInput
          label={m.signIn.password}
          name="password"
          autoComplete="current-password"
          size="md"
          required
          withAsterisk={false}
          value={password}
          onChange={(event) => setPassword(event.currentTarget.value)}
        />
        {signIn.isError && <ProblemNotice what={m.signIn.failed} error={signIn.error} />}
        <Button type="submit" size="md" mt="xs" fullWidth loading={signIn.isPending}>
          {m.signIn.submit}
        </Button>
      </Stack>
    </form>
  );
}
