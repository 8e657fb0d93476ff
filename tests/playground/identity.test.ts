import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireBlock, WireMessage, WireOutcome, WireState } from '../../src/platforms/playground/wire.js';
import { pagePost, rawRequest } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;

beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const post = async (path: string, body: object): Promise<WireOutcome> =>
  JSON.parse((await pagePost(rollcall.port, `/playground/${path}`, { where: 'dm', ...body })).text);
const messageOf = (outcome: WireOutcome): WireMessage => {
  if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
  return outcome.message;
};
const run = async (as: string, name: string, options = {}) => messageOf(await post('command', { as, name, options }));
const blocksOf = ({ body }: WireMessage): WireBlock[] => (body.kind === 'view' ? body.view.blocks : []);
const words = (message: WireMessage) => JSON.stringify(message.body);
const press = async (as: string, message: WireMessage, label: string): Promise<WireOutcome> => {
  const found = blocksOf(message)
    .flatMap((block) => (block.kind === 'buttons' ? block.buttons : []))
    .find((button) => button.label === label);
  if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
  return post('press', { as, message: message.id, id: found.id, values: [] });
};
/** Everything in somebody's conversation with Rollcall. */
const inbox = async (as: string): Promise<WireMessage[]> => {
  const { messages }: WireState = JSON.parse((await rawRequest(rollcall.port, `/playground/state?as=${as}`)).text);
  return messages.filter(({ where }) => where === 'dm');
};
const arrives = async (as: string, what: string): Promise<WireMessage> => {
  for (let tries = 0; tries < 100; tries += 1) {
    const found = (await inbox(as)).find((message) => words(message).includes(what));
    if (found) return found;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  throw new Error(`"${what}" did not arrive.`);
};

it('lets two invented people stand for one person on two platforms, and gives and erases what is held', async () => {
  const [ana, tomas] = ['ana-ferreira', 'tomas-quiroga'];
  const asked = await run(ana, 'profile link');
  const code = /code:([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(words(asked))?.[1];
  const card = await run(tomas, 'profile link', { code });
  expect(words(card)).toContain('Ana Ferreira');
  expect(words(messageOf(await press(tomas, card, 'Confirm')))).toContain('one member now');
  await arrives(ana, 'typed your code and confirmed');
  const [mine, theirs] = [await run(ana, 'orgs mine'), await run(tomas, 'orgs mine')];
  expect(blocksOf(mine)).toEqual(blocksOf(theirs));
  expect(words(mine)).toContain('Lisboa Alinhada');
  expect(words(mine)).toContain('Buenos Aires AI Safety Hub');

  await run(ana, 'profile export');
  const file = blocksOf(await arrives(ana, 'Everything I hold about you')).find((block) => block.kind === 'file');
  expect(file?.kind === 'file' && file.name).toMatch(/^rollcall-export-/);

  const form = await press(ana, await run(ana, 'profile delete'), 'Delete…');
  if (form.kind !== 'form') throw new Error('No form came.');
  const done = await post('submit', { as: ana, id: form.form.id, fields: { word: 'DELETE' } });
  expect(words(messageOf(done))).toContain('everything about you is erased');
  expect(words(await run(tomas, 'profile export'))).toContain('nothing stored about you');
});
