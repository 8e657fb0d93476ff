import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireButton, WireMessage, WireOutcome, WireView } from '../../src/platforms/playground/wire.js';
import { addEvents } from '../flows/events-story.js';
import { pagePost } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const ORGANISER = 'tomas-quiroga';
const MEMBER = 'ana-ferreira';

async function post(path: string, body: object, as = ORGANISER): Promise<WireMessage> {
  const answer = await pagePost(rollcall.port, `/playground/${path}`, { as, where: 'dm', ...body });
  const outcome: WireOutcome = JSON.parse(answer.text);
  if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
  return outcome.message;
}
const run = (name: string, options = {}, as = ORGANISER) => post('command', { name, options }, as);

const blocksOf = ({ body }: WireMessage): WireView['blocks'] => (body.kind === 'view' ? body.view.blocks : []);
const textOf = (message: WireMessage): string => JSON.stringify(message.body);

function press(message: WireMessage, label: string, as = ORGANISER): Promise<WireMessage> {
  const buttons = blocksOf(message).flatMap((block): WireButton[] => {
    if (block.kind === 'buttons') return [...block.buttons];
    return block.kind === 'list' ? block.items.flatMap(({ button }) => button ?? []) : [];
  });
  const found = buttons.find((one) => one.label === label);
  if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
  return post('press', { message: message.id, id: found.id, values: [] }, as);
}

function choose(message: WireMessage, placeholder: string, label: string): Promise<WireMessage> {
  const select = blocksOf(message).find((block) => block.kind === 'select' && block.placeholder === placeholder);
  if (select?.kind !== 'select') throw new Error(`there is no select "${placeholder}"`);
  const values = select.options.filter((option) => option.label === label).map(({ value }) => value);
  return post('press', { message: message.id, id: select.id, values });
}

it('shows an organiser who came, takes a mark by hand, and tells a member that it is for admins', async () => {
  const startsAt = rollcall.clock.now().plus({ hours: 1 });
  await addEvents(rollcall.database, 'baish', {
    title: 'Concrete Problems',
    startsAt,
    endsAt: startsAt.plus({ hours: 2 }),
  });
  const event = { event: 'concrete' };
  await press(await run('events show', event, MEMBER), 'Going', MEMBER);
  rollcall.clock.moveTo(startsAt.plus({ hours: 3 }));

  const overview = await run('crm attendance', event);
  expect(textOf(overview)).toContain('0 of 1 who said Going came (0%); 1 unknown');
  const list = await press(overview, 'Mark by hand');
  const preview = await choose(list, 'Whom do you want to mark?', 'Ana Ferreira');
  const marked = await press(preview, 'Came');
  expect(textOf(marked)).toContain('Ana Ferreira');
  expect(textOf(await press(marked, 'All numbers'))).toContain('1 of 1 who said Going came (100%)');
  expect(textOf(await run('crm attendance', event, MEMBER))).toContain('not an admin of any org');
  expect(textOf(await run('manage feedback'))).toContain('Who sees it:');
});
