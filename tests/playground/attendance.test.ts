import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Event, endOf } from '../../src/domain/events/event.js';
import type { WireButton, WireMessage, WireOutcome, WireState } from '../../src/platforms/playground/wire.js';
import { addEvents } from '../flows/events-story.js';
import { pagePost, rawRequest } from './raw-request.js';
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

async function asks(event: Event): Promise<void> {
  const { clock, services, product } = rollcall;
  clock.moveTo(endOf(event).plus({ hours: 2 }));
  await services.prompts.plan(clock.now());
  await product.services.mailings.fanOut(clock.now());
  await product.drain();
}

const prompts = async (): Promise<WireMessage[]> => {
  const answer = await rawRequest(rollcall.port, `/playground/state?as=${ACTING.as}`);
  const { messages }: WireState = JSON.parse(answer.text);
  return messages.filter(({ author, command, body }) => {
    return author.kind === 'bot' && !command && JSON.stringify(body).includes('Concrete Problems');
  });
};

it('asks a demo member whether they came, and the message follows what they say elsewhere', async () => {
  const startsAt = rollcall.clock.now().plus({ days: 2 }).set({ hour: 12 });
  const [event] = await addEvents(rollcall.database, 'baish', {
    title: 'Concrete Problems',
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
  });
  if (!event) throw new Error('There is an event.');
  const list = await run('events upcoming', { org: 'baish', within: '3d' });
  await press(await press(list, 'Show'), 'Going');
  await asks(event);
  const prompt = (await prompts()).find((one) => JSON.stringify(one.body).includes('Did you attend?'));
  if (!prompt) throw new Error('There is no prompt.');
  const thanks = await press(prompt, 'Yes');
  expect(thanks.id).toBe(prompt.id);
  expect(buttonsOf(thanks).map(({ label }) => label)).toContain('5 ★');
  await run('attendance mark', { event: 'concrete', status: 'partial' });
  await rollcall.product.drain();
  const now = (await prompts()).find(({ id }) => id === prompt.id);
  expect(JSON.stringify(now?.body)).toContain('You were there for part of it');
});
