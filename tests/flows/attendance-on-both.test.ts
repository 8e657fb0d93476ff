import { afterEach, beforeEach, expect, it } from 'vitest';
import { type ProductAtNoon, startAtNoon } from './announce-story.js';
import { startAttendanceStory } from './attendance-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let product: ProductAtNoon;
let discord: OnDiscord;
let slack: OnSlack;

beforeEach(async () => {
  product = await startAtNoon();
  discord = await startOnDiscord({ product });
  slack = await startOnSlack({ product });
});
afterEach(async () => {
  expect(discord.discord.violations).toEqual([]);
  expect(slack.slack.violations).toEqual([]);
  await discord.stop();
  await slack.stop();
  await product.stop();
});

const onDiscord = () => discord.ana.inbox().find(({ text }) => text.includes('Talk'));
const onSlack = () => slack.ana.inbox().find(({ text }) => text.includes('Talk'));

it('shows an answer given on one platform on the other one’s message too, and ends with the later of two', async () => {
  const story = await startAttendanceStory(product);
  const event = story.event({ title: 'Talk' });
  await story.add(event);
  const card = await (await discord.ana.in(discord.guild).runs('/events upcoming', { org: 'baish' })).press('Show');
  await (await card.press('Going')).press('Agree');
  const list = await slack.ana.in(slack.general).runs('/events', 'upcoming org:baish');
  await (await (await list.press('Show')).press('Going')).press('Agree');
  await story.asks(event);
  expect([onDiscord(), onSlack()].map((message) => message?.buttons.includes('Yes'))).toEqual([true, true]);

  const asked = await discord.ana.in(discord.guild).runs('/profile link');
  const code = /code:([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(asked.text)?.[1] ?? '';
  await (await slack.ana.in(slack.general).runs('/profile', `link code:${code}`)).press('Confirm');
  await product.drain();

  const [there, here] = [onDiscord(), onSlack()];
  await there?.press('Yes');
  await product.drain();
  expect([onDiscord(), onSlack()].map((message) => message?.text.includes('You were there, as you said'))).toEqual([
    true,
    true,
  ]);
  // The message as it was before is tapped, as when the tap was on its way meanwhile.
  await here?.press('No');
  await product.drain();
  expect([onDiscord(), onSlack()].map((message) => message?.text.includes('You were not there'))).toEqual([true, true]);
  expect(await story.stored()).toMatchObject([{ status: 'absent', source: 'member' }]);
  await story.until(event.startsAt.plus({ days: 2 }));
  const all = [...discord.ana.inbox(), ...slack.ana.inbox()].filter(({ text }) => text.includes('Talk'));
  expect(all).toHaveLength(2);
});
