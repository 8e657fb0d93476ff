import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Event, endOf } from '../../src/domain/events/event.js';
import type { WireMessage, WireState } from '../../src/platforms/playground/wire.js';
import { addEvents } from '../flows/events-story.js';
import { actingAs, buttonsOf } from './acting.js';
import { rawRequest } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const MEMBER = 'ana-ferreira';
const { run, press } = actingAs(MEMBER, () => rollcall.port);

async function asks(event: Event): Promise<void> {
  const { clock, services, product } = rollcall;
  clock.moveTo(endOf(event).plus({ hours: 2 }));
  await services.prompts.plan(clock.now());
  await product.services.mailings.fanOut(clock.now());
  await product.drain();
}

const prompts = async (): Promise<WireMessage[]> => {
  const answer = await rawRequest(rollcall.port, `/playground/state?as=${MEMBER}`);
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
