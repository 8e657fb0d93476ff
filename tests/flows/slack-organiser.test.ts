import { afterEach, beforeEach, expect, it } from 'vitest';
import type { Person } from '../fakes/slack/person.js';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { COMMENT, QUESTION, startAttendanceStory } from './attendance-story.js';
import { HOSTILE } from './events-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let product: ProductAtNoon;
let on: OnSlack;
let ben: Person;
let tomas: Person;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnSlack({ product });
  ben = on.slack.addUser({ name: 'ben', realName: 'Ben *Okri*', tz: 'Europe/Lisbon' });
  tomas = on.slack.addUser({ name: 'tomas', realName: 'Tomás', tz: 'Europe/Lisbon' });
  for (const person of [on.ana, ben, tomas]) await on.agrees(person);
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
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
    const list = await person.in(on.general).runs('/events', 'upcoming org:baish');
    await (await list.press('Show')).press('Going');
  }
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
  expect(recap?.buttons).toEqual(['Who came', 'Switch recaps off']);

  const overview = await recap?.press('Who came');
  expect(overview?.text).toContain('5.0 of 5 stars');
  const feedback = await overview?.press('Feedback');
  expect(feedback?.images.map(({ alt }) => alt).join()).toContain('5 stars: 1');
  expect(feedback?.text).toContain('Ana');
  const list = await (await feedback?.press('All numbers'))?.press('Mark by hand');
  const preview = await list?.choose('Whom do you want to mark?', ['Ben *Okri*']);
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
  const command = await tomas.in(on.general).runs('/crm', 'attendance event:talk');
  expect(command.text).toContain('1 of 2 who said Going came');
  const refused = await on.ana.in(on.general).runs('/crm', 'attendance event:talk');
  expect(refused.text).toContain('admins');
  expect(on.logs()).not.toMatch(/Tea|Okri/);
});
