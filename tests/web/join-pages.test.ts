import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWeb, startWeb } from './start-web.js';

const CODE = 'k7f3m9q2xw8dzt4p';

describe('the page behind an invite link', () => {
  let web: RunningWeb;
  beforeAll(async () => {
    web = await startWeb({
      findInvite: async (_org, code) =>
        code === CODE ? { kind: 'usable' } : code === 'ended' ? { kind: 'ended' } : undefined,
    });
  });
  afterAll(() => web.stop());

  it('shows the org, the code at hand, and what to type in each chat', async () => {
    const { status, text } = await web.get(`/o/baish/join/${CODE}`);
    expect(status).toBe(200);
    expect(text).toContain('Buenos Aires AI Safety Hub (BAISH)');
    expect(text).toContain(`<code class="code">${CODE}</code>`);
    expect(text).toContain(`/orgs join ${CODE}</code>`);
    expect(text).toContain(`/rc-orgs join ${CODE}</code>`);
  });

  it('is kept from search engines, caches and other sites', async () => {
    for (const path of [`/o/baish/join/${CODE}`, '/o/baish/join/ended', '/o/baish/join/none']) {
      const { headers, text } = await web.get(path);
      expect(headers['x-robots-tag'], path).toBe('noindex, nofollow');
      expect(headers['referrer-policy'], path).toBe('no-referrer');
      expect(headers['cache-control'], path).toBe('no-store');
      expect(text, path).toContain('<meta name="robots" content="noindex, nofollow">');
      expect(text, path).not.toContain('og:url');
    }
  });

  it('tells an ended invite from one that never was', async () => {
    const ended = await web.get('/o/baish/join/ended');
    expect(ended.status).toBe(410);
    expect(ended.text).toContain('Ask whoever sent it for a new one');
    expect(new URL('../../baish', `${web.url}/o/baish/join/ended`).pathname).toBe('/o/baish');
    expect((await web.get('/o/baish/join/none')).status).toBe(404);
  });

  it('says nothing of an org that is hidden, whatever the code', async () => {
    await web.keep({ slug: 'hidden-one', isHidden: true });
    expect((await web.get(`/o/hidden-one/join/${CODE}`)).status).toBe(404);
  });

  it('makes whoever tries many codes wait, and nobody else', async () => {
    const guess = (code: string, from: string) => web.get(`/o/baish/join/${code}`, { 'x-forwarded-for': from });
    const statuses = [];
    for (let tried = 0; tried < 25; tried += 1) statuses.push((await guess(`wrong-${tried}`, '2001:db8::1')).status);
    expect(statuses).toEqual([...Array(20).fill(404), ...Array(5).fill(429)]);
    const waiting = await guess(CODE, '2001:db8::2');
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(3_000);
    expect((await guess(CODE, '203.0.113.9')).status).toBe(200);
    expect((await guess(CODE, '2001:db8:0:1::1')).status).toBe(200);
  });
});
