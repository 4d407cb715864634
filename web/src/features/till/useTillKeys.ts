import { useEffect, useLayoutEffect, useRef } from 'react';
import { flushSync } from 'react-dom';
import { focusMainField, isEditable, mainFieldId } from './focus.ts';
import type { Entry } from './useEntry.ts';
import type { Till } from './useTill.ts';
import type { TillActions } from './useTillActions.ts';

type Keys = Record<string, () => void>;

/** The till's keys, wherever the focus is; typing finds its way to the scan field by itself. */
export function useTillKeys(till: Till, entry: Entry, actions: TillActions): void {
  const { phase } = till.state;
  const latest = useRef<(event: KeyboardEvent) => void>(() => undefined);

  // Before the screen shows: a key always means what stands there.
  useLayoutEffect(() => {
    latest.current = (event) => {
      if (event.defaultPrevented || event.ctrlKey || event.altKey || event.metaKey || actions.dialog !== undefined)
        return;
      const action = keysFor(placeOf(event.target), till, entry, actions)[event.key];
      if (action !== undefined) {
        event.preventDefault();
        action();
      } else if (event.key.length === 1 && event.key !== ' ' && !isEditable(event.target)) {
        // Drawn at once: the field of the next ticket must be there to take the character.
        if (phase === 'done') flushSync(() => till.dispatch({ type: 'next' }));
        // The focus moves before the browser delivers the character, so it lands in the field.
        document.getElementById(mainFieldId)?.focus();
      }
    };
  });

  useLayoutEffect(() => {
    const listener = (event: KeyboardEvent) => latest.current(event);
    window.addEventListener('keydown', listener);
    return () => window.removeEventListener('keydown', listener);
  }, []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: each phase has its own field, and typing belongs there at once.
  useEffect(focusMainField, [phase]);
}

/** Where a key was pressed: a button has its own Enter, another field its own letters and arrows. */
type Place = 'main-field' | 'other-field' | 'button' | 'page';

function placeOf(target: EventTarget | null): Place {
  if (!(target instanceof HTMLElement)) return 'page';
  if (target.id === mainFieldId) return 'main-field';
  if (isEditable(target)) return 'other-field';
  return target.closest('button, a') === null ? 'page' : 'button';
}

function keysFor(place: Place, till: Till, entry: Entry, actions: TillActions): Keys {
  const { phase } = till.state;
  const isFree = place !== 'other-field';
  const keys = { ...everywhere(actions), ...(isFree ? phaseKeys(phase, till, entry, actions) : {}) };
  if (place === 'button') delete keys.Enter;
  return keys;
}

function phaseKeys(phase: Till['state']['phase'], till: Till, entry: Entry, actions: TillActions): Keys {
  if (phase === 'paying') return { Escape: () => till.dispatch({ type: 'back' }) };
  if (phase === 'done') return { Enter: () => till.dispatch({ type: 'next' }), F9: () => window.print() };
  return entry.text === '' ? emptyFieldKeys(till, actions) : searchKeys(entry);
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

function searchKeys(entry: Entry): Keys {
  return {
    Enter: entry.enter,
    ArrowDown: () => entry.moveActive(entry.columns.current),
    ArrowUp: () => entry.moveActive(-entry.columns.current),
    Escape: () => entry.setText(''),
  };
}

function emptyFieldKeys({ dispatch, state }: Till, actions: TillActions): Keys {
  const lineId = state.selectedLineId;
  const onLine = (act: (lineId: number) => void) => () => {
    if (lineId !== undefined) act(lineId);
  };
  const change = (byMilli: number) => onLine((id) => dispatch({ type: 'change-quantity', lineId: id, byMilli }));
  return {
    Enter: actions.pay,
    '?': () => actions.open('keys'),
    ArrowDown: () => dispatch({ type: 'move-selection', by: 1 }),
    ArrowUp: () => dispatch({ type: 'move-selection', by: -1 }),
    '+': change(1000),
    '-': change(-1000),
    Delete: onLine((id) => dispatch({ type: 'remove', lineId: id })),
    Escape: () => dispatch({ type: 'multiply', quantityMilli: undefined }),
  };
}
