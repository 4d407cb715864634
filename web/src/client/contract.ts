/**
 * Holds what this SDK reads and writes against the server's own description of its API (`schema.d.ts`, `npm run types`).
 * There is nothing here at run time: a field that is gone, renamed or of another type stops the compiler.
 */
import type { z } from 'zod';
import type { RecordSale } from './recordSale.ts';
import type { components } from './schema.d.ts';
import type * as wire from './wire.ts';

type Schemas = components['schemas'];

/** True when everything the server may say is what the parser takes, and the parser reads no field the server does not have. */
type Reads<Said, Parser extends z.ZodType> = [Said] extends [z.input<Parser>]
  ? Exclude<keyof z.input<Parser>, keyof Said> extends never
    ? true
    : { neverSaid: Exclude<keyof z.input<Parser>, keyof Said> }
  : { notUnderstood: Said };

/** True when the server takes what is written, and knows every field of it. */
type Writes<Written, Taken> = [Written] extends [DeepReadonly<Taken>]
  ? Exclude<keyof Written, keyof Taken> extends never
    ? true
    : { notKnown: Exclude<keyof Written, keyof Taken> }
  : { notTaken: Written };

type DeepReadonly<T> = T extends object ? { readonly [Key in keyof T]: DeepReadonly<T[Key]> } : T;

type Holds<Check extends true> = Check;

export type Contract = [
  Holds<Reads<Schemas['SignedIn'], typeof wire.grantSchema>>,
  Holds<Reads<Schemas['SignedInUser'], typeof wire.userSchema>>,
  Holds<Reads<Schemas['StoreInfo'], typeof wire.storeSchema>>,
  Holds<Reads<Schemas['TaxClassInfo'], typeof wire.taxClassSchema>>,
  Holds<Reads<Schemas['RegisterCreated'] & Schemas['RegisterInfo'], typeof wire.registerSchema>>,
  Holds<Reads<Schemas['CategoryInfo'], typeof wire.categorySchema>>,
  Holds<Reads<Schemas['ProductInfo'], typeof wire.productSchema>>,
  Holds<Reads<Schemas['CustomerInfo'], typeof wire.customerSchema>>,
  Holds<Reads<Schemas['Sale'], typeof wire.saleSchema>>,
  Holds<Reads<Schemas['SaleLine'], typeof wire.saleLineSchema>>,
  Holds<Reads<Schemas['Refund'], typeof wire.refundSchema>>,
  Holds<Reads<Schemas['LiveFigures'], typeof wire.liveSchema>>,
  Holds<Reads<Schemas['LiveSale'], typeof wire.newestSaleSchema>>,
  Holds<Reads<Schemas['Problem'], typeof wire.problemSchema>>,
  Holds<Writes<RecordSale, Schemas['RecordSale']>>,
  Holds<Writes<RecordSale['lines'][number], Schemas['SoldLine']>>,
];
