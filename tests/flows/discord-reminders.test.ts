import { afterEach, beforeEach, expect, it } from 'vitest';
import { calledOff, movedBy } from '../builders/announcing.js';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { HOSTILE } from './events-story.js';
import { type GoersStory, startGoersStory } from './goers-story.js';

let product: ProductAtNoon;
let on: OnDiscord;
let story: GoersStory;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnDiscord({ product });
  story = await startGoersStory(product);
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

it('reminds, tells of a move, reminds of the new start, and says once that it is called off', async () => {
  const event = story.event({ title: `Talk ${HOSTILE}` });
  await story.add(event);
  const spot = on.ana.in(on.guild);
  const card = await (await spot.runs('/events upcoming', { org: 'baish' })).press('Show');
  await (await card.press('Going')).press('Agree');
  await story.neverQuiet();
  const told = () => on.ana.inbox().filter(({ text }) => text.includes('You said Going'));

  await story.until(event.startsAt.minus({ days: 1 }));
  expect(told()).toHaveLength(1);
  const [reminder] = told();
  expect(reminder?.text).toContain('You said Going; reminder 1 day before.');
  expect(reminder?.text).toContain(`<t:${event.startsAt.toUnixInteger()}:R>`);
  expect(reminder?.pings).toEqual([]);
  expect(reminder?.buttons).toEqual(expect.arrayContaining(['View on lu.ma', 'Not going', 'Change reminders']));
  const link = reminder?.buttonDetails.find(({ label }) => label === 'View on lu.ma');
  expect(link?.url).toMatch(/utm_source=rc-[0-9a-z]{16}$/);

  const moved = movedBy(event, { days: 3 });
  await story.find({ changed: [moved] });
  expect(told()).toHaveLength(2);
  expect(told()[1]?.text).toContain('Moved:');
  expect(told()[1]?.text).toContain(`<t:${moved.after.startsAt.toUnixInteger()}:F>`);

  await story.until(moved.after.startsAt.minus({ days: 1 }));
  expect(told()).toHaveLength(3);
  await story.find({ cancelled: [calledOff(moved.after)] });
  expect(told()[3]?.text).toContain('Cancelled.');
  await story.until(moved.after.startsAt.plus({ hours: 1 }));
  expect(told()).toHaveLength(4);
});

it('is over with a tap on Not going', async () => {
  const event = story.event({ title: 'Talk' });
  await story.add(event);
  const card = await (await on.ana.in(on.guild).runs('/events upcoming', { org: 'baish' })).press('Show');
  await (await card.press('Going')).press('Agree');
  await story.until(event.startsAt.minus({ days: 1 }));
  const reminder = on.ana.inbox().find(({ text }) => text.includes('reminder 1 day before'));
  const answer = await reminder?.press('Not going');
  expect(answer?.text).toContain('You’re not going.');
  await story.find({ changed: [movedBy(event, { hours: 6 })] });
  await story.until(event.startsAt.plus({ hours: 8 }));
  expect(on.ana.inbox().filter(({ text }) => text.includes('You said'))).toEqual([]);
});
