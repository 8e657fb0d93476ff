import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Person } from '../fakes/discord/people.js';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { COMMENT, QUESTION, startAttendanceStory } from './attendance-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { HOSTILE } from './events-story.js';

let product: ProductAtNoon;
let on: OnDiscord;
let ben: Person;
let tomas: Person;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnDiscord({ product });
  ben = on.discord.addUser({ username: 'ben', globalName: 'Ben **Okri**' });
  tomas = on.discord.addUser({ username: 'tomas', globalName: 'Tomás' });
  for (const person of [ben, tomas]) person.joins(on.guild);
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

const promptOf = (person: Person) => person.inbox().find(({ text }) => text.includes('Did you attend?'));
const recaps = () => tomas.inbox().filter(({ text }) => text.includes('Recap'));

it('follows an organiser from the event to the recap, a mark by hand and its undoing', async () => {
  const story = await startAttendanceStory(product);
  const event = story.event({ title: `Talk ${HOSTILE}` });
  await story.add(event);
  for (const person of [on.ana, ben]) {
    const card = await (await person.in(on.guild).runs('/events upcoming', { org: 'baish' })).press('Show');
    await (await card.press('Going')).press('Agree');
  }
  await (await tomas.in(on.guild).runs('/orgs mine')).press('Agree');
  const member = await on.memberOf(tomas);
  if (!member) throw new Error('Tomás has agreed.');
  await story.looksAfter(member.id);

  await story.asks(event);
  const thanks = await (await promptOf(on.ana)?.press('Yes'))?.press('5 ★');
  await (await thanks?.press('Add a comment'))?.submits({ [QUESTION]: COMMENT });
  await promptOf(ben)?.press('No');
  expect(recaps()).toEqual([]);

  await story.nextDay(event);
  const [recap, ...others] = recaps();
  expect(others).toEqual([]);
  expect(recap?.text).toContain('1 of 2 who said Going came');
  expect(recap?.text).toContain('Tea');
  expect(recap?.pings).toEqual([]);
  expect(recap?.buttons).toEqual(['Who came', 'Switch recaps off']);

  const overview = await recap?.press('Who came');
  expect(overview?.text).toContain('5.0 of 5 stars');
  const feedback = await overview?.press('Feedback');
  expect(feedback?.images.map(({ alt }) => alt).join()).toContain('5 stars: 1');
  expect(feedback?.text).toContain('Ana');
  expect(feedback?.pings).toEqual([]);
  const list = await (await feedback?.press('All numbers'))?.press('Mark by hand');
  const preview = await list?.choose('Whom do you want to mark?', ['Ben **Okri**']);
  expect(preview?.text).toContain('Did not come, as they said');
  const marked = await preview?.press('Part of it');
  expect((await story.stored()).map(({ status, source }) => `${source} ${status}`).sort()).toEqual([
    'admin partial',
    'member attended',
  ]);
  const undone = await marked?.press('Undo');
  expect(undone?.text).toContain('Did not come, as they said');
  expect((await story.stored()).map(({ status, source }) => `${source} ${status}`).sort()).toEqual([
    'member absent',
    'member attended',
  ]);

  await on.restart();
  await story.until(event.startsAt.plus({ days: 3 }));
  expect(recaps()).toHaveLength(1);
  const command = await tomas.in(on.guild).runs('/crm attendance', { event: 'talk' });
  expect(command.isEphemeral).toBe(true);
  expect(command.text).toContain('1 of 2 who said Going came');
  const refused = await on.ana.in(on.guild).runs('/crm attendance', { event: 'talk' });
  expect(refused.text).toContain('admins');
  expect(on.logs()).not.toMatch(/Tea|Okri/);
});
