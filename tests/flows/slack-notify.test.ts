import { afterEach, beforeEach, expect, it } from 'vitest';
import { joinsManyOrgs, storedChoices } from './notify-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;

beforeEach(async () => {
  on = await startOnSlack();
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await on.stop();
});

const choices = async () => (await storedChoices(on.database)).find(({ account_id }) => account_id === on.ana.id);

it('opens the panel, changes it in place, and goes by Slack’s own zone without asking', async () => {
  await on.agrees(on.ana);
  const panel = await on.ana.in(on.general).runs('/notify', 'show');
  expect(panel.text).not.toContain('which time zone');
  expect(panel.text).toContain('Sao Paulo');
  const none = await panel.choose('How often', 'None');
  expect(await choices()).toMatchObject({ frequency: 'none', next_digest_at: null });
  const daily = await none.choose('How often', 'Daily digest, at 9:00');
  expect(await choices()).toMatchObject({ frequency: 'daily' });
  expect((await choices())?.next_digest_at).toMatch(/T12:00:00\.000Z$/);
  await daily.choose('Remind me', ['1 week before', '1 hour before']);
  expect(await choices()).toMatchObject({ reminders: '1w,1h' });
  const wrong = await (await daily.press('Change quiet hours')).submits({ 'From and until': 'at night' });
  expect(Object.keys(wrong.errors)).toEqual(['From and until']);
  await wrong.submits({ 'From and until': 'off' });
  expect(await choices()).toMatchObject({ quiet_from: null });
});

it('reads choices as they are typed, and answers nonsense in plain words', async () => {
  await on.agrees(on.ana);
  const spot = on.ana.in(on.general);
  expect((await spot.runs('/notify', 'reminders 1w,1h')).text).toContain('1 week and 1 hour before');
  expect((await spot.runs('/notify', 'quiet 23:00-7')).text).toContain('23:00–07:00');
  expect((await spot.runs('/notify', 'quiet soon')).text).toContain('22:00-08:00, or off');
  expect((await spot.runs('/notify', 'timezone Europe/Lisbn')).text).toContain('Did you mean');
});

it('has room for any number of orgs of any name, and tells on the Home tab what comes next', async () => {
  await on.agrees(on.ana);
  const member = await on.memberOf(on.ana);
  if (!member) throw new Error('no member');
  await joinsManyOrgs(on.database, member.id);
  const panel = await on.ana.in(on.general).runs('/notify', 'show');
  expect(panel.text).toContain('none muted');
  const home = await on.ana.opensHome();
  expect(home.text).toContain('your next digest');
  const opened = await home.press('Notifications');
  expect(opened.modal?.title).toBe('Your notifications');
});
