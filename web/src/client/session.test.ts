import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { Api, ApiProblem, type Fetch } from './api.ts';
import { createLocalExclusive, type Exclusive } from './platform.ts';
import { Session } from './session.ts';
import { jsonAnswer, MemoryStorage, TabSet } from './testing.ts';

const user = { id: 'u', name: 'Amira', email: 'a@b.example', role: 'staff', storeIds: ['s1'] };

/** A server whose refresh cookie rotates and ends the session when an old one is used again. */
class TestServer {
  refreshes = 0;
  valid = 'none';
  isDown = false;
  hasEnded = false;

  readonly fetch: Fetch = async (path, init) => {
    if (this.isDown) throw new TypeError('network');
    if (path === '/api/auth/login' || path === '/api/auth/refresh') return this.grant(path);
    if (path === '/api/auth/logout') return new Response(null, { status: 204 });
    const sent = new Headers(init.headers).get('Authorization');
    if (sent !== `Bearer ${this.valid}`) return jsonAnswer({ code: 'auth.expired' }, 401);
    return jsonAnswer({ answer: 42 });
  };

  private grant(path: string): Response {
    if (path.endsWith('refresh')) {
      this.refreshes += 1;
      if (this.hasEnded) return jsonAnswer({ code: 'auth.invalid' }, 401);
    }
    this.valid = `token-${this.refreshes}`;
    return jsonAnswer({ accessToken: this.valid, expiresAt: '2026-07-15T08:15:00Z', user });
  }
}

function browser(server: TestServer) {
  const storage = new MemoryStorage();
  const tabs = new TabSet();
  const exclusive: Exclusive = createLocalExclusive();
  const nowMs = () => Date.parse('2026-07-15T08:00:00Z');
  return { storage, open: () => new Session({ fetch: server.fetch, storage, exclusive, tabs: tabs.open(), nowMs }) };
}

const answer = z.object({ answer: z.number() });

describe('signing in', () => {
  test('A first visit asks nothing of the server', async () => {
    const server = new TestServer();
    const session = browser(server).open();

    await session.start();

    expect(session.state()).toEqual({ status: 'signed-out', ended: false });
    expect(server.refreshes).toBe(0);
  });

  test('A later visit picks the session up without a password', async () => {
    const server = new TestServer();
    const { open } = browser(server);
    await open().signIn('a@b.example', 'secret');

    const later = open();
    await later.start();

    expect(later.state()).toMatchObject({ status: 'signed-in', user: { name: 'Amira' } });
  });

  test('A server that cannot be reached does not sign anybody out', async () => {
    const server = new TestServer();
    const { open, storage } = browser(server);
    await open().signIn('a@b.example', 'secret');
    server.isDown = true;

    const later = open();
    await later.start();

    expect(later.state()).toEqual({ status: 'unreachable' });
    expect(storage.getItem('chainsync.session')).not.toBeNull();
  });

  test('Signing out in one tab signs out all', async () => {
    const { open } = browser(new TestServer());
    const [one, other] = [open(), open()];
    await one.signIn('a@b.example', 'secret');

    await one.signOut();

    expect(other.state()).toEqual({ status: 'signed-out', ended: false });
    expect(other.token()).toBeUndefined();
  });

  test('The access token is in no storage', async () => {
    const { open, storage } = browser(new TestServer());

    await open().signIn('a@b.example', 'secret');

    expect(storage.dump()).toContain('chainsync.session');
    expect(storage.dump()).not.toContain('token-');
  });
});

describe('renewing', () => {
  test('Many calls that find the token expired share one refresh', async () => {
    const server = new TestServer();
    const session = browser(server).open();
    await session.signIn('a@b.example', 'secret');
    server.valid = 'something newer';
    const api = new Api(session, server.fetch);

    const answers = await Promise.all(Array.from({ length: 10 }, () => api.get('/api/x', answer)));

    expect(answers).toHaveLength(10);
    expect(server.refreshes).toBe(1);
  });

  test('Two tabs that find the token expired at once refresh once between them', async () => {
    const server = new TestServer();
    const { open } = browser(server);
    const [one, other] = [open(), open()];
    await one.signIn('a@b.example', 'secret');
    server.valid = 'something newer';

    await Promise.all([one, other].map((tab) => new Api(tab, server.fetch).get('/api/x', answer)));

    expect(server.refreshes).toBe(1);
    expect(one.token()).toBe(other.token());
  });

  test('A session that has ended signs out, and the call says so', async () => {
    const server = new TestServer();
    const session = browser(server).open();
    await session.signIn('a@b.example', 'secret');
    server.valid = 'something newer';
    server.hasEnded = true;

    const call = new Api(session, server.fetch).get('/api/x', answer);

    await expect(call).rejects.toMatchObject({ status: 401, code: 'auth.expired' });
    expect(session.state()).toEqual({ status: 'signed-out', ended: true });
  });

  test('A refresh that finds no network leaves the person signed in', async () => {
    const server = new TestServer();
    const session = browser(server).open();
    await session.signIn('a@b.example', 'secret');
    server.isDown = true;

    await expect(session.renew('token-0')).rejects.toBeInstanceOf(ApiProblem);

    expect(session.state()).toMatchObject({ status: 'signed-in' });
  });

  test('A socket gets the token it has unless it is about to expire', async () => {
    const server = new TestServer();
    const { storage } = browser(server);
    let nowMs = Date.parse('2026-07-15T08:00:00Z');
    const exclusive = createLocalExclusive();
    const session = new Session({
      fetch: server.fetch,
      storage,
      exclusive,
      tabs: new TabSet().open(),
      nowMs: () => nowMs,
    });
    await session.signIn('a@b.example', 'secret');

    expect(await session.freshToken()).toBe('token-0');
    nowMs = Date.parse('2026-07-15T08:14:45Z');
    expect(await session.freshToken()).toBe('token-1');
  });
});
