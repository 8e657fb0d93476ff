import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireMessage } from '../../src/platforms/playground/wire.js';
import { addEvents } from '../flows/events-story.js';
import { actingAs } from './acting.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const organiser = actingAs('tomas-quiroga', () => rollcall.port);
const member = actingAs('ana-ferreira', () => rollcall.port);

const textOf = (message: WireMessage): string => JSON.stringify(message.body);

it('shows an organiser who came, takes a mark by hand, and tells a member that it is for admins', async () => {
  const startsAt = rollcall.clock.now().plus({ hours: 1 });
  await addEvents(rollcall.database, 'baish', {
    title: 'Concrete Problems',
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
  });
  const event = { event: 'concrete' };
  await member.press(await member.run('events show', event), 'Going');
  rollcall.clock.moveTo(startsAt.plus({ hours: 3 }));

  const overview = await organiser.run('crm attendance', event);
  expect(textOf(overview)).toContain('0 of 1 who said Going came (0%); 1 unknown');
  const list = await organiser.press(overview, 'Mark by hand');
  const preview = await organiser.choose(list, 'Whom do you want to mark?', 'Ana Ferreira');
  const marked = await organiser.press(preview, 'Came');
  expect(textOf(marked)).toContain('Ana Ferreira');
  expect(textOf(await organiser.press(marked, 'All numbers'))).toContain('1 of 1 who said Going came (100%)');
  expect(textOf(await member.run('crm attendance', event))).toContain('not an admin of any org');
  expect(textOf(await organiser.run('manage feedback'))).toContain('Who sees it:');
});
