import { afterEach, expect, it } from 'vitest';
import { StartProblem } from '../../src/platforms/platform.js';
import { kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnSlack, type OnSlackOptions, startOnSlack } from './slack-harness.js';

let on: OnSlack;
const start = async (options: OnSlackOptions = {}) => {
  on = await startOnSlack(options);
  return on;
};
const bothOpen = () => on.slack.connections === 2 && on.platform.health().detail.startsWith('2 of 2');
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('keeps two connections, and answers while Slack recycles one after the other', async () => {
  const { ana, general, slack, platform } = await start();
  await slack.waitFor(() => bothOpen());
  expect(platform.health()).toEqual({ isUp: true, detail: '2 of 2 connections open' });
  for (let round = 0; round < 3; round += 1) {
    slack.refreshConnections({ count: 1 });
    for (let command = 0; command < 3; command += 1) {
      expect((await ana.in(general).runs('/orgs', 'browse')).error).toBeUndefined();
    }
    await slack.waitFor(() => bothOpen());
  }
  expect(slack.strayAcks).toEqual([]);
});

it('acknowledges and answers what it was handling when Slack recycled the connection', async () => {
  const { ana, general, slack } = await start({
    more: [kitchenSink({ slowMs: 200 })],
    timings: { acknowledgeMs: 1_000 },
  });
  await slack.waitFor(() => bothOpen());
  const slow = ana.in(general).runs('/sink', 'slow');
  await slack.waitFor(() => slack.requests.length > 0);
  slack.refreshConnections();
  const seen = await slow;
  expect(seen.error).toBeUndefined();
  expect(seen.text).toBe('slow, but there');
  await slack.waitFor(() => bothOpen());
});

it('answers by the other way when the connection broke before it could acknowledge', async () => {
  const { ana, general, slack } = await start({
    more: [kitchenSink({ slowMs: 200 })],
    timings: { acknowledgeMs: 1_000 },
    slack: { ackDeadlineMs: 600, patienceMs: 300 },
  });
  const slow = ana.in(general).runs('/sink', 'slow');
  await slack.waitFor(() => slack.requests.some(({ method }) => method === 'users.info'));
  slack.dropSockets();
  await slow;
  await slack.waitFor(() => general.messagesSeenBy(ana).some(({ text }) => text === 'slow, but there'));
});

it('turns red when both connections are lost, and comes back by itself', async () => {
  const { ana, general, slack, platform } = await start();
  await slack.waitFor(() => bothOpen());
  slack.refuseConnections(true);
  slack.dropSockets();
  await slack.waitFor(() => !platform.health().isUp);
  expect(platform.health().detail).toContain('reconnecting');
  slack.failOpens(2, 500);
  slack.refuseConnections(false);
  await slack.waitFor(() => bothOpen());
  expect(platform.health().isUp).toBe(true);
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
});

it('survives a token that goes bad while it runs, says so, and comes back', async () => {
  const { slack, platform, logs } = await start();
  await slack.waitFor(() => bothOpen());
  slack.failOpens(4, 'invalid_auth');
  slack.dropSockets();
  await slack.waitFor(() => platform.health().detail.includes('invalid_auth'));
  expect(platform.health().isUp).toBe(false);
  expect(logs()).toContain('check SLACK_APP_TOKEN');
  await slack.waitFor(() => bothOpen(), 5000);
  expect(platform.health().isUp).toBe(true);
});

it('says which token is wrong and where to get one', async () => {
  await start({ botToken: 'xoxb-wrong', isStarted: false });
  await expect(on.platform.start()).rejects.toThrow(/SLACK_BOT_TOKEN.*api\.slack\.com\/apps/);
  await on.stop();
  await start({ appToken: 'xapp-wrong', isStarted: false });
  const problem = await on.platform.start().catch((error: unknown) => error);
  expect(problem).toBeInstanceOf(StartProblem);
  expect((problem as StartProblem).message).toMatch(/SLACK_APP_TOKEN.*connections:write/);
});

it('starts without Slack, red, and connects once Slack is there', async () => {
  await start({ isStarted: false });
  const { slack, platform } = on;
  slack.failNext(2, { status: 503, method: 'auth.test' });
  await platform.start();
  expect(platform.health()).toMatchObject({ isUp: false, detail: 'Slack cannot be reached; trying again' });
  await slack.waitFor(() => bothOpen());
  expect(platform.health().isUp).toBe(true);
});

it('starts when only the connection cannot be opened yet', async () => {
  await start({ isStarted: false });
  on.slack.failOpens(2, 500);
  await on.platform.start();
  expect(on.platform.health().isUp).toBe(false);
  await on.slack.waitFor(() => bothOpen());
});

it('turns red when the app is removed, and does not fall over', async () => {
  const { slack, platform } = await start();
  await slack.uninstalls();
  await slack.waitFor(() => !platform.health().isUp);
  expect(platform.health().detail).toMatch(/removed from the workspace|token was revoked/);
});

it('finishes what runs when it stops, and takes nothing more', async () => {
  const { ana, general, slack, platform } = await start({
    more: [kitchenSink({ slowMs: 300 })],
    timings: { acknowledgeMs: 50 },
  });
  const slow = ana.in(general).runs('/sink', 'slow');
  await slack.waitFor(() => slack.deliveries.at(-1)?.ackedAt !== undefined);
  const stopping = platform.stop();
  expect((await slow).text).toBe('slow, but there');
  await stopping;
  await slack.waitFor(() => slack.connections === 0);
  await pause(150);
  expect(slack.connections).toBe(0);
});

it('understands buttons from before a restart', async () => {
  const { ana, general, slack } = await start();
  const page = await ana.in(general).runs('/orgs', 'browse');
  await on.restart();
  await slack.waitFor(() => bothOpen());
  expect((await page.press('Next')).text).toContain('Page 2 of');
});

it('takes payloads of no known shape without falling over', async () => {
  const { ana, general, slack } = await start();
  const odd = [
    { type: 'interactive' as const, payload: { type: 'block_actions', user: { id: ana.id }, actions: [{}] } },
    { type: 'slash_commands' as const, payload: { command: '/orgs', team_id: slack.workspace.id } },
    { type: 'events_api' as const, payload: { type: 'event_callback', event: { type: 'app_home_opened' } } },
    { type: 'interactive' as const, payload: {} },
  ];
  for (const envelope of odd) void slack.send(envelope);
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
});
