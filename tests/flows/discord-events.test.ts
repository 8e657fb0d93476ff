import { afterEach, beforeEach, expect, it } from 'vitest';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { addEvents, HOSTILE, postCard } from './events-story.js';

let on: OnDiscord;

beforeEach(async () => {
  on = await startOnDiscord();
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
});

const said = () => on.database.connection.selectFrom('responses').select(['response', 'source']).execute();

it('goes from the list to the card, through consent to an answer, and changes and undoes it in place', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: 'Concrete Problems', ruledType: 'talk' });
  const spot = on.ana.in(on.guild);
  const list = await spot.runs('/events upcoming', { org: 'baish', within: '30d', type: 'talk' });
  expect(list.isEphemeral).toBe(true);
  const seconds = Math.floor((event?.startsAt.toMillis() ?? 0) / 1000);
  expect(list.text).toContain(`<t:${seconds}:F>`);
  const card = await list.press('Show');
  expect(card.text).toContain('in Lisbon');
  expect(card.buttons.slice(0, 4)).toEqual(['Going', 'Interested', 'Not going', 'View on lu.ma']);

  const consent = await card.press('Going');
  expect(consent.text).toContain('Before we start');
  const going = await consent.press('Agree');
  expect(going.text).toContain('You’re going.');
  const register = going.buttonDetails.find(({ label }) => label === 'Register on lu.ma');
  expect(register?.url).toMatch(/utm_source=rc-[0-9a-z]{16}$/);
  expect(await said()).toEqual([{ response: 'going', source: 'member' }]);
  const changed = await going.press('Interested');
  expect(changed.text).toContain('You’re interested.');
  expect(changed.message?.id).toBe(going.message?.id);
  await changed.press('Undo');
  expect(await said()).toEqual([]);
});

it('answers a tap on a channel’s card beside it, for the one who tapped alone', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: 'Concrete Problems' });
  const org = await on.services.orgs.resolve('baish');
  const channel = on.guild.addChannel({ name: 'events' });
  if (!event) throw new Error('no event');
  await postCard(on.platform, { platform: 'discord', externalId: on.guild.id, channelId: channel.id }, event, org);
  await (await on.ana.in(on.guild).runs('/orgs mine')).press('Agree');
  const card = () => {
    const found = on.guild.messagesSeenBy(on.ana).find(({ buttons }) => buttons.includes('Not going'));
    if (!found) throw new Error('no card');
    return found;
  };
  const before = card().text;
  const answers = [await card().press('Going'), await card().press('Going'), await card().press('Not going')];
  for (const answer of answers) expect(answer.isEphemeral).toBe(true);
  expect(card().text).toBe(before);
  expect(await said()).toEqual([{ response: 'not_going', source: 'member' }]);
});

it('lets an organiser change the kind, and shows hostile titles as text', async () => {
  const [event] = await addEvents(on.database, 'baish', { title: HOSTILE, description: HOSTILE, ruledType: 'talk' });
  const manager = on.discord.addUser({ username: 'olga', globalName: 'Olga' });
  manager.joins(on.guild, { permissions: 0x20n });
  const spot = manager.in(on.guild);
  const offered = await spot.types('/events show', 'event', 'long');
  expect(offered.map(({ value }) => value)).toContain(event?.id);
  const card = await spot.runs('/events show', { event: event?.id ?? '' });
  expect(card.pings).toEqual([]);
  expect(card.buttons).toContain('Guests');
  const changed = await card.choose('Change type', ['Social']);
  expect(changed.text).toContain('Social');
  const stored = await on.database.connection.selectFrom('events').select(['type', 'chosen_type']).execute();
  expect(stored).toContainEqual({ type: 'talk', chosen_type: 'social' });
});
