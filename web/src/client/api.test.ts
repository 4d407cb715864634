import { expect, test } from 'vitest';
import { z } from 'zod';
import { Api, ApiProblem, type Fetch } from './api.ts';
import { jsonAnswer } from './testing.ts';

const anything = z.unknown();

function recording(answer: () => Response) {
  const sent: { path: string; init: RequestInit }[] = [];
  const fetch: Fetch = async (path, init) => {
    sent.push({ path, init });
    return answer();
  };
  return { api: new Api(undefined, fetch), sent };
}

async function problemOf(call: Promise<unknown>): Promise<ApiProblem> {
  const error = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (!(error instanceof ApiProblem)) throw new Error(`Expected a problem, got ${String(error)}.`);
  return error;
}

test('A write carries its operation id and the version it was made on', async () => {
  const { api, sent } = recording(() => jsonAnswer({}));

  await api.send('PATCH', '/api/x', anything, { operationId: 'op-1', baseVersion: 7, body: { priceMinor: 5 } });

  expect(sent[0]?.init).toMatchObject({ method: 'PATCH', body: '{"priceMinor":5}' });
  expect(sent[0]?.init.headers).toMatchObject({
    'Idempotency-Key': 'op-1',
    'If-Match': '"7"',
    'Content-Type': 'application/merge-patch+json',
  });
});

test('Parameters that are not given are not sent', async () => {
  const { api, sent } = recording(() => jsonAnswer({}));

  await api.get('/api/x', anything, { query: { q: 'a b', after: undefined, limit: 50, from: '' } });

  expect(sent[0]?.path).toBe('/api/x?q=a+b&limit=50');
});

test('A refusal keeps its code, its fields and its reference', async () => {
  const body = {
    code: 'common.invalid',
    detail: 'Look at the fields.',
    errors: { 'lines[0]': ['Bad.'] },
    traceId: 't1',
  };
  const { api } = recording(() => jsonAnswer(body, 400));

  const problem = await problemOf(api.get('/api/x', anything));

  expect(problem).toMatchObject({ status: 400, code: 'common.invalid', message: 'Look at the fields.', traceId: 't1' });
  expect(problem.errors).toEqual({ 'lines[0]': ['Bad.'] });
  expect(problem.isTransient).toBe(false);
});

test('The time to wait is read from the answer', async () => {
  const { api } = recording(() => jsonAnswer({ code: 'auth.locked' }, 423, { 'Retry-After': '90' }));

  expect(await problemOf(api.get('/api/x', anything))).toMatchObject({ code: 'auth.locked', retryAfterSeconds: 90 });
});

test.each([502, 503, 504])('A gateway that answers %i for a stopped server counts as unreachable', async (status) => {
  const { api } = recording(() => new Response('<html>Bad gateway</html>', { status }));

  const problem = await problemOf(api.get('/api/x', anything));

  expect(problem).toMatchObject({ status: 0, code: 'network.unreachable', isTransient: true });
});

test('An answer of another shape than agreed is a problem, not a surprise later', async () => {
  const { api } = recording(() => jsonAnswer({ items: 'none' }));

  const problem = await problemOf(api.get('/api/x', z.object({ items: z.array(z.string()) })));

  expect(problem.code).toBe('common.unexpected-answer');
});

test('A request that its caller gave up is not reported as a broken network', async () => {
  const controller = new AbortController();
  const fetch: Fetch = async (_, init) => {
    controller.abort();
    init.signal?.throwIfAborted();
    return jsonAnswer({});
  };

  await expect(new Api(undefined, fetch).get('/api/x', anything, { signal: controller.signal })).rejects.toMatchObject({
    name: 'AbortError',
  });
});
