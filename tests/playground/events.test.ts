import { afterEach, beforeEach, expect, it } from 'vitest';
import { addEvents } from '../flows/events-story.js';
import { actingAs, buttonsOf } from './acting.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const { run, press } = actingAs('ana-ferreira', () => rollcall.port);

it('lets a demo member say that they come, and shows it from then on', async () => {
  const startsAt = rollcall.clock.now().plus({ days: 2 });
  const [event] = await addEvents(rollcall.database, 'baish', {
    title: 'Concrete Problems',
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
  });
  const list = await run('events upcoming', { org: 'baish', within: '3d' });
  const card = await press(list, 'Show');
  expect(JSON.stringify(card.body)).toContain('Concrete Problems');
  const going = await press(card, 'Going');
  expect(going.id).toBe(card.id);
  expect(JSON.stringify(going.body)).toContain('You’re going.');
  const link = buttonsOf(going).find(({ label }) => label === 'Register on lu.ma');
  expect(link).toMatchObject({ kind: 'link', url: expect.stringMatching(/\?utm_source=rc-[0-9a-z]{16}$/) });
  const again = await run('events show', { event: event?.lumaId ?? '' });
  expect(JSON.stringify(again.body)).toMatch(/You’re going\.[\s\S]*1 going/);
});
