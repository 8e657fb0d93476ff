import { afterEach, beforeEach, expect, it } from 'vitest';
import { encode, signed } from '../fakes/slack/http-delivery.js';
import { type OnManySlacks, startOnManySlacks } from './slack-many-harness.js';

let on: OnManySlacks;
let ana: ReturnType<OnManySlacks['slack']['addUser']>;
let general: ReturnType<OnManySlacks['slack']['addChannel']>;

beforeEach(async () => {
  on = await startOnManySlacks({ slack: { ackDeadlineMs: 3_000 } });
  ana = on.slack.addUser({ name: 'ana', realName: 'Ana Souza' });
  general = on.slack.addChannel('general');
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

const secret = () => on.slack.app.signingSecret;
const post = (body: string, headers: Record<string, string>) =>
  fetch(`${on.origin}/slack/events`, { method: 'POST', body, headers: { connection: 'close', ...headers } });

/** A command as Slack would send it, with an answer that shows whether it was carried out. */
function aCommand() {
  const payload = {
    command: '/orgs',
    text: 'browse',
    team_id: on.slack.workspace.id,
    user_id: ana.id,
    channel_id: general.id,
    trigger_id: `trigger-${Math.random()}`,
    response_url: `${on.slack.apiUrl}none`,
  };
  const { body, type } = encode({ type: 'slash_commands', payload });
  return { body, headers: { 'content-type': type } };
}

it('lets in what Slack signed within five minutes, and answers 401 to all else', async () => {
  await on.installs('Riverbend');
  const { body, headers } = aCommand();
  const now = Date.now();
  const good = signed(body, secret(), now);
  const shorter = { ...good, 'x-slack-signature': (good['x-slack-signature'] ?? '').slice(0, -2) };
  const calls = () => on.slack.requests.length;
  const before = calls();
  for (const [what, sent, more] of [
    ['unsigned', body, {}],
    ['another secret', body, signed(body, 'another-secret', now)],
    ['stale', body, signed(body, secret(), now - 6 * 60_000)],
    ['tampered', body.replace('browse', 'mine'), good],
    ['a cut signature', body, shorter],
    ['no time', body, { 'x-slack-signature': good['x-slack-signature'] ?? '' }],
    ['a time that is none', body, { ...good, 'x-slack-request-timestamp': 'now' }],
    ['another time', body, { ...good, 'x-slack-request-timestamp': String(Math.floor(now / 1000) - 1) }],
    ['smuggled beside a check of the line', `ssl_check=1&${body}&ssl_check=2`, {}],
  ] as const) {
    const response = await post(sent, { ...headers, ...more });
    expect([what, response.status, await response.text()]).toEqual([what, 401, '']);
  }
  expect(calls()).toBe(before);
  const response = await post(body, { ...headers, ...good });
  expect([response.status, await response.text()]).toEqual([200, expect.stringContaining('Orgs')]);
});

it('carries out a command once, however often it is sent', async () => {
  await on.installs('Riverbend');
  const { body, headers } = aCommand();
  const send = async () => (await post(body, { ...headers, ...signed(body, secret(), Date.now()) })).text();
  expect(await send()).toContain('Orgs');
  expect(await send()).toBe('');
});

it('answers an event once, though Slack tells it again because nothing came back', async () => {
  await on.installs('Riverbend');
  expect((await ana.dms('which orgs are there?')).text).toContain('I understand commands.');
  const outcome = await on.slack.redeliver().outcome;
  expect(outcome.kind).toBe('acked');
  expect(ana.inbox()).toHaveLength(1);
});

it('takes odd requests without falling over', async () => {
  await on.installs('Riverbend');
  const big = JSON.stringify({ type: 'event_callback', padding: 'x'.repeat(2_000_000) });
  for (const [body, type, status] of [
    ['{', 'application/json', 400],
    ['payload={', 'application/x-www-form-urlencoded', 400],
    ['{}', 'application/json', 404],
    [big, 'application/json', 413],
    ['{"type":"event_callback","event":{"type":"message"},"team_id":"T0"}', 'application/json', 200],
  ] as const) {
    const response = await post(body, { ...signed(body, secret(), Date.now()), 'content-type': type });
    expect([body.slice(0, 30), response.status]).toEqual([body.slice(0, 30), status]);
  }
  for (const method of ['GET', 'PUT', 'HEAD']) {
    expect((await fetch(`${on.origin}/slack/events`, { method })).status).toBe(404);
  }
  expect((await fetch(`${on.origin}/slack/install`, { method: 'POST' })).status).toBe(404);
  expect((await fetch(`${on.origin}/slack/other`)).status).toBe(404);
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
});

it('tells on its install page what it asks for and why, to a browser that runs nothing', async () => {
  const page = await on.browser.opens(`${on.origin}/slack/install`);
  expect(page.status).toBe(200);
  expect(page.text).toMatch(/Add Rollcall to Slack .* To answer its commands\. commands/);
  expect(page.html).not.toMatch(/<script|javascript:/i);
  expect(page.headers.get('content-security-policy')).toContain("default-src 'none'");
  expect(page.headers.get('set-cookie')).toMatch(/Secure; HttpOnly/);
  const consent = await on.browser.follows(page, 'Add to Slack');
  const asked = new URL(consent.url).searchParams;
  expect(asked.get('redirect_uri')).toBe(`${on.origin}/slack/oauth_redirect`);
  expect(asked.get('scope')?.split(',')).toEqual([...on.slack.workspace.record.scopes]);
});

it('takes nobody back who did not start in the same browser, and says how to start again', async () => {
  const consent = async () => on.browser.follows(await on.browser.opens(`${on.origin}/slack/install`), 'Add to Slack');
  const code = () => on.slack.workspace.oauthCode;
  const back = (query: Record<string, string>) =>
    on.browser.opens(`${on.origin}/slack/oauth_redirect?${new URLSearchParams(query)}`);
  const page = await consent();
  const state = new URL(page.url).searchParams.get('state') ?? '';

  const tries = [
    await back({ code: code() }),
    await back({ code: code(), state: 'forged' }),
    await back({ code: code(), state: `${state.slice(0, -4)}AAAA` }),
    await back({ state }),
    await back({}),
    // The cookie is good for one way back.
    await back({ code: code(), state }),
  ];
  const other = await consent();
  on.browser.forgetsCookies();
  tries.push(await on.browser.follows(other, 'Allow in Riverbend'));
  for (const { status, text, html } of tries) {
    expect([status, text]).toEqual([400, expect.stringContaining('Rollcall was not added')]);
    expect(html).toContain(`${on.origin}/slack/install`);
    expect(text).not.toMatch(/error|undefined|slack_oauth/i);
  }
  expect((await on.slackHealth()).detail).toContain('not installed anywhere yet');

  const declined = await on.browser.follows(await consent(), 'Cancel');
  expect([declined.status, declined.text]).toEqual([400, expect.stringContaining('You decided against it')]);
  expect((await on.installs('Riverbend')).status).toBe(200);
});

it('says kindly that Slack did not confirm, and keeps nothing', async () => {
  on.slack.failNext(1, { status: 500, method: 'oauth.v2.access' });
  const page = await on.installs('Riverbend');
  expect([page.status, page.text]).toEqual([400, expect.stringContaining('try once more')]);
  expect((await on.slackHealth()).detail).toContain('not installed anywhere yet');
});

it('shows a workspace’s name as text, whatever is in it', async () => {
  on.slack.addWorkspace({ name: 'Bob', isInstalled: false }).record.name = '<script>alert(1)</script> & "Co"';
  const consent = await on.browser.follows(await on.browser.opens(`${on.origin}/slack/install`), 'Add to Slack');
  const link = [...consent.html.matchAll(/href="([^"]*place=[^"]*)"/g)].at(-1)?.[1] ?? '';
  const page = await on.browser.opens(new URL(link.replaceAll('&amp;', '&'), consent.url).href);
  expect(page.text).toContain('Rollcall is in <script>alert(1)</script> & "Co"');
  expect(page.html).not.toContain('<script>');
});
