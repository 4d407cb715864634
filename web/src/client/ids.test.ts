import { expect, test } from 'vitest';
import { newId } from './ids.ts';

test('An id carries its version, its variant and the millisecond it was made in', () => {
  const nowMs = 1_790_000_000_123;

  const id = newId(nowMs);

  expect(id).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  expect(Number.parseInt(id.replace('-', '').slice(0, 12), 16)).toBe(nowMs);
});

test('Ids made in the same millisecond differ', () => {
  const ids = new Set(Array.from({ length: 10_000 }, () => newId(1_790_000_000_123)));

  expect(ids.size).toBe(10_000);
});
