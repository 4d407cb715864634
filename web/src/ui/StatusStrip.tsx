import { Popover, Stack, Text, UnstyledButton } from '@mantine/core';
import { type ReactNode, useEffect, useState } from 'react';
import { type Connection, useConnection } from '../app/connection.ts';
import { useServices, useUnsent } from '../app/services.ts';
import { m } from '../messages/index.ts';
import classes from './ui.module.css';

interface Props {
  /** Store, register, cashier: whatever names this screen's place. */
  who: readonly string[];
  left?: ReactNode;
  right?: ReactNode;
}

/** The one place that says the state: where, who, connected or not, what is unsent, how old the data is. */
export function StatusStrip({ who, left, right }: Props) {
  const connection = useConnection();
  return (
    <header className={classes.strip}>
      <div className={classes.stripSide}>
        {left}
        <span className={classes.stripWho}>{who.join(' · ')}</span>
      </div>
      <div className={classes.stripState}>
        <ConnectionWord connection={connection} />
        <UnsentWord />
        <DataAge connection={connection} />
      </div>
      {right}
    </header>
  );
}

export function ConnectionWord({ connection: { state } }: { connection: Connection }) {
  return (
    <span className={classes.connection} role="status" title={state === 'offline' ? m.status.offlineHint : undefined}>
      <span className={classes.dot} data-state={state} aria-hidden />
      <span className={classes.word} data-state={state}>
        {m.status[state]}
      </span>
    </span>
  );
}

function UnsentWord() {
  const { outbox } = useServices();
  const unsent = useUnsent();
  const refused = unsent.filter((sale) => sale.refusal !== undefined);
  const waiting = unsent.length - refused.length;
  const state = waiting > 0 ? 'offline' : undefined;
  return (
    <>
      <span className={classes.word} data-state={state}>
        {m.status.unsent(waiting)}
      </span>
      {refused.length > 0 && (
        <Popover width={320} position="bottom-end" withArrow>
          <Popover.Target>
            <UnstyledButton c="var(--cs-bad)" fw={600} fz="sm" mih={36}>
              {m.status.refused(refused.length)}
            </UnstyledButton>
          </Popover.Target>
          <Popover.Dropdown>
            <Stack gap="xs" style={{ whiteSpace: 'normal' }}>
              <Text fw={600}>{m.status.refusedTitle}</Text>
              <Text size="sm">{m.status.refusedText}</Text>
              {refused.map((sale) => (
                <Text key={sale.operationId} size="sm">
                  {sale.label}: {sale.refusal?.message}{' '}
                  <Text span c="dimmed" size="xs">
                    {sale.refusal?.code}
                  </Text>
                </Text>
              ))}
              <UnstyledButton c="var(--cs-accent)" fw={600} mih={44} onClick={() => void outbox.retryRefused()}>
                {m.retry}
              </UnstyledButton>
            </Stack>
          </Popover.Dropdown>
        </Popover>
      )}
    </>
  );
}

function DataAge({ connection: { heardAtMs } }: { connection: Connection }) {
  const nowMs = useNowMs(1000);
  if (heardAtMs === undefined) return null;
  return <span className={classes.age}>{m.status.age(ageText(nowMs - heardAtMs))}</span>;
}

export function ageText(ageMs: number): string {
  const seconds = Math.max(0, Math.round(ageMs / 1000));
  if (seconds < 60) return m.status.seconds(seconds);
  return seconds < 3600 ? m.status.minutes(Math.floor(seconds / 60)) : m.status.hours(Math.floor(seconds / 3600));
}

/** The time, told again every `everyMs`. */
export function useNowMs(everyMs: number): number {
  const [nowMs, setNowMs] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNowMs(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, [everyMs]);
  return nowMs;
}
