/** What one key press turned out to be. */
export type WedgeVerdict =
  | { kind: 'typed' }
  /** The first key of what may become a scan: the moment to remember what the focused field held. */
  | { kind: 'first' }
  | { kind: 'scan'; code: string };

export interface WedgeOptions {
  /** Longest pause between two keys of one scan, in milliseconds. Scanners send every 1–30 ms, over Bluetooth too; people need 60 and more. */
  maxGapMs?: number;
  /** Shortest code taken for a scan: two quick keys of a person are not one. */
  minLength?: number;
}

/**
 * Tells a keyboard-wedge scanner from a person by the time between keys. Pure: it is fed keys with their times.
 * A code ends with Enter or Tab, as scanners are delivered.
 */
export class WedgeDetector {
  private readonly maxGapMs: number;
  private readonly minLength: number;
  private buffer = '';
  private lastMs = Number.NEGATIVE_INFINITY;

  constructor(options: WedgeOptions = {}) {
    this.maxGapMs = options.maxGapMs ?? 50;
    this.minLength = options.minLength ?? 4;
  }

  /**
   * @param key The event's `key`.
   * @param timeMs When it was pressed, on any steadily rising clock.
   */
  push(key: string, timeMs: number): WedgeVerdict {
    const isQuick = timeMs - this.lastMs <= this.maxGapMs;
    if (key === 'Enter' || key === 'Tab') return this.end(isQuick);
    // Shift and its kin come between the characters of a scan and are no part of it.
    if (key.length !== 1) return { kind: 'typed' };
    this.lastMs = timeMs;
    this.buffer = isQuick ? this.buffer + key : key;
    return isQuick ? { kind: 'typed' } : { kind: 'first' };
  }

  private end(isQuick: boolean): WedgeVerdict {
    const code = this.buffer;
    this.buffer = '';
    this.lastMs = Number.NEGATIVE_INFINITY;
    return isQuick && code.length >= this.minLength ? { kind: 'scan', code } : { kind: 'typed' };
  }
}

/**
 * Listens for scans wherever the focus is. A scan that ran into a text field is taken out of it again,
 * and its closing Enter presses nothing.
 *
 * @param target Usually `window`.
 * @param onScan Gets the scanned code. `into` is the field it was typed into, already restored.
 * @returns The way to stop listening.
 */
export function listenForScans(
  target: EventTarget,
  onScan: (code: string, into: HTMLInputElement | undefined) => void,
  options?: WedgeOptions,
): () => void {
  const detector = new WedgeDetector(options);
  let field: { input: HTMLInputElement; value: string } | undefined;

  const listener = (event: Event) => {
    const { key, timeStamp, ctrlKey, altKey, metaKey, isComposing } = event as KeyboardEvent;
    if (ctrlKey || altKey || metaKey || isComposing) return;
    const verdict = detector.push(key, timeStamp);
    if (verdict.kind === 'first') {
      field = event.target instanceof HTMLInputElement ? { input: event.target, value: event.target.value } : undefined;
    } else if (verdict.kind === 'scan') {
      event.preventDefault();
      event.stopImmediatePropagation();
      if (field !== undefined) restore(field.input, field.value);
      onScan(verdict.code, field?.input);
    }
  };

  target.addEventListener('keydown', listener, { capture: true });
  return () => target.removeEventListener('keydown', listener, { capture: true });
}

function restore(input: HTMLInputElement, value: string): void {
  // Through the prototype's setter and an event, as a person's typing would, so that a framework notices.
  Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set?.call(input, value);
  input.dispatchEvent(new Event('input', { bubbles: true }));
}
