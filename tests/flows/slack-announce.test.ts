import { afterEach, beforeEach, expect, it } from 'vitest';
import { calledOff, movedBy } from '../builders/announcing.js';
import type { FakeChannel } from '../fakes/slack/channel.js';
import type { Person } from '../fakes/slack/person.js';
import { forgetOutcomes, type ProductAtNoon, startAtNoon, withCalendar } from './announce-story.js';
import { makeAdmin } from './joining-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let product: ProductAtNoon;
let on: OnSlack;
let calendar: Awaited<ReturnType<typeof withCalendar>>;
let events: FakeChannel;
/** A workspace admin. */
let bea: Person;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnSlack({ product });
  calendar = await withCalendar(product);
  events = on.slack.addChannel('events');
  bea = on.slack.addUser({ name: 'bea', realName: 'Bea Lima', isAdmin: true });
  await on.agrees(bea);
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

const manage = (text: string) => bea.in(on.general).runs('/manage', text);
const posted = async (count: number) => {
  await product.drain();
  expect(events.messages.filter(({ ephemeralFor }) => !ephemeralFor)).toHaveLength(count);
  return events.messages.filter(({ ephemeralFor }) => !ephemeralFor);
};
/** Everything readable in a message, as Slack keeps it. */
const wordsOf = (message: { blocks: unknown }) => JSON.stringify(message.blocks);

it('announces an event, takes answers to it, and tells of its changes in the thread', async () => {
  const chosen = await manage('announce set #events');
  expect(chosen.text).toContain('Announcements go to #events');
  expect(chosen.isEphemeral).toBe(true);

  const event = calendar.event({ title: 'Reading <!channel>' });
  await calendar.finds({ added: [event] });
  const [card] = await posted(1);
  if (!card) throw new Error('A card was posted.');
  expect(wordsOf(card)).toContain('Rua Augusta 1, Lisbon');
  // The title of a card is plain text in Slack; what notifications show is not.
  expect(card.text).toContain('Reading &lt;!channel&gt;');

  const [seen] = events.messagesSeenBy(on.ana);
  const consent = await seen?.press('Going');
  const answer = await consent?.press('Agree');
  expect(answer?.isEphemeral).toBe(true);
  expect(answer?.text.toLowerCase()).toContain('going');

  const moved = movedBy(event, { days: 1 });
  await calendar.finds({ changed: [moved] });
  const [changed, reply] = await posted(2);
  expect(changed?.ts).toBe(card.ts);
  expect(changed && wordsOf(changed)).toContain(`<!date^${Math.floor(moved.after.startsAt.toSeconds())}^`);
  expect(reply?.threadTs).toBe(card.ts);
  expect(reply && wordsOf(reply)).toContain('Moved:');

  await calendar.finds({ cancelled: [calledOff(moved.after)] });
  const [cancelled, , second] = await posted(3);
  expect(cancelled && wordsOf(cancelled)).toContain('Cancelled.');
  expect(second?.threadTs).toBe(card.ts);
});

it('takes a channel by its name or its mention, and says how to be let in', async () => {
  const hall = on.slack.addChannel('hall', { botIsMember: false });
  const refused = await manage('announce set #hall');
  expect(refused.text).toContain('/invite @Rollcall');
  expect(refused.text).toContain('Nothing was changed.');
  hall.addsBot();
  expect((await manage('announce set channel:HALL')).text).toContain('Announcements go to #hall');
  expect((await manage('announce set #nowhere')).text).toContain('I can’t find a channel *#nowhere*');
  expect((await manage('announce set #nowhere')).text).toContain('`/invite @Rollcall`');
  const mirrored = await manage('announce set #events mirror:yes');
  expect(mirrored.text).toContain('that works on Discord only');
  expect(mirrored.text).toContain('Announcements go to #events');
});

it('asks for the channel in a form, with those it was invited to', async () => {
  on.slack.addChannel('hall', { botIsMember: false });
  const form = await manage('announce set');
  expect(await form.typesInto('Channel', 'ev')).toContain('#events');
  expect(await form.typesInto('Channel', 'hall')).not.toContain('#hall');
  const chosen = await form.submits({ Channel: '#events' });
  expect(chosen.text).toContain('Announcements go to #events');
});

it('shows names of private channels to admins only', async () => {
  on.slack.addChannel('organisers', { isPrivate: true });
  await on.agrees(on.ana);
  const form = await on.ana.in(on.general).runs('/manage', 'announce set');
  expect(await form.typesInto('Channel', 'organ')).not.toContain('#organisers');
  const own = await manage('announce set');
  expect(await own.typesInto('Channel', 'organ')).toContain('#organisers');
});

it('turns itself off when the channel is archived, and tells the admins', async () => {
  const { id: teamId } = on.slack.workspace;
  const found = await on.services.members.find({ platform: 'slack', teamId, accountId: bea.id });
  if (found) await makeAdmin(product.database, calendar.org, found.member.id);
  await manage('announce set #events');
  events.archives();
  await calendar.finds({ added: [calendar.event()] });
  await product.drain();
  await product.drain();
  const alert = bea.inbox().find(({ text }) => text.includes('I can’t post in'));
  expect(alert?.text).toContain('#events');
  const choice = await alert?.press('Choose another channel');
  expect((await choice?.choose('Choose a channel', '#general'))?.text).toContain('Announcements go to #general');
});

it('posts nothing twice when the process is killed between sending and noting', async () => {
  await manage('announce set #events');
  const event = calendar.event();
  await calendar.finds({ added: [event] });
  await posted(1);
  await calendar.finds({ changed: [movedBy(event, { days: 1 })] });
  await posted(2);
  await forgetOutcomes(product);
  await on.restart();
  await posted(2);
  const states = product.database.sqlite
    .prepare("select distinct state from deliveries where kind like 'announce.%'")
    .all();
  expect(states).toEqual([{ state: 'sent' }]);
});
