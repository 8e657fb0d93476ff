import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { addEvents } from './events-story.js';
import { joinsManyOrgs, storedChoices } from './notify-story.js';

let on: OnDiscord;

beforeEach(async () => {
  on = await startOnDiscord();
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const choices = async () => (await storedChoices(on.database)).find(({ account_id }) => account_id === on.ana.id);

it('goes from consent to the panel, changes it in place, and asks for the zone once', async () => {
  const consent = await on.ana.in(on.guild).runs('/notify show');
  const panel = await consent.press('Agree');
  expect(panel.text).toContain('which time zone are you in?');
  expect(panel.text).toContain('digests come once you are in an org');
  const daily = await panel.choose(0, ['Daily digest, at 9:00']);
  expect(daily.message?.id).toBe(panel.message?.id);
  expect(await choices()).toMatchObject({ frequency: 'daily' });
  await (await daily.choose(1, ['1 week before'])).choose(1, []);
  expect(await choices()).toMatchObject({ reminders: '' });
  const form = await daily.press('Change quiet hours');
  await form.submits({ 'From and until': '23-7' });
  expect(await choices()).toMatchObject({ quiet_from: 23 * 60 });
  const changed = await on.ana.in(on.guild).runs('/notify quiet', { hours: 'off' });
  expect(changed.text).not.toContain('which time zone');
  await changed.press('Undo');
  expect(await choices()).toMatchObject({ quiet_from: 23 * 60 });
});

it('has room for any number of orgs of any name', async () => {
  await (await on.ana.in(on.guild).runs('/notify show')).press('Agree');
  const member = await on.memberOf(on.ana);
  if (!member) throw new Error('no member');
  await joinsManyOrgs(on.database, member.id);
  const panel = await on.ana.in(on.guild).runs('/notify show');
  expect(panel.selects.at(-1)?.options).toHaveLength(25);
  expect(panel.text).toContain('none muted');
  expect(panel.pings).toEqual([]);
});

it('chooses the reminders of one event from the answer to Going', async () => {
  await addEvents(on.database, 'baish', { title: 'Concrete Problems' });
  const card = await (await on.ana.in(on.guild).runs('/events upcoming', { org: 'baish' })).press('Show');
  const going = await (await card.press('Going')).press('Agree');
  expect(going.text).toContain('I’ll remind you');
  const reminders = await going.press('Change');
  const hour = await reminders.choose(0, ['1 hour before']);
  expect(hour.text).toContain('1 hour before');
  const stored = () => on.database.connection.selectFrom('event_reminders').select('reminders').execute();
  expect(await stored()).toEqual([{ reminders: '1h' }]);
  await hour.press('My usual ones');
  expect(await stored()).toEqual([]);
});
