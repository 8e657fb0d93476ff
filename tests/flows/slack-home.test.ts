import { afterEach, expect, it } from 'vitest';
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

it('welcomes a visitor on the Home tab, and takes them on in a modal', async () => {
  const { ana, slack } = await start();
  const home = await ana.opensHome();
  expect(home.text).toContain('Nothing is stored about you until you agree.');
  const orgs = await home.press('Browse orgs');
  expect(orgs.modal).toMatchObject({ title: 'Orgs', close: 'Close' });
  const second = await orgs.press('Next');
  expect(second.text).toContain('Page 2 of');
  expect(second.modal?.depth).toBe(1);
  const org = await second.press('Show', { nth: 0 });
  const consent = await org.press('Join');
  expect(consent.modal?.title).toBe('Before we start');
  const card = await consent.press('Agree');
  await card.press('Confirm');
  await slack.waitFor(() => ana.home?.text.includes('Hello, ana'));
  expect((await on.memberOf(ana))?.profile.name).toBe('ana');
  await slack.waitFor(() => ana.inbox().length === 1);
});

it('opens the profile from the Home tab, saves in the modal and draws the tab anew', async () => {
  const { ana, slack } = await start();
  await on.agrees(ana);
  const home = await ana.opensHome();
  expect(home.text).toContain('Hello, Ana Souza');
  const form = await home.press('Edit profile');
  const wrong = await form.submits({ Name: '\u200b' });
  expect(Object.keys(wrong.errors)).toEqual(['Name']);
  const saved = await wrong.submits({ Name: 'Ana S.', Headline: 'Reading a lot' });
  expect(saved.modal?.title).toBe('Ana S.');
  expect(saved.text).toContain('Saved.');
  await slack.waitFor(() => ana.home?.text.includes('Reading a lot'));
});

it('asks for patience in a modal when an answer takes long, then shows it there', async () => {
  const { ana, slack } = await start({
    timings: { acknowledgeMs: 50, lookupMs: 400 },
  });
  const home = await ana.opensHome();
  await ana.changes({ tz: 'Europe/Lisbon' });
  slack.delayNext(600, { method: 'users.info' });
  const browse = await home.press('Browse orgs');
  expect(browse.modal?.title).toBe('Orgs');
  expect(slack.calls('views.open')).toHaveLength(1);
  expect(slack.calls('views.update')).toHaveLength(1);
});

it('lists the member’s orgs, and shows one in a modal', async () => {
  const { ana, general, slack } = await start();
  await on.agrees(ana);
  await (await ana.in(general).runs('/orgs', 'join baish')).press('Confirm');
  const home = await ana.opensHome();
  expect(home.text).toContain('Buenos Aires AI Safety Hub');
  const org = await home.press('Show');
  const leave = await (await org.press('Leave')).press('Confirm');
  expect(leave.text).toContain('You’ve left');
  await slack.waitFor(() => !ana.home?.text.includes('Buenos Aires AI Safety Hub'));
});

it('publishes again after Slack was busy', async () => {
  const { ana, slack } = await start();
  slack.rateLimitNext(1, { method: 'views.publish' });
  slack.failNext(1, { error: 'internal_error', method: 'views.publish' });
  expect((await ana.opensHome()).text).toContain('until you agree');
});
