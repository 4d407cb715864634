import type { z } from 'zod';
import { problemSchema } from './wire.ts';

/** A refusal or a failure of the server or of the way to it. */
export class ApiProblem extends Error {
  /** HTTP status, or 0 when no answer came. */
  readonly status: number;
  /** Stable code, such as `inventory.insufficient-stock`; `network.unreachable` when no answer came. */
  readonly code: string;
  /** Field errors by path, such as `lines[0].quantityMilli`. */
  readonly errors: Readonly<Record<string, readonly string[]>>;
  /** The server's reference for its logs. */
  readonly traceId: string | undefined;
  /** Seconds the server asks to wait before trying again. */
  readonly retryAfterSeconds: number | undefined;

  constructor(problem: ProblemFields) {
    super(problem.message);
    this.name = 'ApiProblem';
    this.status = problem.status;
    this.code = problem.code;
    this.errors = problem.errors ?? {};
    this.traceId = problem.traceId;
    this.retryAfterSeconds = problem.retryAfterSeconds;
  }

  /** True when the same request may succeed later without being changed. */
  get isTransient(): boolean {
    return this.status === 0 || this.status === 408 || this.status === 425 || this.status === 429 || this.status >= 500;
  }
}

interface ProblemFields {
  message: string;
  status: number;
  code: string;
  errors?: Record<string, string[]> | undefined;
  traceId?: string | undefined;
  retryAfterSeconds?: number | undefined;
}

/** Where requests get their access token from. */
export interface TokenSource {
  /** The token to send now; undefined when nobody is signed in. */
  token(): string | undefined;
  /**
   * A token newer than `stale`, or undefined when the session has ended. Parallel callers share one request.
   * @throws {ApiProblem} when the server cannot be reached; the session may still be good.
   */
  renew(stale: string): Promise<string | undefined>;
}

export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface ReadOptions {
  query?: Query;
  signal?: AbortSignal;
}

export interface WriteOptions {
  body?: unknown;
  /** The operation's id, made when the person pressed the button and kept for every repeat. */
  operationId?: string;
  /** The version the change was made on, sent as `If-Match`. */
  baseVersion?: number;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal;
}

export type Fetch = (input: string, init: RequestInit) => Promise<Response>;

/** Talks JSON to the server: adds the bearer token, renews it once on 401, and turns every failure into {@link ApiProblem}. */
export class Api {
  private readonly tokens: TokenSource | undefined;
  private readonly fetch: Fetch;

  /**
   * @param tokens Where tokens come from; without it, requests are anonymous.
   * @param fetchFunction The transport; the browser's own unless given.
   */
  constructor(tokens?: TokenSource, fetchFunction: Fetch = (input, init) => fetch(input, init)) {
    this.tokens = tokens;
    this.fetch = fetchFunction;
  }

  /**
   * Reads a resource.
   * @throws {ApiProblem} when the server refuses, fails or cannot be reached.
   */
  get<T extends z.ZodType>(path: string, schema: T, options: ReadOptions = {}): Promise<z.output<T>> {
    return this.request(path + queryString(options.query), schema, { method: 'GET', signal: options.signal ?? null });
  }

  /**
   * Writes: `POST`, `PATCH` (a JSON merge patch) or `DELETE`. Repeating it with the same `operationId` changes nothing more.
   * @throws {ApiProblem} when the server refuses, fails or cannot be reached.
   */
  send<T extends z.ZodType>(
    method: 'POST' | 'PATCH' | 'DELETE',
    path: string,
    schema: T,
    options: WriteOptions = {},
  ): Promise<z.output<T>> {
    const headers: Record<string, string> = { ...options.headers };
    if (options.body !== undefined) {
      headers['Content-Type'] = method === 'PATCH' ? 'application/merge-patch+json' : 'application/json';
    }
    if (options.operationId !== undefined) headers['Idempotency-Key'] = options.operationId;
    if (options.baseVersion !== undefined) headers['If-Match'] = `"${options.baseVersion}"`;
    const body = options.body === undefined ? null : JSON.stringify(options.body);
    return this.request(path, schema, { method, headers, body, signal: options.signal ?? null });
  }

  private async request<T extends z.ZodType>(path: string, schema: T, init: RequestInit): Promise<z.output<T>> {
    const response = await this.authorised(path, init);
    if (!response.ok) throw await toProblem(response);
    const text = await response.text();
    const parsed = schema.safeParse(text === '' ? undefined : parseJson(text));
    if (parsed.success) return parsed.data;
    throw new ApiProblem({
      message: `The server's answer was not understood (${parsed.error.issues[0]?.path.join('.') ?? path}).`,
      status: 502,
      code: 'common.unexpected-answer',
    });
  }

  private async authorised(path: string, init: RequestInit): Promise<Response> {
    const token = this.tokens?.token();
    const response = await this.transfer(path, init, token);
    if (response.status !== 401 || this.tokens === undefined || token === undefined) return response;
    const renewed = await this.tokens.renew(token);
    return renewed === undefined ? response : this.transfer(path, init, renewed);
  }

  private async transfer(path: string, init: RequestInit, token: string | undefined): Promise<Response> {
    const headers: Record<string, string> = { Accept: 'application/json', ...(init.headers as Record<string, string>) };
    if (token !== undefined) headers.Authorization = `Bearer ${token}`;
    try {
      return await this.fetch(path, { ...init, headers });
    } catch (error) {
      if (init.signal?.aborted) throw error;
      throw new ApiProblem({ message: 'The server cannot be reached.', status: 0, code: 'network.unreachable' });
    }
  }
}

function queryString(query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (value !== undefined && value !== '') parameters.set(name, String(value));
  }
  const text = parameters.toString();
  return text === '' ? '' : `?${text}`;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

async function toProblem(response: Response): Promise<ApiProblem> {
  const body = problemSchema.safeParse(parseJson(await response.text()));
  const problem = body.success ? body.data : undefined;
  // A gateway in front of a stopped server answers 502 to 504 by itself: to a person that is "cannot be reached".
  const isGateway = problem?.code === undefined && response.status >= 502 && response.status <= 504;
  if (isGateway) {
    return new ApiProblem({ message: 'The server cannot be reached.', status: 0, code: 'network.unreachable' });
  }
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  return new ApiProblem({
    message: problem?.detail ?? problem?.title ?? `The server answered ${response.status}.`,
    status: response.status,
    code: problem?.code ?? `http.${response.status}`,
    errors: problem?.errors,
    traceId: problem?.traceId,
    retryAfterSeconds: Number.isFinite(retryAfter) ? retryAfter : undefined,
  });
}
