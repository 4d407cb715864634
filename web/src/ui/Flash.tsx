import { type ReactNode, useState } from 'react';
import classes from './ui.module.css';

/** Lights up once when `value` changes, so that the eye finds what moved; nothing on the first sight. */
export function Flash({ value, children }: { value: number; children: ReactNode }) {
  const [seen, setSeen] = useState({ value, changes: 0 });
  if (seen.value !== value) setSeen({ value, changes: seen.changes + 1 });
  return (
    <span key={seen.changes} className={seen.changes > 0 ? classes.flash : undefined}>
      {children}
    </span>
  );
}
