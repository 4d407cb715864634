/**
 * Reads an amount as a person types it, with comma or point: `12`, `12,5`, `12.50`.
 * @param digits Minor digits of the currency.
 * @returns Minor units, or undefined when it is no amount the currency can hold.
 */
export function parseAmount(text: string, digits: number): number | undefined {
  const match = /^(\d{1,10})?(?:[.,](\d*))?$/.exec(text.trim().replace(/[\s']/g, ''));
  const [, whole, fraction = ''] = match ?? [];
  if (match === null || (whole === undefined && fraction === '') || fraction.length > digits) return undefined;
  return Number(whole ?? '0') * 10 ** digits + Number(fraction.padEnd(digits, '0') || '0');
}

/** Reads a share such as `10` or `7,5` percent. @returns Parts per million in 0..1,000,000, or undefined. */
export function parsePercent(text: string): number | undefined {
  const ratePpm = parseAmount(text.replace('%', ''), 4);
  return ratePpm === undefined || ratePpm > 1_000_000 ? undefined : ratePpm;
}

/** Reads a quantity such as `2` or `0,75`. @returns Thousandths above 0, or undefined. */
export function parseQuantity(text: string): number | undefined {
  const quantityMilli = parseAmount(text, 3);
  return quantityMilli === undefined || quantityMilli === 0 ? undefined : quantityMilli;
}
