import type { Discount } from '../../client/pricing.ts';
import type { Format } from '../../ui/format.ts';

export function discountText(discount: Discount, format: Format): string {
  return discount.kind === 'percent'
    ? `−${format.percent(discount.ratePpm)}`
    : `−${format.money(discount.amountMinor)}`;
}
