import { expect, test } from 'vitest';
import { WedgeDetector, type WedgeVerdict } from './wedge.ts';

function type(detector: WedgeDetector, keys: readonly string[], gapMs: number, startMs = 1000): WedgeVerdict[] {
  return keys.map((key, index) => detector.push(key, startMs + index * gapMs));
}

test('Keys that come as fast as a scanner sends them are a scan', () => {
  const verdicts = type(new WedgeDetector(), [...'4006381333931', 'Enter'], 8);

  expect(verdicts.at(0)).toEqual({ kind: 'first' });
  expect(verdicts.at(-1)).toEqual({ kind: 'scan', code: '4006381333931' });
});

test('Keys that come as fast as a person types are typing', () => {
  const verdicts = type(new WedgeDetector(), [...'4006381333931', 'Enter'], 70);

  expect(verdicts.filter((verdict) => verdict.kind === 'scan')).toEqual([]);
});

test('An Enter that a person presses after a pause does not turn quick typing into a scan', () => {
  const detector = new WedgeDetector();
  type(detector, [...'12345'], 10);

  expect(detector.push('Enter', 1400)).toEqual({ kind: 'typed' });
});

test('A code shorter than four keys is typing', () => {
  expect(type(new WedgeDetector(), ['1', '2', 'Enter'], 5).at(-1)).toEqual({ kind: 'typed' });
});

test('A scan is not lengthened by what was typed before it', () => {
  const detector = new WedgeDetector();
  type(detector, [...'oat'], 120, 0);

  expect(type(detector, [...'50123452', 'Tab'], 6, 2000).at(-1)).toEqual({ kind: 'scan', code: '50123452' });
});

test('Shift between the characters of a scan is no part of the code', () => {
  const keys = ['Shift', 'A', 'B', 'Shift', 'C', '-', '1', 'Enter'];

  expect(type(new WedgeDetector(), keys, 4).at(-1)).toEqual({ kind: 'scan', code: 'ABC-1' });
});

test('Two scans in a row are two codes', () => {
  const detector = new WedgeDetector();

  expect(type(detector, [...'11111111', 'Enter'], 5, 0).at(-1)).toEqual({ kind: 'scan', code: '11111111' });
  expect(type(detector, [...'22222222', 'Enter'], 5, 50).at(-1)).toEqual({ kind: 'scan', code: '22222222' });
});
