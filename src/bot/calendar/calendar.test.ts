import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Product, startProduct } from '../../../tests/builders/product.js';
import { encodeAction } from '../action-codec.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';
import { plainText } from '../text.js';
import { textsOf } from '../views.js';

const ANA: Visitor = {
  account: { platform: 'playground', teamId: '', accountId: 'ana-ferreira' },
  displayName: 'Ana',
  locale: 'en-GB',
  zone: 'Europe/Lisbon',
  place: { kind: 'direct', channelId: 'ana-ferreira' },
  managesSpace: false,
};

let product: Product;
beforeEach(async () => {
  product = await startProduct();
});
afterEach(() => product.stop());

function words(reply: Reply): string {
  if (reply.kind !== 'show' && reply.kind !== 'replace') throw new Error(`Not a view: ${reply.kind}`);
  return textsOf(reply.view).map(plainText).join('\n');
}

const addressIn = (reply: Reply) => words(reply).match(/http\S+\.ics\S*/)?.[0];

function press(reply: Reply, label: string): Promise<Reply> {
  if (reply.kind !== 'show' && reply.kind !== 'replace') throw new Error(`Not a view: ${reply.kind}`);
  const all = reply.view.blocks.flatMap((block) => (block.kind === 'buttons' ? block.buttons : []));
  const found = all.find((one) => one.label === label);
  if (found?.kind !== 'action') throw new Error(`No button ${label} among ${all.map((one) => one.label).join(', ')}`);
  return product.createBot().press(ANA, encodeAction(found.action), []);
}

it('shows the same private address each time, and says that only this machine reaches it', async () => {
  const bot = product.createBot();
  const first = await bot.runCommand(ANA, 'events calendar', {});
  expect(addressIn(first)).toMatch(/^http:\/\/localhost:3000\/cal\/[0-9a-z]{32}\.ics$/);
  expect(words(first)).toContain('Only this machine reaches that address');
  expect(addressIn(await bot.runCommand(ANA, 'events calendar', {}))).toBe(addressIn(first));
});

it('has another one for only what the member goes to, and steps for each calendar', async () => {
  const first = await product.createBot().runCommand(ANA, 'events calendar', {});
  expect(addressIn(await press(first, 'Only what I go to'))).toBe(`${addressIn(first)}?only=going`);
  expect(words(await press(first, 'How to add it'))).toMatch(/Google Calendar[\s\S]*Apple Calendar[\s\S]*Outlook/);
});

it('asks before it makes a new address, and changes nothing until then', async () => {
  const first = await product.createBot().runCommand(ANA, 'events calendar', {});
  const asked = await press(first, 'Make a new address');
  expect(words(asked)).toContain('stops working at once');
  expect(addressIn(await press(asked, 'Cancel'))).toBe(addressIn(first));
  const fresh = addressIn(await press(asked, 'Make a new address'));
  expect(fresh).toMatch(/\.ics$/);
  expect(fresh).not.toBe(addressIn(first));
});

it('can be turned off', async () => {
  const first = await product.createBot().runCommand(ANA, 'events calendar', {});
  expect(words(await press(first, 'Turn it off'))).toContain('works no more');
  const rows = await product.database.connection.selectFrom('calendar_feeds').selectAll().execute();
  expect(rows).toEqual([]);
});
