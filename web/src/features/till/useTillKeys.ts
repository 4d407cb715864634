import { useEffect, useRef } from 'react';
import { focusMainField, isEditable, mainFieldId } from './focus.ts';
import type { Entry } from './useEntry.ts';
import type { Till } from './useTill.ts';
import type { TillActions } from './useTillActions.ts';

type Keys = Record<string, () => void>;

/** The till's keys, wherever the focus is; typing finds its way to the scan field by itself. */
export function useTillKeys(till: Till, entry: Entry, actions: TillActions): void {
  const { phase } = till.state;
  const latest = useRef<(event: KeyboardEvent) => void>(() => undefined);

  useEffect(() => {
    latest.current = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || actions.dialog !== undefined) return;
      const isInMainField = event.target instanceof HTMLElement && event.target.id === mainFieldId;
      const isElsewhere = isEditable(event.target) && !isInMainField;
      const isOnButton = event.target instanceof HTMLElement && event.target.closest('button, a') !== null;
      const keys: Keys = {
        ...everywhere(actions),
        ...(!isElsewhere && phase === 'selling' && sellingKeys(till, entry, actions, isOnButton)),
        ...(!isElsewhere && !isOnButton && phase === 'done' && { Enter: () => till.dispatch({ type: 'next' }) }),
        ...(phase === 'done' && { F9: () => window.print() }),
        ...(phase === 'paying' && { Escape: () => till.dispatch({ type: 'back' }) }),
      };
      const action = keys[event.key];
      if (action !== undefined) {
        event.preventDefault();
        action();
      } else if (event.key.length === 1 && event.key !== ' ' && !isEditable(event.target)) {
        // The focus moves before the browser delivers the character, so it lands in the field.
        if (phase === 'done') till.dispatch({ type: 'next' });
        document.getElementById(mainFieldId)?.focus();
      }
    };
  });

  useEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each phase has its own field, and typing belongs there at once.
  useEffect(focusMainField, [phase]);
}

function everywhere(actions: TillActions): Keys {
  return {
    F2: focusMainField,
    F3: () => actions.open('customer'),
    F4: () => actions.open('discount'),
    F6: actions.park,
    F7: actions.recall,
  };
}

function sellingKeys(till: Till, entry: Entry, actions: TillActions, isOnButton: boolean): Keys {
  const { dispatch, state } = till;
  if (entry.text !== '') {
    return {
      ...(!isOnButton && { Enter: entry.enter }),
      ArrowDown: () => entry.moveActive(entry.columns.current),
      ArrowUp: () => entry.moveActive(-entry.columns.current),
      Escape: () => entry.setText(''),
    };
  }
  const lineId = state.selectedLineId;
  const onLine = (act: (lineId: number) => void) => () => {
    if (lineId !== undefined) act(lineId);
  };
  const change = (byMilli: number) => onLine((id) => dispatch({ type: 'change-quantity', lineId: id, byMilli }));
  return {
    ...(!isOnButton && { Enter: actions.pay }),
    '?': () => actions.open('keys'),
    ArrowDown: () => dispatch({ type: 'move-selection', by: 1 }),
    ArrowUp: () => dispatch({ type: 'move-selection', by: -1 }),
    '+': change(1000),
    '-': change(-1000),
    Delete: onLine((id) => dispatch({ type: 'remove', lineId: id })),
    Escape: () => dispatch({ type: 'multiply', quantityMilli: undefined }),
  };
}
