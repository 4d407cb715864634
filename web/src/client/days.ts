/**
 * The instant at which a local day begins in a time zone, daylight saving and days without a midnight included.
 * @param day `YYYY-MM-DD`.
 * @param timeZone IANA name.
 * @param plusDays Moves by whole local days: 1 gives the end of `day`.
 * @throws {RangeError} when `day` is no date or the zone is unknown.
 */
export function startOfDay(day: string, timeZone: string, plusDays = 0): Date {
  const wallMs = Date.parse(`${day}T00:00:00Z`) + plusDays * 86_400_000;
  if (Number.isNaN(wallMs)) throw new RangeError(`${day} is no date.`);
  const firstMs = wallMs - offsetMs(wallMs, timeZone);
  // The offset at the answer may differ from that at the first guess; after a second step it is settled.
  return new Date(wallMs - offsetMs(firstMs, timeZone));
}

/** The hour of the local day, 0 to 23. */
export function localHour(instant: string | number, timeZone: string): number {
  return Number(partsOf(new Date(instant), timeZone).hour);
}

function offsetMs(instantMs: number, timeZone: string): number {
  const { year, month, day, hour, minute, second } = partsOf(new Date(instantMs), timeZone);
  return Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - Math.floor(instantMs / 1000) * 1000;
}

const formats = new Map<string, Intl.DateTimeFormat>();

function partsOf(instant: Date, timeZone: string): Record<string, string> {
  let format = formats.get(timeZone);
  if (format === undefined) {
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      hourCycle: 'h23',
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
      hour: '2-digit',
      minute: '2-digit',
      second: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return Object.fromEntries(format.formatToParts(instant).map((part) => [part.type, part.value]));
}
