import { expect, test } from 'vitest';
import { localHour, startOfDay } from './days.ts';

test.each([
  ['2026-01-15', 'Europe/Berlin', 0, '2026-01-14T23:00:00.000Z'],
  ['2026-07-15', 'Europe/Berlin', 0, '2026-07-14T22:00:00.000Z'],
  ['2026-03-29', 'Europe/Berlin', 1, '2026-03-29T22:00:00.000Z'],
  ['2026-10-25', 'Europe/Berlin', 1, '2026-10-25T23:00:00.000Z'],
  ['2026-11-01', 'America/New_York', 0, '2026-11-01T04:00:00.000Z'],
  ['2026-06-01', 'Asia/Kolkata', 0, '2026-05-31T18:30:00.000Z'],
])('The day %s in %s, %i days on, begins at its own midnight', (day, zone, plusDays, expected) => {
  expect(startOfDay(day, zone, plusDays).toISOString()).toBe(expected);
});

test('What is no date is refused', () => {
  expect(() => startOfDay('2026-13-01', 'Europe/Berlin')).toThrow(RangeError);
});

test('The hour of a sale is that of its store', () => {
  expect(localHour('2026-07-14T22:30:00Z', 'Europe/Berlin')).toBe(0);
  expect(localHour('2026-07-14T22:30:00Z', 'America/New_York')).toBe(18);
});
