import type { Category } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import classes from './Till.module.css';

interface Props {
  categories: readonly Category[];
  chosen: string | undefined;
  onChoose: (categoryId: string | undefined) => void;
}

export function CategoryBar({ categories, chosen, onChoose }: Props) {
  if (categories.length === 0) return null;
  const all = [{ id: undefined, name: m.till.allCategories }, ...categories];
  return (
    <nav className={classes.categories} aria-label={m.till.categories}>
      {all.map(({ id, name }) => (
        <button
          key={id ?? 'all'}
          type="button"
          className={classes.category}
          aria-pressed={id === chosen}
          onClick={() => onChoose(id)}
        >
          {name}
        </button>
      ))}
    </nav>
  );
}
