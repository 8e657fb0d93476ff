import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireButton, WireMessage, WireOutcome } from '../../src/platforms/playground/wire.js';
import { addEvents } from '../flows/events-story.js';
import { pagePost } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const ACTING = { as: 'ana-ferreira', where: 'dm' };
const post = async (path: string, body: object): Promise<WireMessage> => {
  const answer = await pagePost(rollcall.port, `/playground/${path}`, { ...ACTING, ...body });
  const outcome: WireOutcome = JSON.parse(answer.text);
  if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
  return outcome.message;
};
const run = (name: string, options = {}) => post('command', { name, options });

function buttonsOf({ body }: WireMessage): WireButton[] {
  const blocks = body.kind === 'view' ? body.view.blocks : [];
  return blocks.flatMap((block) => {
    if (block.kind === 'buttons') return block.buttons;
    return block.kind === 'list' ? block.items.flatMap(({ button }) => button ?? []) : [];
  });
}

const press = (message: WireMessage, label: string): Promise<WireMessage> => {
  const found = buttonsOf(message).find((one) => one.label === label);
  if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
  return post('press', { message: message.id, id: found.id, values: [] });
};

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
