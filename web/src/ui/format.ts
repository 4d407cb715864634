import type { Store } from '../client/wire.ts';

type Rules = Pick<Store, 'currency' | 'currencyDigits' | 'locale' | 'timeZone'>;

/** Writes amounts, quantities and times the way a store's people read them. */
export interface Format {
  /** With the currency, for totals and single figures. */
  money(minor: number): string;
  /** Without the currency, for columns that name it once. */
  amount(minor: number): string;
  quantity(milli: number): string;
  percent(ppm: number): string;
  time(instant: string | number): string;
  dateTime(instant: string | number): string;
  count(value: number): string;
}

const known = new Map<string, Format>();

/** The format of a store; made once for each set of rules. */
export function formatFor(rules: Rules): Format {
  const key = [rules.locale, rules.currency, rules.currencyDigits, rules.timeZone].join(' ');
  const format = known.get(key) ?? createFormat(rules);
  known.set(key, format);
  return format;
}

function createFormat({ locale, currency, currencyDigits: digits, timeZone }: Rules): Format {
  const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
  const money = new Intl.NumberFormat(locale, { style: 'currency', currency, ...fraction });
  const amount = new Intl.NumberFormat(locale, fraction);
  const quantity = new Intl.NumberFormat(locale, { maximumFractionDigits: 3 });
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 4 });
  const time = new Intl.DateTimeFormat(locale, { timeZone, timeStyle: 'short' });
  const dateTime = new Intl.DateTimeFormat(locale, { timeZone, dateStyle: 'short', timeStyle: 'short' });
  const unit = 10 ** digits;
  return {
    money: (minor) => money.format(minor / unit),
    amount: (minor) => amount.format(minor / unit),
    quantity: (milli) => quantity.format(milli / 1000),
    percent: (ppm) => percent.format(ppm / 1_000_000),
    time: (instant) => time.format(new Date(instant)),
    dateTime: (instant) => dateTime.format(new Date(instant)),
    count: (value) => quantity.format(value),
  };
}
