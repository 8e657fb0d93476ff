import { afterEach, expect, it } from 'vitest';
import { kitchenSink } from '../contracts/kitchen-sink.js';
import { type OnSlack, type OnSlackOptions, startOnSlack } from './slack-harness.js';

let on: OnSlack;
const start = async (options: OnSlackOptions = {}) => {
  on = await startOnSlack(options);
  return on;
};

afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
});

it('asks for a missing option in a modal with type-ahead, and goes on', async () => {
  const { ana, general } = await start();
  await on.agrees(ana);
  const form = await ana.in(general).runs('/orgs', 'join');
  expect(form.modal).toMatchObject({ title: '/orgs join', submit: 'Go', inputs: ['Org'] });
  const offered = await form.typesInto('Org', 'buenos');
  expect(offered[0]).toContain('Buenos Aires');
  expect(offered.at(-1)).toBe('“buenos”');
  const card = await form.submits({ Org: 'baish' });
  expect(card.text).toContain('Join Buenos Aires AI Safety Hub');
  expect(card.isEphemeral).toBe(true);
  expect((await card.press('Confirm')).text).toContain('Welcome!');
});

it('takes options by position and in quotes', async () => {
  const { ana, general } = await start();
  expect((await ana.in(general).runs('/orgs', 'show Buenos Aires AI Safety Hub')).text).toContain('Buenos Aires');
  const found = await ana.in(general).runs('/orgs', 'browse type:chapter query:“AI”');
  expect(found.text).toMatch(/for “AI”, local chapter|“\*AI\*”/);
  expect((await ana.in(general).runs('/help', 'orgs')).text).toContain('Help: orgs');
});

it('explains unknown options and subcommands, with a button where nothing is needed', async () => {
  const { ana, general } = await start();
  const option = await ana.in(general).runs('/orgs', 'browse tpye:chapter');
  expect(option.text).toContain('I don’t know `tpye`. Did you mean `type`?');
  const group = await ana.in(general).runs('/orgs');
  expect(group.text).toContain('/orgs browse');
  const wrong = await ana.in(general).runs('/orgs', 'brwose');
  expect((await wrong.press('/orgs browse')).text).toMatch(/orgs, the largest first/);
  expect((await ana.in(general).runs('/orgs', 'browse type:nonsense')).text).toContain('It takes one of');
});

it('listens to prefixed commands and writes them so', async () => {
  const { ana, general } = await start({ commandPrefix: 'rc-' });
  const help = await ana.in(general).runs('/rc-help');
  expect(help.text).toContain('`/rc-orgs browse`');
  const wrong = await ana.in(general).runs('/rc-orgs', 'join BAISH nme:x');
  expect(wrong.text).toContain('`/rc-orgs join org:BAISH`');
  const one = await ana.in(general).runs('/rc-help', 'orgs mine');
  expect(one.text).toContain('/rc-orgs mine');
  expect(one.buttons).toContain('/rc-orgs mine');
});

it('acknowledges in time and answers later when a command is slow', async () => {
  const { ana, general, slack } = await start({
    more: [kitchenSink({ slowMs: 1_200 })],
    timings: { acknowledgeMs: 100 },
  });
  const seen = await ana.in(general).runs('/sink', 'slow');
  expect(seen.text).toBe('slow, but there');
  expect(seen.isEphemeral).toBe(true);
  const [delivery] = slack.deliveries.slice(-1);
  expect(delivery?.ackPayload).toEqual({});
  expect((delivery?.ackedAt ?? 0) - (delivery?.sentAt ?? 0)).toBeLessThan(1_000);
});

it('offers a button when a form comes too late for Slack to open it', async () => {
  const { ana, general } = await start({
    more: [kitchenSink({ slowMs: 1_100 })],
    timings: { acknowledgeMs: 100 },
    slack: { triggerLifetimeMs: 800 },
  });
  const later = await ana.in(general).runs('/sink', 'slow-form');
  expect(later.text).toContain('“Everything a form can have” is ready.');
  const form = await later.press('Open the form');
  expect(form.modal?.title).toBe('Everything a form can h…');
  const sent = await form.submits({ 'A line': 'hello' });
  expect(sent.text).toContain('late: {"line":"hello"');
});

it('says sorry with a reference when a command fails, and logs nothing of what was said', async () => {
  const { ana, general, logs } = await start({ more: [kitchenSink()] });
  const seen = await ana.in(general).runs('/sink', 'throw');
  const reference = /reference \*([0-9a-f]{8})\*/.exec(seen.text)?.[1] ?? 'none';
  expect(logs()).toContain(reference);
  expect(logs()).not.toContain('a secret');
});

it('keeps tokens, names, texts and addresses out of the log', async () => {
  const { ana, general, logs, slack } = await start({ more: [kitchenSink()] });
  slack.failNext(1, { error: 'internal_error', method: 'users.info' });
  await ana.in(general).runs('/orgs', 'join my-very-own-words');
  await ana.dms('something private');
  slack.failNext(2, { status: 500, method: 'views.open' });
  await ana.in(general).runs('/orgs', 'join');
  slack.dropSockets();
  await slack.waitFor(() => slack.connections === 2);
  for (const secret of ['secret-token', 'my-very-own', 'something private', 'Souza', '/response/', 'ticket', ana.id]) {
    expect(logs()).not.toContain(secret);
  }
});

it('answers in the bot’s own conversation with messages that stay, and edits them', async () => {
  const { ana } = await start();
  const page = await ana.inDm().runs('/orgs', 'browse');
  expect(page.isEphemeral).toBe(false);
  const second = await page.press('Next');
  expect(second.message.ts).toBe(page.message.ts);
  expect(second.text).toContain('Page 2 of');
  expect((await second.press('Show', { nth: 0 })).isEphemeral).toBe(false);
  expect(ana.inbox().length).toBe(2);
});

it('shows no org’s settings to a plain member, but to a workspace admin, here and not in the DM', async () => {
  const { ana, general, slack } = await start();
  expect((await ana.in(general).runs('/manage', 'show')).text).toContain('Only admins of');
  const bo = slack.addUser({ name: 'bo', isAdmin: true });
  expect((await bo.in(general).runs('/manage', 'show')).text).toContain('Seen by admins only.');
  expect((await bo.inDm().runs('/manage', 'show baish')).text).toContain('Only admins of');
  await bo.changes({ isAdmin: false });
  await slack.waitFor(() => slack.eventsWaiting === 0);
  expect((await bo.in(general).runs('/manage', 'show')).text).toContain('Only admins of');
});

it('goes on without zone and rights when users.info fails or hangs', async () => {
  const { ana, general, slack } = await start({ timings: { lookupMs: 100 } });
  slack.failNext(1, { error: 'missing_scope', method: 'users.info' });
  expect((await ana.in(general).runs('/orgs', 'browse')).text).toContain('Orgs');
  const bo = slack.addUser({ name: 'bo', isOwner: true });
  slack.delayNext(600, { method: 'users.info' });
  expect((await bo.in(general).runs('/manage', 'show')).text).toContain('Only admins of');
});

it('asks who somebody is once, however many commands come at once', async () => {
  const { ana, general, slack } = await start();
  await Promise.all([1, 2, 3].map(() => ana.in(general).runs('/orgs', 'browse')));
  await ana.in(general).runs('/orgs', 'browse');
  expect(slack.calls('users.info')).toHaveLength(1);
});

it('turns people of other workspaces away, kindly', async () => {
  const { general, slack } = await start();
  const eve = slack.addUser({ name: 'eve', isStranger: true });
  const seen = await eve.in(general).runs('/orgs', 'browse');
  expect(seen.text).toContain('I only know the people of this workspace');
});

it('tries a response URL again after an outage, and writes a direct message when it stays down', async () => {
  const { ana, general, slack } = await start({ more: [kitchenSink({ slowMs: 150 })], timings: { acknowledgeMs: 50 } });
  slack.failNext(2, { status: 503, method: 'response_url' });
  expect((await ana.in(general).runs('/sink', 'slow')).isEphemeral).toBe(true);
  expect(slack.calls('response_url')).toHaveLength(3);
  slack.failNext(4, { status: 503, method: 'response_url' });
  const late = await ana.in(general).runs('/sink', 'slow');
  expect(late.text).toBe('slow, but there');
  expect(ana.inbox()).toHaveLength(1);
});

it('finds commands acknowledged twice only once in the database', async () => {
  const { ana, general, slack } = await start();
  await on.agrees(ana);
  const card = await ana.in(general).runs('/orgs', 'join baish');
  const joined = await card.press('Confirm');
  expect(joined.text).toContain('Welcome!');
  const press = slack.deliveries.at(-1);
  const again = slack.send(press!.envelope);
  expect(await again.outcome).toEqual({ kind: 'acked', payload: {} });
  const both = await Promise.all([card.press('Confirm'), card.press('Confirm')]);
  expect(both.map(({ text }) => text).join()).toContain('already in');
});
