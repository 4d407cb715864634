import type { Product } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import type { Format } from '../../ui/format.ts';
import classes from './Till.module.css';

interface Props {
  product: Product;
  format: Format;
  inBasketMilli: number | undefined;
  /** Enter adds this one. */
  isActive: boolean;
  onChoose: (product: Product) => void;
}

export function ProductTile({ product, format, inBasketMilli, isActive, onChoose }: Props) {
  const stock = stockOf(product);
  const price = format.amount(product.priceMinor);
  return (
    <button
      type="button"
      className={classes.tile}
      data-active={isActive || undefined}
      title={product.name}
      aria-label={`${product.name}, ${format.money(product.priceMinor)}, ${m.till.stock[stock]}`}
      onClick={() => onChoose(product)}
    >
      <span className={classes.tileName}>{product.name}</span>
      <span className={classes.tileFoot}>
        <span>{price}</span>
        {inBasketMilli !== undefined && <span className={classes.tileCount}>{format.quantity(inBasketMilli)} ×</span>}
        <span className={classes.stock} data-stock={stock} />
      </span>
    </button>
  );
}

function stockOf(product: Product): 'full' | 'low' | 'none' {
  const availableMilli = product.onHandMilli - product.reservedMilli;
  if (availableMilli <= 0) return 'none';
  return availableMilli <= (product.lowStockAtMilli ?? 0) ? 'low' : 'full';
}
