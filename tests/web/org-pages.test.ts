import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type RunningWeb, startWeb } from './start-web.js';

const EVIL = '<script>alert(1)</script><img src=x onerror=alert(2)>" onload="alert(3)';

describe('an org’s page', () => {
  let web: RunningWeb;
  beforeAll(async () => {
    web = await startWeb();
    await web.connectToBaish('discord', '600000000000000001');
    await web.connectToBaish('slack', 'T0123ABC');
  });
  afterAll(() => web.stop());

  it('tells what the org is, and how to join it from each chat', async () => {
    const { status, headers, text } = await web.get('/o/baish');
    expect(status).toBe(200);
    expect(headers['content-type']).toMatch(/^text\/html; charset=UTF-8/i);
    for (const words of [
      'Buenos Aires AI Safety Hub (BAISH)',
      'Research hub',
      'Buenos Aires, Argentina',
      'Spanish, English',
    ]) {
      expect(text).toContain(words);
    }
    expect(text).toContain('<code class="command">/orgs join baish</code>');
    expect(text).toContain('<code class="command">/rc-orgs join baish</code>');
    expect(text).toContain('https://discord.com/oauth2/authorize?client_id=123');
    expect(text).toContain('https://discord.com/channels/600000000000000001');
    expect(text).toContain('https://app.slack.com/client/T0123ABC');
    expect(text).toContain('<a href="https://baish.example/" rel="noopener nofollow ugc">baish.example</a>');
  });

  it('names no member', async () => {
    const { text } = await web.get('/o/baish');
    const { rows } = await web.database.connection
      .selectFrom('members')
      .select('name')
      .execute()
      .then((rows) => ({ rows }));
    expect(rows.length).toBeGreaterThan(50);
    expect(rows.filter(({ name }) => text.includes(name))).toEqual([]);
    expect(text).toMatch(/<dt>Members<\/dt>\s*<dd>\d+<\/dd>/);
  });

  it('can be previewed by a chat and found by a search engine', async () => {
    const { headers, text } = await web.get('/o/baish');
    expect(text).toContain('<link rel="canonical" href="https://rollcall.example.org/o/baish">');
    expect(text).toContain('<meta property="og:title" content="Buenos Aires AI Safety Hub (BAISH) · Rollcall">');
    expect(text).toMatch(
      /<meta property="og:description" content="Research hub · Buenos Aires, Argentina · \d+ members\. /,
    );
    expect(text).not.toContain('noindex');
    expect(headers['x-robots-tag']).toBeUndefined();
  });

  it('works without script, and lets the browser run none but its own', async () => {
    for (const path of ['/o/baish', '/o/nobody', '/o/baish/join/x', '/o', '/o/a/b/c/d']) {
      const { headers, text } = await web.get(path);
      const policy = String(headers['content-security-policy']);
      expect(policy, path).toContain("default-src 'none'");
      expect(policy, path).toContain("style-src 'sha256-");
      expect(policy, path).toContain("frame-ancestors 'none'");
      expect(policy, path).not.toContain('unsafe');
      expect(headers['x-content-type-options'], path).toBe('nosniff');
      expect(headers['referrer-policy'], path).toBe('no-referrer');
      expect(text, path).not.toMatch(/<script|javascript:/i);
    }
    for (const path of ['/o/baish/join/x', '/o', '/o/a/b/c/d']) {
      const { headers } = await web.get(path);
      expect(headers['content-security-policy'], path).not.toMatch(/script-src|frame-src/);
    }
  });

  it('shows mark-up and scripts in an org’s texts as text', async () => {
    await web.keep({
      slug: 'evil',
      name: EVIL,
      description: `${EVIL}\n${'x'.repeat(4_000)}`,
      website: 'javascript:alert(4)',
    });
    const { status, text } = await web.get('/o/evil');
    expect(status).toBe(200);
    expect(text).not.toMatch(/<script|<img|javascript:/i);
    expect(text).toContain('&lt;script&gt;alert(1)&lt;/script&gt;');
    expect(text).not.toMatch(/="[^"]*" onload="/);
  });

  it('is there for an unlisted org, but not for search engines', async () => {
    await web.keep({ slug: 'quiet', isListed: false });
    const { status, headers, text } = await web.get('/o/quiet');
    expect(status).toBe(200);
    expect(headers['x-robots-tag']).toBe('noindex');
    expect(text).toContain('<meta name="robots" content="noindex, nofollow">');
  });

  it('says kindly that there is nothing, for what is hidden, unknown or no slug at all', async () => {
    await web.keep({ slug: 'hidden-one', name: 'Secret society', isHidden: true });
    const paths = [
      'hidden-one',
      'nobody',
      'x'.repeat(4_000),
      '%E0%A4%A',
      '..%2f..%2fetc%2fpasswd',
      "'; drop table orgs; --",
      '%00',
      'b%61ish%20',
    ].map((slug) => `/o/${slug.replaceAll(' ', '%20')}`);
    for (const path of paths) {
      const { status, headers, text } = await web.get(path);
      expect([path.slice(0, 40), status]).toEqual([path.slice(0, 40), 404]);
      expect(text).toContain('/orgs browse');
      expect(text).not.toContain('Secret society');
      expect(headers['x-robots-tag']).toBe('noindex, nofollow');
      expect(headers['cache-control']).toBe('no-store');
    }
  });

  it('reads a slug that was percent-encoded', async () => {
    expect((await web.get('/o/b%61ish')).status).toBe(200);
  });

  it('sends a slash too many to the right address', async () => {
    const { status, headers } = await web.get('/o/baish/');
    expect(status).toBe(301);
    expect(new URL(String(headers.location), `${web.url}/o/baish/`).pathname).toBe('/o/baish');
  });

  it('is found in capitals as well', async () => {
    const { status, headers } = await web.get('/o/BAISH');
    expect(status).toBe(301);
    expect(new URL(String(headers.location), `${web.url}/o/BAISH`).pathname).toBe('/o/baish');
    expect((await web.get('/o/Baish/events.ics')).status).toBe(200);
  });

  it('answers a HEAD without a body, and nothing but reading', async () => {
    const head = await web.get('/o/baish', {}, 'HEAD');
    expect([head.status, head.text]).toEqual([200, '']);
    expect((await web.get('/o/baish', {}, 'POST')).status).toBe(404);
  });

  it('may be kept for a minute, and is not sent twice unchanged', async () => {
    const { headers } = await web.get('/o/baish');
    expect(headers['cache-control']).toBe('public, max-age=60');
    const again = await web.get('/o/baish', { 'if-none-match': String(headers.etag) });
    expect([again.status, again.text]).toEqual([304, '']);
  });
});

it('says sorry when it cannot read, and tells the log but not the visitor why', async () => {
  const web = await startWeb();
  web.database.sqlite.close();
  const { status, headers, text } = await web.get('/o/baish');
  await web.stop();
  expect(status).toBe(500);
  expect(text).toContain('Sorry, that went wrong');
  expect(text).not.toMatch(/database|at \w+ \(/i);
  expect(headers['content-security-policy']).toContain("default-src 'none'");
  expect(headers['cache-control']).toBe('no-store');
  expect(web.logs()).toContain('a page could not be made');
});

describe('an org’s page elsewhere', () => {
  it('gives no address of its own where it knows none, and leads to the playground where there is no chat', async () => {
    const ways = { discord: undefined, slack: undefined, hasPlayground: true };
    const web = await startWeb({ publicUrl: undefined, ways });
    const { text } = await web.get('/o/baish');
    await web.stop();
    expect(text).not.toContain('canonical');
    expect(text).toContain('In the playground');
    expect(text).not.toContain('In Discord');
  });
});
