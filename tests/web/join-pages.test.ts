import { DateTime } from 'luxon';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newInviteId } from '../../src/domain/ids.js';
import { type Invite, newInviteCode, shownCode } from '../../src/domain/orgs/invite.js';
import type { Org } from '../../src/domain/orgs/org.js';
import { type RunningWeb, startWeb } from './start-web.js';

describe('the page behind an invite link', () => {
  let web: RunningWeb;
  let baish: Org;
  beforeAll(async () => {
    web = await startWeb();
    baish = await web.services.orgs.resolve('baish');
  });
  afterAll(() => web.stop());

  /** The code of a new invite, as people see it. */
  async function invite(overrides: Partial<Invite> = {}, org: Pick<Org, 'id'> = baish): Promise<string> {
    const code = newInviteCode();
    const whole: Invite = {
      id: newInviteId(),
      orgId: org.id,
      code,
      mostUses: undefined,
      uses: 0,
      expiresAt: undefined,
      revokedAt: undefined,
      createdAt: DateTime.utc(2026, 1, 1),
      createdBy: undefined,
      ...overrides,
    };
    await web.database.inTransaction(({ invites }) => invites.add(whole));
    return shownCode(code);
  }

  it('shows the org, the code at hand, and what to type in each chat', async () => {
    const code = await invite();
    const { status, text } = await web.get(`/o/baish/join/${code}`);
    expect(status).toBe(200);
    expect(text).toContain('Buenos Aires AI Safety Hub (BAISH)');
    expect(text).toContain(`<code class="code">${code}</code>`);
    expect(text).toContain(`/orgs join ${code}</code>`);
    expect(text).toContain(`/rc-orgs join ${code}</code>`);
  });

  it('knows a code that lost its hyphen or its capitals on the way', async () => {
    const code = await invite();
    const { status, text } = await web.get(`/o/baish/join/${code.replace('-', '').toLowerCase()}`);
    expect(status).toBe(200);
    expect(text).toContain(`<code class="code">${code}</code>`);
  });

  it('is kept from search engines, caches and other sites', async () => {
    const revoked = await invite({ revokedAt: DateTime.utc(2026, 1, 2) });
    for (const code of [await invite(), revoked, 'none']) {
      const { headers, text } = await web.get(`/o/baish/join/${code}`);
      expect(headers['x-robots-tag'], code).toBe('noindex, nofollow');
      expect(headers['referrer-policy'], code).toBe('no-referrer');
      expect(headers['cache-control'], code).toBe('no-store');
      expect(text, code).toContain('<meta name="robots" content="noindex, nofollow">');
      expect(text, code).not.toContain('og:url');
    }
  });

  it.each([
    ['taken it back', { revokedAt: DateTime.utc(2026, 1, 2) }],
    ['time has run out', { expiresAt: DateTime.utc(2026, 1, 2) }],
    ['used as often as it allowed', { mostUses: 1, uses: 1 }],
  ])('says of an ended invite that somebody has %s, and how to get another', async (words, overrides) => {
    const { status, text } = await web.get(`/o/baish/join/${await invite(overrides)}`);
    expect(status).toBe(410);
    expect(text).toContain(words);
    expect(text).toContain('Ask whoever sent it for a new one');
    const way = /<a class="button" href="([^"]+)"/.exec(text)?.[1] ?? '';
    expect(new URL(way, `${web.url}/o/baish/join/x`).pathname).toBe('/o/baish');
  });

  it('knows no code that is another org’s, or of a hidden one, or none at all', async () => {
    const hidden = await web.keep({ slug: 'hidden-one', isHidden: true });
    const other = await web.keep({ slug: 'other-one' });
    const paths = [
      `/o/baish/join/${await invite({}, other)}`,
      `/o/hidden-one/join/${await invite({}, hidden)}`,
      `/o/baish/join/${'x'.repeat(4_000)}`,
      '/o/baish/join/%3Cscript%3Ealert(1)%3C%2Fscript%3E',
    ];
    for (const path of paths) {
      const { status, text } = await web.get(path);
      expect([path.slice(0, 60), status]).toEqual([path.slice(0, 60), 404]);
      expect(text).not.toContain('<script');
    }
  });

  it('makes whoever tries many codes wait, and nobody else', async () => {
    const code = await invite();
    const guess = (tried: string, from: string) => web.get(`/o/baish/join/${tried}`, { 'x-forwarded-for': from });
    const statuses = [];
    for (let tried = 0; tried < 25; tried += 1) statuses.push((await guess(`wrong-${tried}`, '2001:db8::1')).status);
    expect(statuses).toEqual([...Array(20).fill(404), ...Array(5).fill(429)]);
    const waiting = await guess(code, '2001:db8::2');
    expect(waiting.status).toBe(429);
    expect(Number(waiting.headers['retry-after'])).toBeGreaterThan(3_000);
    expect((await guess(code, '203.0.113.9:5061')).status).toBe(200);
    expect((await guess(code, '2001:db8:0:1::1')).status).toBe(200);
  });
});
