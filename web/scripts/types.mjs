// Writes src/client/schema.d.ts from the server's description of its API. `openapi-typescript` has a folder of its own:
// it needs the compiler API of TypeScript 5, the pages are checked with TypeScript 7.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const path = (relative) => fileURLToPath(new URL(relative, import.meta.url));
const description = path('../../docs/openapi.json');
const output = path('../src/client/schema.d.ts');

execFileSync(path('../tools/api-types/node_modules/.bin/openapi-typescript'), [description, '-o', output], {
  stdio: 'inherit',
});
// A test compares the hash, so that a description that changed cannot be forgotten here.
const hash = createHash('sha256').update(readFileSync(description)).digest('hex');
writeFileSync(output, `// npm run types, from docs/openapi.json (sha256 ${hash})\n${readFileSync(output, 'utf8')}`);
