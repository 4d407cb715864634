/** The field that typing goes to when nothing else is being typed into: the scan field, or the amount while paying. */
export const mainFieldId = 'till-main-field';

/** On touch screens focus opens the keyboard over half the screen; there the scanner is heard without focus. */
export function focusMainField(): void {
  if (window.matchMedia('(pointer: coarse)').matches) return;
  document.getElementById(mainFieldId)?.focus();
}

export function isEditable(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLInputElement || target instanceof HTMLTextAreaElement || target instanceof HTMLSelectElement
  );
}
