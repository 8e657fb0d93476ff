import { afterEach, beforeEach, expect, it } from 'vitest';
import { addressIn, type CalendarStory, startCalendarStory } from './calendar-story.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let on: OnSlack;
let story: CalendarStory;

beforeEach(async () => {
  on = await startOnSlack();
  await on.agrees(on.ana);
  const member = await on.memberOf(on.ana);
  if (!member) throw new Error('She has not agreed.');
  story = await startCalendarStory(on, member.id);
});
afterEach(async () => {
  expect(on.slack.violations).toEqual([]);
  expect(on.slack.strayAcks).toEqual([]);
  await story.close();
  await on.stop();
});

it('has a member’s events in their calendar, theirs to see alone, until they turn it off', async () => {
  const card = await on.ana.in(on.general).runs('/events', 'calendar');
  expect(card.isEphemeral).toBe(true);
  const address = addressIn(card.text);
  const { title, url = '' } = story.event;
  expect(await story.reads(address)).toEqual([{ title, url, isBusy: false, isCancelled: false }]);

  await (await on.ana.in(on.general).runs('/events', 'show "evals night"')).press('Going');
  const going = addressIn((await card.press('Only what I go to')).text);
  expect(await story.reads(going)).toMatchObject([{ title, isBusy: true }]);

  const steps = await (await on.ana.in(on.general).runs('/events', 'calendar')).press('Apple Calendar');
  expect(steps.text).toContain('New Calendar Subscription');
  expect(addressIn(steps.text)).toBe(address);
  const off = await (await (await steps.press('Back')).press('Turn it off')).press('Turn it off');
  expect(off.text).toContain('You have no calendar address');
  expect(await story.reads(address)).toBe(404);
  expect(on.logs()).not.toContain(/cal\/(\w+)\.ics/.exec(address)?.[1]);
});
