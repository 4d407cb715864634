import type { z } from 'zod';
import type { Api } from './api.ts';
import { eventSchemas } from './events.ts';
import { Listeners } from './platform.ts';
import type { Position } from './realtime.ts';
import { type Category, categorySchema, type Page, type Product, pageSchema, productSchema } from './wire.ts';

const PAGE_SIZE = 500;
const productPage = pageSchema(productSchema);
const categoryPage = pageSchema(categorySchema);
/** Any product event names its product and the version it made; the fields beside them are what changed. */
const changeSchema = eventSchemas['product:updated'];

/** What {@link Catalogue.apply} made of an event. */
export type Applied =
  | { kind: 'ignored' }
  | { kind: 'applied' }
  /** The event names a product without saying all of it: read it and give it to {@link Catalogue.put}. */
  | { kind: 'incomplete'; productId: string };

interface Entry {
  product: Product;
  /** Name, SKU and barcodes in plain lower case, with a blank before every word. */
  text: string;
}

/**
 * Every active product of a store in memory, so that a till finds one without asking anybody.
 * Search is one pass over prepared text: 20,000 products take a millisecond or two, and nothing has to be kept in step.
 */
export class Catalogue {
  /** Where in the store's log it stands; events after it are still to be applied. */
  position: Position | undefined;
  private readonly byId = new Map<string, Entry>();
  private readonly barcodes = new Map<string, string>();
  private readonly skus = new Map<string, string>();
  private sorted: Entry[] | undefined;
  private readonly listeners = new Listeners();
  private departments: readonly Category[];
  private changes = 0;

  constructor(products: Iterable<Product>, categories: Iterable<Category> = [], position?: Position) {
    this.position = position;
    this.departments = inShopOrder(categories);
    for (const product of products) this.insert(product);
  }

  /** Calls back after every change; returns the way to stop. */
  readonly subscribe = this.listeners.subscribe;

  /** Rises with every change. */
  readonly version = (): number => this.changes;

  /** Active departments in the store's own order. */
  get categories(): readonly Category[] {
    return this.departments;
  }

  /** How many active products there are. */
  get size(): number {
    return this.byId.size;
  }

  /** The product with this id; undefined when it is unknown or archived. */
  product(id: string): Product | undefined {
    return this.byId.get(id)?.product;
  }

  /**
   * The product a scanned or typed code stands for: a barcode, in any of the ways scanners write an UPC or EAN, or a SKU.
   */
  byCode(code: string): Product | undefined {
    const plain = code.trim();
    const id = spellings(plain)
      .map((spelling) => this.barcodes.get(spelling))
      .find((found) => found !== undefined);
    return this.product(id ?? this.skus.get(fold(plain)) ?? '');
  }

  /**
   * Products in which every word of `text` begins a word of the name, the SKU or a barcode; those whose name begins
   * with the text come first, then by name. If there are none, words may also stand inside others.
   *
   * @param text What a person typed; nothing typed finds everything.
   * @param options `limit` on the answer's length, `categoryId` to search one department.
   */
  search(text: string, options: { limit?: number; categoryId?: string | undefined } = {}): Product[] {
    const { limit = Number.POSITIVE_INFINITY, categoryId } = options;
    const words = fold(text)
      .split(' ')
      .filter((word) => word !== '');
    const starts = words.map((word) => ` ${word}`);
    const found = this.scan(starts, ` ${words.join(' ')}`, limit, categoryId);
    return found.length > 0 || words.length === 0 ? found : this.scan(words, '', limit, categoryId);
  }

  /**
   * Applies one event of the store's stream (`product:*`, `inventory:*`); anything else is ignored.
   * Applying an event twice, or one that is older than what is known, changes nothing.
   */
  apply(event: { type: string; data: unknown }): Applied {
    switch (event.type) {
      case 'product:created':
      case 'product:updated':
        return this.applyProduct(event.data);
      case 'product:deleted':
        return this.applyDeletion(event.data);
      case 'inventory:updated':
        return this.applyStock(event.data);
      default:
        return { kind: 'ignored' };
    }
  }

  /** Takes the store's departments as they are now. */
  setCategories(categories: Iterable<Category>): void {
    this.departments = inShopOrder(categories);
    this.changed();
  }

  /** Takes a product as the server says it is now; returns false when a newer version is already known. */
  put(product: Product): boolean {
    const known = this.product(product.id);
    if (known !== undefined && known.syncVersion > product.syncVersion) return false;
    this.remove(product.id, false);
    this.insert(product);
    this.changed();
    return true;
  }

  /** An update carries the fields that changed, so it is laid over what is known before it is believed. */
  private applyProduct(data: unknown): Applied {
    const change = changeSchema.safeParse(data);
    if (!change.success) return { kind: 'ignored' };
    const known = this.product(change.data.id);
    const whole = productSchema.safeParse({ ...known, ...change.data });
    if (!whole.success) return { kind: 'incomplete', productId: change.data.id };
    return this.put(whole.data) ? { kind: 'applied' } : { kind: 'ignored' };
  }

  private applyDeletion(data: unknown): Applied {
    const change = changeSchema.safeParse(data);
    if (!change.success || this.product(change.data.id) === undefined) return { kind: 'ignored' };
    this.remove(change.data.id);
    return { kind: 'applied' };
  }

  private applyStock(data: unknown): Applied {
    const stock = eventSchemas['inventory:updated'].safeParse(data);
    if (!stock.success) return { kind: 'ignored' };
    const entry = this.byId.get(stock.data.productId);
    if (entry === undefined) return { kind: 'ignored' };
    entry.product = { ...entry.product, onHandMilli: stock.data.onHandMilli, reservedMilli: stock.data.reservedMilli };
    this.changed();
    return { kind: 'applied' };
  }

  private scan(needles: readonly string[], start: string, limit: number, categoryId: string | undefined): Product[] {
    const leading: Product[] = [];
    const others: Product[] = [];
    for (const { product, text } of this.inOrder()) {
      if (categoryId !== undefined && product.categoryId !== categoryId) continue;
      if (!needles.every((needle) => text.includes(needle))) continue;
      if (text.startsWith(start)) leading.push(product);
      else if (others.length < limit) others.push(product);
      if (leading.length === limit) break;
    }
    return leading.concat(others).slice(0, limit);
  }

  private inOrder(): readonly Entry[] {
    this.sorted ??= [...this.byId.values()].sort((a, b) => (a.text < b.text ? -1 : 1));
    return this.sorted;
  }

  private insert(product: Product): void {
    if (!product.active) return;
    const words = [product.name, product.sku, ...product.barcodes].map(fold).join(' ');
    this.byId.set(product.id, { product, text: ` ${words}` });
    this.skus.set(fold(product.sku), product.id);
    for (const barcode of product.barcodes) this.barcodes.set(barcode, product.id);
    this.sorted = undefined;
  }

  private remove(id: string, tell = true): void {
    const product = this.product(id);
    if (product === undefined) return;
    this.byId.delete(id);
    if (this.skus.get(fold(product.sku)) === id) this.skus.delete(fold(product.sku));
    for (const barcode of product.barcodes) if (this.barcodes.get(barcode) === id) this.barcodes.delete(barcode);
    this.sorted = undefined;
    if (tell) this.changed();
  }

  private changed(): void {
    this.changes += 1;
    this.listeners.notify();
  }
}

/**
 * Loads the whole catalogue of a store, page after page.
 *
 * @param onProgress Told how many products have come so far.
 * @throws {ApiProblem} when a page cannot be read.
 */
export async function loadCatalogue(
  api: Api,
  storeId: string,
  options: { signal?: AbortSignal; onProgress?: (products: number) => void } = {},
): Promise<Catalogue> {
  const base = `/api/stores/${storeId}`;
  const products: Product[] = [];
  const { categories, position } = await loadCategories(api, storeId, options.signal);
  for await (const page of pages(api, `${base}/products`, productPage, options.signal, { active: true })) {
    products.push(...page.items);
    options.onProgress?.(products.length);
  }
  return new Catalogue(products, categories, position);
}

/**
 * Loads every department of a store, and the place in its log they were read at.
 * @throws {ApiProblem} when a page cannot be read.
 */
export async function loadCategories(
  api: Api,
  storeId: string,
  signal?: AbortSignal,
): Promise<{ categories: Category[]; position: Position | undefined }> {
  const categories: Category[] = [];
  let position: Position | undefined;
  for await (const page of pages(api, `/api/stores/${storeId}/categories`, categoryPage, signal)) {
    position ??= page.position;
    categories.push(...page.items);
  }
  return { categories, position };
}

async function* pages<T>(
  api: Api,
  path: string,
  schema: z.ZodType<Page<T>>,
  signal: AbortSignal | undefined,
  query: Record<string, boolean> = {},
): AsyncGenerator<Page<T>> {
  let after: string | undefined;
  do {
    const page: Page<T> = await api.get(path, schema, {
      query: { ...query, limit: PAGE_SIZE, after },
      ...(signal && { signal }),
    });
    yield page;
    after = page.next;
  } while (after !== undefined);
}

function inShopOrder(categories: Iterable<Category>): Category[] {
  return [...categories]
    .filter((category) => category.active)
    .sort((a, b) => a.position - b.position || a.name.localeCompare(b.name));
}

/** Lower case without accents, words parted by single blanks: what is typed on any keyboard finds the name. */
function fold(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{Diacritic}/gu, '')
    .toLowerCase()
    .replace(/ß/g, 'ss')
    .replace(/[^\p{Letter}\p{Number}.%]+/gu, ' ')
    .trim();
}

/** An UPC-A of 12 digits is the EAN-13 with a leading zero, and scanners send either. */
function spellings(code: string): string[] {
  if (/^\d{12}$/.test(code)) return [code, `0${code}`];
  if (/^0\d{12}$/.test(code)) return [code, code.slice(1)];
  return [code];
}
