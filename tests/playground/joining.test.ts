import { afterEach, beforeEach, expect, it } from 'vitest';
import type { WireMessage, WireOutcome, WireState } from '../../src/platforms/playground/wire.js';
import { pagePost, rawRequest } from './raw-request.js';
import { type RunningPlayground, startPlayground } from './start-playground.js';

let rollcall: RunningPlayground;
beforeEach(async () => {
  rollcall = await startPlayground();
});
afterEach(() => rollcall.stop());

const post = async (path: string, body: object): Promise<WireMessage> => {
  const outcome: WireOutcome = JSON.parse((await pagePost(rollcall.port, `/playground/${path}`, body)).text);
  if (outcome.kind !== 'message') throw new Error(`a ${outcome.kind} came instead of a message`);
  return outcome.message;
};
const run = (as: string, where: string, name: string, options = {}) => post('command', { as, where, name, options });
const press = (as: string, where: string, message: WireMessage, label: string) =>
  post('press', { as, where, message: message.id, id: idOf(message, label), values: [] });
const directMessages = async (as: string): Promise<WireMessage[]> => {
  const state: WireState = JSON.parse((await rawRequest(rollcall.port, `/playground/state?as=${as}&where=dm`)).text);
  return state.messages.filter(({ where }) => where === 'dm');
};

function idOf({ body }: WireMessage, label: string): string {
  const blocks = body.kind === 'view' ? body.view.blocks : [];
  const all = blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const found = all.find((one) => one.label === label);
  if (found?.kind !== 'action') throw new Error(`there is no button "${label}"`);
  return found.id;
}

it('lets a demo organiser answer the requests that wait, and one that comes in meanwhile', async () => {
  const list = await run('priya-raman', 'bengaluru-safety-studio/general', 'manage requests');
  expect(JSON.stringify(list.body)).toMatch(/people ask/);

  const card = await run('ana-ferreira', 'dm', 'orgs join', { org: 'bengaluru-safety-studio' });
  await press('ana-ferreira', 'dm', card, 'Confirm');
  await expect.poll(() => directMessages('priya-raman')).toHaveLength(1);
  const [alert] = await directMessages('priya-raman');
  if (!alert) throw new Error('no alert');
  expect(JSON.stringify(alert.body)).toMatch(/Ana Ferreira.*asks to join/);
  const answered = await press('priya-raman', 'dm', alert, 'Approve');
  expect(JSON.stringify(answered.body)).toContain('Priya Raman');
  await expect.poll(async () => JSON.stringify(await directMessages('ana-ferreira'))).toContain('said yes');
});
