import { Button, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Delete } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { ApiProblem } from '../../client/api.ts';
import type { DeviceRegister } from '../../client/receiptSeries.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import classes from './SignInPage.module.css';

const LENGTH = 4;
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Four digits by touch or by keyboard; the fourth signs in. */
export function PinPad({ registers }: { registers: readonly DeviceRegister[] }) {
  const { session } = useServices();
  const [storeId, setStoreId] = useState(registers[0]?.storeId ?? '');
  const [pin, setPin] = useState('');
  const register = registers.find((candidate) => candidate.storeId === storeId);
  const signIn = useMutation({
    mutationFn: async (entered: string) => {
      if (register !== undefined) await session.signInWithPin(register, entered);
    },
    onError: () => setPin(''),
  });
  const { mutate, isPending } = signIn;
  const isWrong = signIn.error instanceof ApiProblem && signIn.error.code === 'auth.invalid';

  useEffect(() => {
    if (pin.length === LENGTH) mutate(pin);
  }, [pin, mutate]);

  const type = (digit: string) => setPin((current) => (isPending ? current : (current + digit).slice(0, LENGTH)));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement) return;
      if (/^\d$/.test(event.key)) setPin((current) => (current + event.key).slice(0, LENGTH));
      if (event.key === 'Backspace') setPin((current) => current.slice(0, -1));
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, []);

  return (
    <Stack gap="sm">
      {registers.length > 1 ? (
        <Select
          label={m.account.store}
          allowDeselect={false}
          value={storeId}
          onChange={(value) => setStoreId(value ?? '')}
          data={registers.map((known) => ({
            value: known.storeId,
            label: m.signIn.pinAt(known.storeName, known.name),
          }))}
        />
      ) : (
        <Text c="dimmed" size="sm">
          {register && m.signIn.pinAt(register.storeName, register.name)}
        </Text>
      )}
      <div className={classes.dots} role="status" aria-label={`${m.signIn.pin}: ${pin.length} / ${LENGTH}`}>
        {[0, 1, 2, 3].map((index) => (
          <span key={index} data-filled={index < pin.length || undefined} />
        ))}
      </div>
      <fieldset
        className={classes.pad}
        disabled={isPending}
        style={{ border: 0, padding: 0, margin: 0 }}
        aria-label={m.signIn.pin}
      >
        {digits.map((digit) => (
          <Button key={digit} variant="default" size="xl" onClick={() => type(digit)}>
            {digit}
          </Button>
        ))}
        <Button variant="subtle" size="xl" px={0} fz="sm" onClick={() => setPin('')}>
          {m.signIn.pinClear}
        </Button>
        <Button variant="default" size="xl" onClick={() => type('0')}>
          0
        </Button>
        <Button
          variant="subtle"
          size="xl"
          px={0}
          aria-label={m.signIn.pinDelete}
          onClick={() => setPin((now) => now.slice(0, -1))}
        >
          <Delete size={22} />
        </Button>
      </fieldset>
      {signIn.isError && (
        <ProblemNotice
          what={m.signIn.failed}
          explanation={isWrong ? m.signIn.wrongPin : undefined}
          error={signIn.error}
        />
      )}
    </Stack>
  );
}
