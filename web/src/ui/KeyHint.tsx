import { Kbd } from '@mantine/core';
import classes from './ui.module.css';

/** The key of an action, shown on its button; hidden where there is no keyboard to press it on. */
export function KeyHint({ keys }: { keys: string }) {
  return (
    <Kbd className={classes.keyHint} aria-hidden>
      {keys}
    </Kbd>
  );
}
