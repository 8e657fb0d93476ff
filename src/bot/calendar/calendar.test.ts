import { afterEach, beforeEach, expect, it } from 'vitest';
import { buttonsOf, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { type Product, startProduct } from '../../../tests/builders/product.js';
import { createServices } from '../../services.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';
import { createRollcallBot } from '../rollcall-bot.js';

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

const addressIn = (reply: Reply) => wordsOf(reply).match(/http\S+\.ics\S*/)?.[0];
const labelsIn = (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label);
const open = () => product.createBot().runCommand(ANA, 'events calendar', {});
const press = (reply: Reply, label: string) => product.createBot().press(ANA, tapOf(reply, label), []);

/** The one row there is. */
const kept = () => product.database.connection.selectFrom('calendar_feeds').selectAll().executeTakeFirstOrThrow();

it('shows the same private address each time, and says who reaches it while there is no public one', async () => {
  const first = await open();
  expect(addressIn(first)).toMatch(/^http:\/\/localhost:3000\/cal\/[0-9a-z]{32}\.ics$/);
  expect(wordsOf(first)).toContain('Only the computer that Rollcall runs on reaches that address');
  expect(addressIn(await open())).toBe(addressIn(first));
});

it('has another one for only what the member goes to', async () => {
  const first = await open();
  const going = await press(first, 'Only what I go to');
  expect(addressIn(going)).toBe(`${addressIn(first)}?only=going`);
  expect(addressIn(await press(going, 'All of my orgs’ events'))).toBe(addressIn(first));
});

it.each(['Google Calendar', 'Apple Calendar', 'Outlook'])(
  'tells how to add it to %s, in three steps',
  async (label) => {
    const going = await press(await open(), 'Only what I go to');
    const steps = await press(going, label);
    expect(wordsOf(steps)).toMatch(/1\. [^\n]+\n2\. [^\n]+\n3\. /);
    expect(addressIn(steps)).toBe(addressIn(going));
    // Nothing on the web reaches an address of this machine, so no link leads there.
    expect(labelsIn(steps)).toEqual(['Back', 'Upcoming events']);
    expect(addressIn(await press(steps, 'Back'))).toBe(addressIn(going));
  },
);

it('asks before it makes a new address, and changes nothing until then', async () => {
  const first = await open();
  const asked = await press(first, 'Make a new address');
  expect(wordsOf(asked)).toContain('stops working at once');
  expect(addressIn(await press(asked, 'Cancel'))).toBe(addressIn(first));
  const fresh = await press(asked, 'Make a new address');
  expect(wordsOf(fresh)).toContain('The old one does not work any more');
  expect(addressIn(fresh)).not.toBe(addressIn(first));
});

it('makes one new address, however often that is tapped', async () => {
  const asked = await press(await open(), 'Make a new address');
  const fresh = addressIn(await press(asked, 'Make a new address'));
  expect(addressIn(await press(asked, 'Make a new address'))).toBe(fresh);
  expect(addressIn(await open())).toBe(fresh);
});

it('is turned off after one question, and stays so whatever old card is tapped', async () => {
  const first = await open();
  const asked = await press(first, 'Turn it off');
  expect((await kept()).member_id).toBeDefined();
  expect(addressIn(await press(asked, 'Cancel'))).toBe(addressIn(first));
  const off = await press(asked, 'Turn it off');
  expect(wordsOf(off)).toContain('You have no calendar address');
  expect(wordsOf(await press(first, 'Only what I go to'))).toContain('You have no calendar address');
  expect(wordsOf(await press(first, 'Apple Calendar'))).toContain('You have no calendar address');
  expect(await product.database.connection.selectFrom('calendar_feeds').selectAll().execute()).toEqual([]);
  expect(addressIn(await press(off, 'Make one'))).not.toBe(addressIn(first));
});

/** The bot as it would be after a start with other settings, on the same database; its keys are new ones each time. */
function botElsewhere(settings: { publicUrl?: string } = {}) {
  const { database, clock, logger } = product;
  return createRollcallBot({ services: createServices(database, clock, settings), clock, logger });
}

it('says so when the key that an address was locked away with is gone, and ends nothing by itself', async () => {
  await open();
  const before = await kept();
  const bot = botElsewhere();
  const card = await bot.runCommand(ANA, 'events calendar', {});
  expect(wordsOf(card)).toContain('cannot be shown again');
  expect(await kept()).toEqual(before);
  const fresh = await bot.press(ANA, tapOf(card, 'Make a new address'), []);
  expect(addressIn(fresh)).toMatch(/\.ics$/);
  expect((await kept()).token_hash).not.toBe(before.token_hash);
});

it('leads to the calendars on the web with the address at hand, once there is a public one', async () => {
  const bot = botElsewhere({ publicUrl: 'https://rollcall.example.org' });
  const first = await bot.runCommand(ANA, 'events calendar', {});
  const address = addressIn(first) ?? '';
  expect(address).toMatch(/^https:\/\/rollcall\.example\.org\/cal\//);
  expect(wordsOf(first)).not.toContain('Only the computer');
  const linkIn = async (label: string) => {
    const steps = await bot.press(ANA, tapOf(first, label), []);
    const link = buttonsOf(viewOf(steps)).find((one) => one.kind === 'link');
    return link?.kind === 'link' ? new URL(link.url) : undefined;
  };
  expect((await linkIn('Google Calendar'))?.searchParams.get('cid')).toBe(address.replace('https:', 'webcal:'));
  expect((await linkIn('Outlook'))?.searchParams.get('url')).toBe(address);
  expect(await linkIn('Apple Calendar')).toBeUndefined();
});
