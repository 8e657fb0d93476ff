import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { COMMENT, QUESTION, startAttendanceStory } from './attendance-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { HOSTILE } from './events-story.js';

let product: ProductAtNoon;
let on: OnDiscord;

beforeEach(async () => {
  product = await startAtNoon();
  on = await startOnDiscord({ product });
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await on.stop();
  await product.stop();
});

const prompts = () => on.ana.inbox().filter(({ text }) => text.includes('Talk'));

it('follows a member from Going to the comment, all in one message', async () => {
  const story = await startAttendanceStory(product);
  const event = story.event({ title: `Talk ${HOSTILE}` });
  await story.add(event);
  const card = await (await on.ana.in(on.guild).runs('/events upcoming', { org: 'baish' })).press('Show');
  await (await card.press('Going')).press('Agree');
  await story.asks(event);
  const [prompt, ...others] = prompts();
  expect(others).toEqual([]);
  expect(prompt?.text).toContain('Did you attend?');
  expect(prompt?.buttons).toEqual(['Yes', 'Part of it', 'No', 'Ask me tomorrow', 'Don’t ask']);
  expect(prompt?.pings).toEqual([]);

  const thanks = await prompt?.press('Yes');
  expect(thanks?.message?.id).toBe(prompt?.message?.id);
  expect(thanks?.buttons).toEqual(['1 ★', '2 ★', '3 ★', '4 ★', '5 ★', 'Add a comment', 'Change answer']);
  const rated = await thanks?.press('4 ★');
  expect(rated?.text).toContain('★★★★☆');
  const form = await rated?.press('Add a comment');
  const said = await form?.submits({ [QUESTION]: COMMENT });
  expect(said?.message?.id).toBe(prompt?.message?.id);
  expect(said?.text).toContain('Your comment: Tea');
  expect(said?.pings).toEqual([]);
  expect(await story.stored()).toEqual([{ status: 'attended', source: 'member', stars: 4, comment: COMMENT }]);

  await story.until(event.startsAt.plus({ days: 3 }));
  expect(prompts()).toHaveLength(1);
  const history = await on.ana.in(on.guild).runs('/attendance history');
  expect(history.text).toContain('Attended');
  const marked = await on.ana.in(on.guild).runs('/attendance mark', { event: 'talk', status: 'partial' });
  expect(marked.text).toContain('You were there for part of it');
  await product.drain();
  expect(prompts()[0]?.text).toContain('You were there for part of it');
  expect(on.logs()).not.toContain('Tea');
});
