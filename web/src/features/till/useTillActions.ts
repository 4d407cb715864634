import { useState } from 'react';
import { focusMainField } from './focus.ts';
import type { Till } from './useTill.ts';

export type Dialog = 'customer' | 'discount' | 'parked' | 'keys';

export interface TillActions {
  dialog: Dialog | undefined;
  open(dialog: Dialog): void;
  close(): void;
  park(): void;
  recall(): void;
  pay(): void;
  /** On a narrow screen: whether the ticket covers the products. */
  isTicketOpen: boolean;
  toggleTicket(): void;
}

/** What the buttons around the ticket and their keys do. */
export function useTillActions(till: Till): TillActions {
  const [dialog, setDialog] = useState<Dialog>();
  const [isTicketOpen, setTicketOpen] = useState(false);
  const { state, dispatch } = till;

  const open = (next: Dialog) => {
    const needsTicket = next === 'discount' && (state.ticket.lines.length === 0 || state.phase === 'done');
    if (!needsTicket) setDialog(next);
  };
  const recall = () => {
    const [only, ...others] = state.parked;
    if (only === undefined || others.length > 0) open('parked');
    else dispatch({ type: 'recall', parkedId: only.parkedId, nowMs: Date.now() });
  };
  return {
    dialog,
    open,
    close: () => {
      setDialog(undefined);
      // After the dialog has given the focus back to where it was.
      requestAnimationFrame(focusMainField);
    },
    park: () => dispatch({ type: 'park', nowMs: Date.now() }),
    recall,
    pay: () => {
      setTicketOpen(false);
      dispatch({ type: 'pay' });
    },
    isTicketOpen,
    toggleTicket: () => setTicketOpen((isOpen) => !isOpen),
  };
}
