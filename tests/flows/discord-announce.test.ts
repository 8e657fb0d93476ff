import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { calledOff, movedBy } from '../builders/announcing.js';
import type { Person } from '../fakes/discord/people.js';
import { forgetOutcomes, type ProductAtNoon, startAtNoon, withCalendar } from './announce-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { makeAdmin } from './joining-story.js';

let product: ProductAtNoon;
let on: OnDiscord;
let calendar: Awaited<ReturnType<typeof withCalendar>>;
let events: { id: string };
/** Somebody in the server who looks after nothing. */
let ben: Person;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnDiscord({ product });
  calendar = await withCalendar(product);
  events = on.guild.addChannel({ name: 'events' });
  ben = on.discord.addUser({ username: 'ben', globalName: 'Ben' });
  ben.joins(on.guild);
  on.ana.joins(on.guild, { permissions: PermissionFlagsBits.ManageGuild });
  await (await on.ana.in(on.guild).runs('/orgs join', { org: 'baish' })).press('Agree');
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

const set = (options = {}) => on.ana.in(on.guild).runs('/manage announce set', { channel: events, ...options });
const posts = () => on.guild.messagesSeenBy(ben).filter(({ message }) => message?.channelId === events.id);
const arrived = (count: number) => on.discord.waitFor(() => posts().length === count, { what: `${count} posts` });

it('announces an event, takes answers to it, and tells of its changes, in the channel and in the server’s events', async () => {
  const chosen = await set({ mirror: true });
  expect(chosen.text).toContain('Announcements go to #events');
  expect(chosen.text).toContain('None is ahead yet.');
  expect(chosen.isEphemeral).toBe(true);

  const event = calendar.event({ title: 'Reading @everyone' });
  await calendar.finds({ added: [event] });
  await arrived(1);
  const [card] = posts();
  expect(card?.text).toContain('Rua Augusta 1, Lisbon');
  expect(card?.pings).toEqual([]);
  expect(card?.buttons.slice(0, 4)).toEqual(['Going', 'Interested', 'Not going', 'View on lu.ma']);
  await on.discord.waitFor(() => on.guild.scheduledEvents().length === 1);

  const consent = await card?.press('Going');
  const answer = await consent?.press('Agree');
  expect(answer?.isEphemeral).toBe(true);
  expect(answer?.text.toLowerCase()).toContain('going');
  expect(posts().filter(({ isEphemeral }) => !isEphemeral)).toHaveLength(1);

  const moved = movedBy(event, { days: 1 });
  await calendar.finds({ changed: [moved] });
  await on.discord.waitFor(() => posts().some(({ message }) => message?.answersId === card?.message?.id));
  const now = Math.floor(moved.after.startsAt.toSeconds());
  expect(card?.now().text).toContain(`<t:${now}:`);
  const reply = posts().find(({ message }) => message?.answersId !== undefined);
  expect(reply?.text).toContain('Moved:');
  expect(reply?.text).toContain(`<t:${Math.floor(event.startsAt.toSeconds())}:`);
  await on.discord.waitFor(() => on.guild.scheduledEvents()[0]?.scheduled_start_time === moved.after.startsAt.toISO());

  await calendar.finds({ cancelled: [calledOff(moved.after)] });
  await on.discord.waitFor(() => (card?.now().text ?? '').includes('Cancelled.'));
  await on.discord.waitFor(() => on.guild.scheduledEvents().length === 0);
  expect(card?.now().buttons).not.toContain('Going');
});

it('says which permission is missing, and takes the channel once it is there', async () => {
  const { ViewChannel, SendMessages, EmbedLinks, ReadMessageHistory } = PermissionFlagsBits;
  on.guild.allowBot(events, ViewChannel);
  const refused = await set();
  expect(refused.text).toContain('**Send Messages**, **Embed Links**, **Read Message History**');
  expect(refused.text).toContain('Nothing was changed.');
  on.guild.allowBot(events, ViewChannel | SendMessages | EmbedLinks | ReadMessageHistory);
  expect((await set()).text).toContain('Announcements go to #events');
  on.guild.allowBotHere(ViewChannel);
  expect((await set({ mirror: true })).text).toContain('**Create Events**');
});

it('is for the org’s admins, in a space of the org', async () => {
  await (await ben.in(on.guild).runs('/orgs mine')).press('Agree');
  const refused = await ben.in(on.guild).runs('/manage announce set', { channel: events, org: 'baish' });
  expect(refused.text).toContain('Only admins of');
  const elsewhere = on.discord.addGuild({ name: 'Elsewhere' });
  const member = await on.memberOf(on.ana);
  if (member) await makeAdmin(product.database, calendar.org, member.id);
  on.ana.joins(elsewhere, { permissions: PermissionFlagsBits.ManageGuild });
  const there = await on.ana.in(elsewhere).runs('/manage announce set', { channel: elsewhere.general, org: 'baish' });
  expect(there.text).toContain('That works in a server or workspace of');
  expect((await there.press('Announcements')).text).toContain('No channel yet.');
});

it('can be turned off, taken back, chosen from a list, and looked at', async () => {
  await set();
  const off = await on.ana.in(on.guild).runs('/manage announce off');
  expect(off.text).toContain('Nothing is announced in **#events** any more');
  await calendar.finds({ added: [calendar.event()] });
  const back = await off.press('Undo');
  expect(back.text).toContain('Announcements go to #events');
  const overview = await on.ana.in(on.guild).runs('/manage announce show');
  expect(overview.text).toContain('#events** · on');
  expect(overview.text).toContain('Nothing posted yet');
  const list = await (await overview.press('Turn off')).press('Announcements');
  expect(list.text).toContain('off since');
  on.guild.removeChannel(events);
  const gone = await list.press('Turn on');
  expect(gone.text).toContain('I can’t find a channel');
  const choice = await gone.press('Choose a channel');
  expect((await choice.choose('Choose a channel', ['#general'])).text).toContain('Announcements go to #general');
  const log = await on.ana.in(on.guild).runs('/manage audit');
  expect(log.text).toContain('for announcements');
  expect(log.text).toContain('switched announcements in');
  expect((await on.ana.in(on.guild).runs('/manage show')).buttons).toContain('Announcements');
});

it('turns itself off when the channel is gone, and tells the admins with a way to go on', async () => {
  const member = await on.memberOf(on.ana);
  if (member) await makeAdmin(product.database, calendar.org, member.id);
  await set();
  on.guild.removeChannel(events);
  await calendar.finds({ added: [calendar.event()] });
  await on.discord.waitFor(() => on.ana.inbox().some(({ text }) => text.includes('I can’t post in')));
  const alert = on.ana.inbox().find(({ text }) => text.includes('I can’t post in'));
  const choice = await alert?.press('Choose another channel');
  const chosen = await choice?.choose('Choose a channel', ['#general']);
  expect(chosen?.text).toContain('Announcements go to #general');
  await calendar.finds({ added: [calendar.event({ title: 'The next one' })] });
  await on.discord.waitFor(() => on.guild.messagesSeenBy(ben).some(({ text }) => text.includes('The next one')));
});

it('posts nothing twice when the process is killed between sending and noting', async () => {
  await set({ mirror: true });
  await calendar.finds({ added: [calendar.event()] });
  await arrived(1);
  await on.discord.waitFor(() => on.guild.scheduledEvents().length === 1);
  await product.drain();
  await forgetOutcomes(product);
  await on.restart();
  await product.drain();
  const states = product.database.sqlite
    .prepare("select distinct state from deliveries where kind like 'announce.%'")
    .all();
  expect(states).toEqual([{ state: 'sent' }]);
  expect(posts()).toHaveLength(1);
  expect(on.guild.scheduledEvents()).toHaveLength(1);
});

it('announces the next three of a calendar when asked, once', async () => {
  const four = [1, 2, 3, 4].map((days) =>
    calendar.event({ title: `Day ${days}`, startsAt: product.clock.now().plus({ days }) }),
  );
  await calendar.finds({ isFirst: true, added: four });
  const { announce } = product.services;
  const rights = { memberId: undefined, managedSpace: { platform: 'discord' as const, externalId: on.guild.id } };
  expect(await announce.announceNext(calendar.sourceId, rights)).toMatchObject({ announced: 0, channels: [] });
  await set();
  expect(posts()).toEqual([]);
  const both = await Promise.all([1, 2].map(() => announce.announceNext(calendar.sourceId, rights)));
  expect(both.map(({ announced }) => announced).sort()).toEqual([0, 3]);
  await arrived(3);
  await product.drain();
  expect(posts().map(({ text }) => /Day \d/.exec(text)?.[0])).toEqual(['Day 1', 'Day 2', 'Day 3']);
  await expect(
    announce.announceNext(calendar.sourceId, { memberId: undefined, managedSpace: undefined }),
  ).rejects.toMatchObject({ problem: { code: 'rights.org-admin' } });
});
