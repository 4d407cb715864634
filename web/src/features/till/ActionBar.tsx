import { Button } from '@mantine/core';
import { Pause, Percent, Play, UserRound } from 'lucide-react';
import { m } from '../../messages/index.ts';
import { KeyHint } from '../../ui/KeyHint.tsx';
import classes from './Till.module.css';
import type { Till } from './useTill.ts';
import type { TillActions } from './useTillActions.ts';

export function ActionBar({ till: { state }, actions }: { till: Till; actions: TillActions }) {
  const isEmpty = state.ticket.lines.length === 0;
  const all = [
    { key: 'F3', label: m.till.customer, icon: UserRound, act: () => actions.open('customer'), isOff: false },
    { key: 'F4', label: m.till.discount, icon: Percent, act: () => actions.open('discount'), isOff: isEmpty },
    { key: 'F6', label: m.till.park, icon: Pause, act: actions.park, isOff: isEmpty || state.tenders.length > 0 },
    {
      key: 'F7',
      label: m.till.recallCount(state.parked.length),
      icon: Play,
      act: actions.recall,
      isOff: state.parked.length === 0,
    },
  ];
  return (
    <div className={classes.actions}>
      {all.map(({ key, label, icon: Icon, act, isOff }) => (
        <Button
          key={key}
          variant="default"
          h={44}
          px="sm"
          leftSection={<Icon size={18} aria-hidden />}
          rightSection={<KeyHint keys={key} />}
          disabled={isOff}
          onClick={act}
        >
          {label}
        </Button>
      ))}
    </div>
  );
}
