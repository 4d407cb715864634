import { Button, Select, Stack, Text } from '@mantine/core';
import { useMutation } from '@tanstack/react-query';
import { Delete } from 'lucide-react';
import { type MouseEvent, useEffect, useState } from 'react';
import { useServices } from '../../app/services.ts';
import { ApiProblem } from '../../client/api.ts';
import type { DeviceRegister } from '../../client/receiptSeries.ts';
import { m } from '../../messages/index.ts';
import { ProblemNotice } from '../../ui/ProblemNotice.tsx';
import classes from './SignInPage.module.css';

const SHORTEST = 4;
const LONGEST = 8;
const places = [0, 1, 2, 3, 4, 5, 6, 7];
const digits = ['1', '2', '3', '4', '5', '6', '7', '8', '9'];

/** Four to eight digits by touch or by keyboard. */
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

  const enter = () => {
    if (pin.length >= SHORTEST && !isPending) mutate(pin);
  };
  const type = (digit: string) => setPin((current) => (isPending ? current : (current + digit).slice(0, LONGEST)));
  const erase = () => setPin((current) => current.slice(0, -1));
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.target instanceof HTMLInputElement && event.target.type !== 'radio') return;
      if (/^\d$/.test(event.key)) type(event.key);
      else if (event.key === 'Backspace') erase();
      else if (event.key === 'Enter' && !(event.target instanceof HTMLButtonElement)) enter();
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  });

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
      <div className={classes.dots} role="status" aria-label={m.signIn.pinTyped(pin.length)}>
        {places.slice(0, Math.max(SHORTEST, pin.length)).map((place) => (
          <span key={place} data-filled={place < pin.length || undefined} />
        ))}
      </div>
      <fieldset className={classes.pad} disabled={isPending} aria-label={m.signIn.pin} onMouseDown={keepFocus}>
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
        <Button variant="subtle" size="xl" px={0} aria-label={m.signIn.pinDelete} onClick={erase}>
          <Delete size={22} />
        </Button>
      </fieldset>
      <Button size="lg" disabled={pin.length < SHORTEST} loading={isPending} onClick={enter}>
        {m.signIn.submit}
      </Button>
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

/** A tap on a digit leaves the focus where it is, so that Enter on a keyboard signs in and types no digit again. */
function keepFocus(event: MouseEvent): void {
  event.preventDefault();
}
