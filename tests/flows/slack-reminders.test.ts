import { afterEach, beforeEach, expect, it } from 'vitest';
import { calledOff, movedBy } from '../builders/announcing.js';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { HOSTILE } from './events-story.js';
import { type GoersStory, startGoersStory } from './goers-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let product: ProductAtNoon;
let on: OnSlack;
let story: GoersStory;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnSlack({ product });
  story = await startGoersStory(product);
  await on.agrees(on.ana);
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

it('reminds, tells of a move, reminds of the new start, and says once that it is called off', async () => {
  const event = story.event({ title: `Talk ${HOSTILE}` });
  await story.add(event);
  const list = await on.ana.in(on.general).runs('/events', 'upcoming org:baish');
  await (await list.press('Show')).press('Going');
  await story.neverQuiet();
  const told = () => on.ana.inbox().filter(({ message }) => JSON.stringify(message.blocks).includes('You said Going'));
  const wordsOf = (position: number) => JSON.stringify(told()[position]?.message.blocks);

  await story.until(event.startsAt.minus({ days: 1 }));
  expect(told()).toHaveLength(1);
  expect(wordsOf(0)).toContain('You said Going; reminder 1 day before.');
  expect(wordsOf(0)).toContain(`<!date^${event.startsAt.toUnixInteger()}^`);
  expect(wordsOf(0)).not.toContain('<!channel>');
  expect(told()[0]?.buttons).toEqual(expect.arrayContaining(['View on lu.ma', 'Not going', 'Change reminders']));

  const moved = movedBy(event, { days: 3 });
  await story.find({ changed: [moved] });
  expect(told()).toHaveLength(2);
  expect(wordsOf(1)).toContain('Moved:');
  expect(wordsOf(1)).toContain(`<!date^${moved.after.startsAt.toUnixInteger()}^`);

  await story.until(moved.after.startsAt.minus({ days: 1 }));
  expect(told()).toHaveLength(3);
  await story.find({ cancelled: [calledOff(moved.after)] });
  expect(wordsOf(3)).toContain('Cancelled.');
  await story.until(moved.after.startsAt.plus({ hours: 1 }));
  expect(told()).toHaveLength(4);
});
