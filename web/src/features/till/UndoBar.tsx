import { Button } from '@mantine/core';
import { Undo2 } from 'lucide-react';
import { m } from '../../messages/index.ts';
import classes from './Till.module.css';
import type { Till } from './useTill.ts';

/** Undo instead of "are you sure": stays until the next change of the ticket. */
export function UndoBar({ till: { state, dispatch } }: { till: Till }) {
  if (state.undo === undefined) return null;
  const { what, name } = state.undo;
  return (
    <div className={classes.undo} role="status">
      <span>{what === 'cleared' ? m.till.cleared : m.till.removed(name)}</span>
      <Button
        variant="subtle"
        h={44}
        leftSection={<Undo2 size={18} aria-hidden />}
        onClick={() => dispatch({ type: 'undo' })}
      >
        {m.till.undo}
      </Button>
    </div>
  );
}
