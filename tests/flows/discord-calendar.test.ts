import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressIn, type CalendarStory, startCalendarStory } from './calendar-story.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';

let on: OnDiscord;
let story: CalendarStory;

beforeEach(async () => {
  on = await startOnDiscord();
  await (await on.ana.in(on.guild).runs('/orgs mine')).press('Agree');
  await on.discord.waitFor(() => on.ana.inbox().length === 1, { what: 'the welcome' });
  const member = await on.memberOf(on.ana);
  if (!member) throw new Error('She has not agreed.');
  story = await startCalendarStory(on, member.id);
});
afterEach(async () => {
  expect(on.discord.violations).toEqual([]);
  await story.close();
  await on.stop();
});

it('has a member’s events in their calendar, theirs to see alone, busy once they go, gone once cancelled', async () => {
  const card = await on.ana.in(on.guild).runs('/events calendar');
  expect(card.isEphemeral).toBe(true);
  const address = addressIn(card.text);
  const { title, url = '' } = story.event;
  expect(await story.reads(address)).toEqual([{ title, url, isBusy: false, isCancelled: false }]);
  const going = addressIn((await card.press('Only what I go to')).text);
  expect(await story.reads(going)).toEqual([]);

  await (await on.ana.in(on.guild).runs('/events show', { event: 'evals night' })).press('Going');
  const own = expect.stringMatching(/\?utm_source=rc-[0-9a-z]{16}$/);
  expect(await story.reads(going)).toMatchObject([{ title, isBusy: true, url: own }]);

  await story.cancels();
  expect(await story.reads(address)).toMatchObject([{ title, isCancelled: true }]);
  expect(on.logs()).not.toContain(/cal\/(\w+)\.ics/.exec(address)?.[1]);
});

it('gives another address for the asking, and ends it, each after one question', async () => {
  const card = await on.ana.in(on.guild).runs('/events calendar');
  const old = addressIn(card.text);
  const asked = await card.press('Make a new address');
  expect(await story.reads(old)).toHaveLength(1);
  const renewed = await asked.press('Make a new address');
  const fresh = addressIn(renewed.text);
  expect(await story.reads(old)).toBe(404);
  expect(await story.reads(fresh)).toHaveLength(1);

  const steps = await renewed.press('Google Calendar');
  expect(steps.text).toContain('From URL');
  const off = await (await (await steps.press('Back')).press('Turn it off')).press('Turn it off');
  expect(off.text).toContain('You have no calendar address');
  expect(await story.reads(fresh)).toBe(404);
});
