import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { useCatalogueVersion } from '../../app/catalogue.ts';
import { useFormat } from '../../app/stores.ts';
import type { Catalogue } from '../../client/catalogue.ts';
import { parseEntry } from '../../client/till.ts';
import { listenForScans } from '../../client/wedge.ts';
import type { Product } from '../../client/wire.ts';
import { m } from '../../messages/index.ts';
import { focusMainField } from './focus.ts';
import type { Till } from './useTill.ts';

export interface Entry {
  text: string;
  setText(text: string): void;
  /** What the text finds, best first. */
  products: readonly Product[];
  /** Place of the product that Enter adds. */
  active: number;
  moveActive(by: number): void;
  /** How many tiles stand in a row: the arrow keys move by it. */
  columns: React.RefObject<number>;
  /** Adds what is found, or takes `3*` as the next quantity. */
  enter(): void;
  choose(product: Product): void;
  /** The code that the last scan did not find. */
  unknownCode: string | undefined;
  /** Told to a screen reader. */
  spoken: string;
}

/** What stands in the scan field, what it finds, and what a scan or Enter does with it. */
export function useEntry(catalogue: Catalogue, till: Till, categoryId: string | undefined): Entry {
  const format = useFormat();
  const version = useCatalogueVersion(catalogue);
  const [text, setTextState] = useState('');
  const [active, setActive] = useState(0);
  const [unknownCode, setUnknownCode] = useState<string>();
  const [lastAdded, setLastAdded] = useState<string>();
  const columns = useRef(1);
  const parsed = parseEntry(text);

  // biome-ignore lint/correctness/useExhaustiveDependencies: the catalogue is one object whose content changes with its version.
  const products = useMemo(
    () => catalogue.search(parsed.text, { categoryId: parsed.text === '' ? categoryId : undefined }),
    [catalogue, version, parsed.text, categoryId],
  );

  const setText = (next: string) => {
    setTextState(next);
    setActive(0);
    if (next !== '') setUnknownCode(undefined);
  };
  const choose = (product: Product) => {
    till.sell(product, parsed.quantityMilli);
    const quantity = format.quantity(parsed.quantityMilli ?? till.state.nextQuantityMilli ?? 1000);
    setLastAdded(m.till.added(quantity, product.name, ''));
    setText('');
    setUnknownCode(undefined);
    focusMainField();
  };
  const enter = () => {
    const exact = catalogue.byCode(parsed.text);
    // A long number that is no known code would find other products by their first digits: never add one of those.
    const looksScanned = /^\d{7,}$/.test(parsed.text);
    const found = exact ?? (looksScanned ? undefined : products[active]);
    if (parsed.text === '' && parsed.quantityMilli !== undefined) {
      till.dispatch({ type: 'multiply', quantityMilli: parsed.quantityMilli });
      setText('');
    } else if (found !== undefined) choose(found);
    else refuse(parsed.text);
  };
  const refuse = (code: string) => {
    setText('');
    setUnknownCode(code);
    setLastAdded(undefined);
  };
  const scan = (code: string) => {
    const product = catalogue.byCode(code);
    if (product === undefined) refuse(code);
    else choose(product);
  };
  useScanner(scan);

  const moveActive = (by: number) => setActive((at) => Math.max(0, Math.min(products.length - 1, at + by)));
  const spoken = unknownCode === undefined ? (lastAdded ?? '') : m.till.unknownCode(unknownCode);
  return { text, setText, products, active, moveActive, columns, enter, choose, unknownCode, spoken };
}

function useScanner(scan: (code: string) => void): void {
  const latest = useRef(scan);
  useEffect(() => {
    latest.current = scan;
  });
  const onScan = useCallback((code: string) => latest.current(code), []);
  // Before the screen shows: what can be seen can be scanned into.
  useLayoutEffect(() => listenForScans(window, onScan), [onScan]);
}
