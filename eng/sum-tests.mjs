// Sums the reports of all test runners: names what failed or was skipped, and ends with `N passed, N failed`.
// A runner that crashed, or ran no test at all, is a failure of its own.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const folder = process.argv[2];

/** CTRF, which xunit writes: https://ctrf.io. Pending is what runs only on request (Explicit), and no part of this run. */
const fromCtrf = ({ results }) =>
  results.tests
    .filter(({ status }) => status !== 'pending')
    .map(({ name, status, message, trace }) => ({
      name,
      status: status === 'passed' || status === 'failed' ? status : 'skipped',
      detail: [message, trace].filter(Boolean).join('\n'),
    }));

/** Vitest's report in the shape of Jest's; a file that cannot be loaded has no tests but a message. */
const fromVitest = ({ testResults }) =>
  testResults.flatMap((file) =>
    file.assertionResults.length === 0 && file.status === 'failed'
      ? [{ name: file.name, status: 'failed', detail: file.message }]
      : file.assertionResults.map(({ fullName, status, failureMessages }) => ({
          name: fullName,
          status: status === 'passed' || status === 'failed' ? status : 'skipped',
          detail: failureMessages.join('\n'),
        })),
  );

const lastLines = (path) => readFileSync(path, 'utf8').trimEnd().split('\n').slice(-25).join('\n');

/** A check has no report: it is one test, and its exit code is the result. */
const isCheck = (part) => part.endsWith('-check');

function testsOf(part) {
  const exitCode = Number(readFileSync(join(folder, `${part}.exit`), 'utf8'));
  const log = join(folder, `${part}.log`);
  const problem = (name) => ({ name: `${part}: ${name}`, status: 'failed', detail: lastLines(log) });
  if (isCheck(part)) return [exitCode === 0 ? { name: part, status: 'passed' } : problem('the check')];

  let tests;
  try {
    const report = join(folder, `${part}.json`);
    if (!existsSync(report)) return [problem(`the runner wrote no report (exit code ${exitCode})`)];
    const parsed = JSON.parse(readFileSync(report, 'utf8'));
    tests = parsed.testResults ? fromVitest(parsed) : fromCtrf(parsed);
  } catch (error) {
    return [problem(`the runner's report cannot be read (${error.message}; exit code ${exitCode})`)];
  }
  const failed = tests.some(({ status }) => status === 'failed');
  if (exitCode !== 0 && !failed) tests.push(problem(`the runner ended with exit code ${exitCode}`));
  if (tests.every(({ status }) => status === 'skipped')) tests.push(problem('the runner executed no test'));
  return tests;
}

const count = (tests, status) => tests.filter((test) => test.status === status).length;

const parts = readdirSync(folder)
  .filter((file) => file.endsWith('.exit'))
  .map((file) => file.slice(0, -'.exit'.length))
  .sort();
const all = [];
for (const part of parts) {
  const tests = testsOf(part);
  all.push(...tests);
  for (const { name, detail } of tests.filter(({ status }) => status === 'failed'))
    console.log(`\nFAILED ${name}\n${detail.replace(/^/gm, '  ')}`);
  for (const { name, detail } of tests.filter(({ status }) => status === 'skipped'))
    console.log(`SKIPPED ${name}${detail ? `: ${detail}` : ''}`);
  console.log(`${part}: ${count(tests, 'passed')} passed, ${count(tests, 'failed')} failed, ${count(tests, 'skipped')} skipped`);
}

if (all.length === 0) all.push({ status: 'failed' });
const skipped = count(all, 'skipped');
console.log(`${count(all, 'passed')} passed, ${count(all, 'failed')} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`);
process.exitCode = count(all, 'failed') > 0 ? 1 : 0;
