// Fails the build when the till's first load grows past its budget: a cheap tablet on shop wifi must open it fast.
import { readFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

const BUDGET_BYTES = 250 * 1024;
const ENTRIES = ['index.html', 'src/app/StaffPages.tsx', 'src/features/till/TillPage.tsx'];

const dist = new URL('../dist/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('.vite/manifest.json', dist), 'utf8'));

/** Every script that must arrive before `key` can run: itself and its static imports. */
function collect(key, seen = new Set()) {
  const chunk = manifest[key];
  if (!chunk) throw new Error(`The build has no entry "${key}"; scripts/budget.mjs must name the till's entry.`);
  if (seen.has(chunk.file)) return seen;
  seen.add(chunk.file);
  for (const next of chunk.imports ?? []) collect(next, seen);
  return seen;
}

const files = new Set(ENTRIES.flatMap((entry) => [...collect(entry)]));
let total = 0;
for (const file of files) {
  const size = gzipSync(readFileSync(new URL(file, dist)), { level: 9 }).length;
  total += size;
  console.log(`${(size / 1024).toFixed(1).padStart(8)} KB  ${file}`);
}
console.log(
  `${(total / 1024).toFixed(1).padStart(8)} KB  gzip, the till's first load (budget ${BUDGET_BYTES / 1024} KB)`,
);
if (total > BUDGET_BYTES) {
  console.error('The till is over its script budget: load the new weight lazily or leave it out.');
  process.exit(1);
}
