import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isLocalHost, isLoopback } from '../../src/platforms/playground/local-only.js';
import { pagePost, rawRequest } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

describe('the playground’s door', () => {
  let rollcall: RunningPlayground;
  beforeAll(async () => {
    rollcall = await startPlayground({ hasPage: true });
  });
  afterAll(() => rollcall.stop());

  const browse = { as: 'noor-haddad', where: 'baish/welcome', name: 'orgs browse', options: {} };

  it('opens for local names, with any port', async () => {
    for (const host of ['localhost', 'localhost:3000', '127.0.0.1:8080', '[::1]:3000', 'LOCALHOST:1']) {
      const { status } = await rawRequest(rollcall.port, '/playground/catalogue', { headers: { host } });
      expect([host, status]).toEqual([host, 200]);
    }
  });

  it('stays shut for a foreign name that was pointed here', async () => {
    for (const host of ['evil.example', 'localhost.evil.example', '127.0.0.1.nip.io:3000', 'localhost:3000@evil']) {
      const answer = await rawRequest(rollcall.port, '/playground/catalogue', { headers: { host } });
      expect([400, 403], host).toContain(answer.status);
      expect(answer.text).not.toContain('personas');
    }
    expect((await rawRequest(rollcall.port, '/', { headers: { host: 'evil.example' } })).status).toBe(403);
  });

  it('stays shut for other computers, whatever they call us', async () => {
    const exposed = await startPlayground({ remoteAddress: () => '192.168.1.20' });
    try {
      for (const path of [
        '/',
        '/playground/catalogue',
        '/playground/assets/app.js',
        '/playground/live?as=noor-haddad',
      ]) {
        expect((await rawRequest(exposed.port, path)).status).toBe(403);
      }
      expect((await pagePost(exposed.port, '/playground/command', browse)).status).toBe(403);
    } finally {
      await exposed.stop();
    }
  });

  it('stays shut for what a proxy passes on', async () => {
    const { status } = await rawRequest(rollcall.port, '/', { headers: { 'x-forwarded-for': '203.0.113.9' } });
    expect(status).toBe(403);
  });

  it('knows loopback addresses in every spelling, and nothing else', () => {
    for (const address of ['127.0.0.1', '127.8.9.10', '::1', '::ffff:127.0.0.1'])
      expect(isLoopback(address)).toBe(true);
    for (const address of [undefined, '', '10.0.0.1', '::ffff:10.0.0.1', '1270.0.0.1', '127.0.0.1.example']) {
      expect(isLoopback(address)).toBe(false);
    }
    expect(isLocalHost('[::1]')).toBe(true);
    expect(isLocalHost(undefined)).toBe(false);
  });

  it('does nothing for another site’s page', async () => {
    const sent = (headers: Record<string, string>) => pagePost(rollcall.port, '/playground/command', browse, headers);
    expect((await sent({ origin: 'https://evil.example' })).status).toBe(403);
    expect((await sent({ origin: 'null' })).status).toBe(403);
    expect((await sent({ origin: `http://localhost:${rollcall.port + 1}` })).status).toBe(403);
    expect((await sent({ 'content-type': 'text/plain' })).status).toBe(415);
    const without = await rawRequest(rollcall.port, '/playground/command', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(browse),
    });
    expect(without.status).toBe(403);
    const read = await rawRequest(rollcall.port, '/playground/state?as=noor-haddad', {
      headers: { 'sec-fetch-site': 'cross-site' },
    });
    expect(read.status).toBe(403);
    expect((await sent({})).status).toBe(200);
  });

  it('may be opened from a link elsewhere, as that only shows the page', async () => {
    const { status } = await rawRequest(rollcall.port, '/', {
      headers: { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' },
    });
    expect(status).not.toBe(403);
  });

  it('tells browsers to run nothing but its own', async () => {
    const paths = [
      '/',
      '/playground/assets/app.js',
      '/playground/assets/none',
      '/playground/catalogue',
      '/playground/x',
    ];
    for (const path of paths) {
      const { headers } = await rawRequest(rollcall.port, path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).toContain("script-src 'self'");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).not.toContain('unsafe');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['access-control-allow-origin'], path).toBeUndefined();
    }
  });

  it('answers nonsense with a kind sentence', async () => {
    const bodies = ['', 'null', '[]', '{', '{"as":1}', JSON.stringify({ ...browse, options: { query: 7 } })];
    for (const body of bodies) {
      const answer = await pagePost(rollcall.port, '/playground/command', body);
      expect([body, answer.status]).toEqual([body, 400]);
      expect(JSON.parse(answer.text).error).toMatch(/reload the page/);
    }
    expect((await pagePost(rollcall.port, '/playground/command', { ...browse, as: 'nobody' })).status).toBe(404);
    expect((await pagePost(rollcall.port, '/playground/command', { ...browse, where: 'baish/secret' })).status).toBe(
      404,
    );
    expect(
      (await pagePost(rollcall.port, '/playground/command', { ...browse, where: 'tokyo-slow-reading/general' })).status,
    ).toBe(404);
    expect((await rawRequest(rollcall.port, '/playground/nothing')).status).toBe(404);
    expect((await rawRequest(rollcall.port, '/playground/assets/..%2f..%2fplayground.js')).status).toBe(404);
    expect((await rawRequest(rollcall.port, '/playground/files/unknown')).status).toBe(404);
  });

  it('takes nothing that is longer than the page would send', async () => {
    const long = JSON.stringify({ ...browse, options: { query: 'x'.repeat(300_000) } });
    expect((await pagePost(rollcall.port, '/playground/command', long)).status).toBe(413);
    // No page sends bodies of unknown length: here the connection may simply be cut.
    const chunked = { 'transfer-encoding': 'chunked' };
    const outcome = await pagePost(rollcall.port, '/playground/command', long, chunked).then(
      ({ status }) => status,
      () => 'cut',
    );
    expect([413, 'cut']).toContain(outcome);
    expect((await pagePost(rollcall.port, '/playground/command', browse)).status).toBe(200);
  });
});
