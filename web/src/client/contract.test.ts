import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';

const read = (path: string) => readFileSync(new URL(path, import.meta.url));

test('the generated types are those of the API as it is described now; else run npm run types', () => {
  const hash = createHash('sha256').update(read('../../../docs/openapi.json')).digest('hex');

  expect(read('./schema.d.ts').toString()).toContain(`(sha256 ${hash})`);
});
