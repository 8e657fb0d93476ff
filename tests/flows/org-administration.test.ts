import { PermissionFlagsBits } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Product, startProduct } from '../builders/product.js';
import type { Server } from '../fakes/discord/servers.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let product: Product;
let discord: OnDiscord;
let slack: OnSlack;
/** A Discord server of no org yet, which Ana manages. */
let studio: Server;
/** A workspace admin on Slack. */
let bea: ReturnType<OnSlack['slack']['addUser']>;

beforeEach(async () => {
  product = await startProduct();
  discord = await startOnDiscord({ product });
  slack = await startOnSlack({ product });
  studio = discord.discord.addGuild({ name: 'Studio' });
  discord.ana.joins(studio, { permissions: PermissionFlagsBits.ManageGuild });
  bea = slack.slack.addUser({ name: 'bea', realName: 'Bea Lima', isAdmin: true });
  await slack.agrees(bea);
});
afterEach(async () => {
  expect(discord.discord.violations).toEqual([]);
  expect(slack.slack.violations).toEqual([]);
  await discord.stop();
  await slack.stop();
  await product.stop();
});

const onDiscord = (command: string, options = {}) => discord.ana.in(studio).runs(command, options);
const onSlack = (text: string) => bea.in(slack.general).runs('/manage', text);
const codeIn = (text: string) => /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(text)?.[0] ?? '';

it('sets an org up on Discord, describes it, connects a Slack workspace to it, and logs it all', async () => {
  const consent = await onDiscord('/manage setup', { name: 'The Studio', city: 'Birmingham' });
  const asked = await consent.press('Agree');
  expect(asked.text).toContain('Which **Birmingham** do you mean?');
  const checklist = await asked.press('Birmingham, United Kingdom');
  expect(checklist.text).toContain('The Studio is set up');
  expect(checklist.isEphemeral).toBe(true);

  const form = await checklist.press('Describe it');
  expect(form.modal?.labels).toEqual(['Description', 'City', 'Kind', 'Website', 'Languages']);
  expect(form.modal?.prefilled).toMatchObject({ City: 'Birmingham, England, GB' });
  const saved = await form.submits({
    Description: 'We **read** @everyone.',
    Kind: 'Reading group',
    Website: 'studio.example',
  });
  expect(saved.text).toContain('Saved: description, kind, website.');
  expect(saved.pings).toEqual([]);

  const belongs = await onSlack('setup name:Studio');
  expect(belongs.text).toContain('belongs to');
  const here = await onSlack('connect');
  const card = await here.press('Disconnect', { nth: 0 });
  const gone = await (card.buttons.includes('Confirm') ? card : await card.next()).press('Confirm');
  expect(gone.text).toContain('no longer connected to');

  const code = codeIn((await onDiscord('/manage connect')).text);
  expect((await onSlack(`connect ${code}`)).text).toContain('This place belongs to *The Studio* now');
  expect((await onSlack('show')).text).toContain('1 Discord server, 1 Slack workspace');

  const listing = await (await onSlack('show')).press('Listing and joining');
  const changed = await listing.submits({ Joining: 'By approval' });
  expect(changed.text).toContain('Saved: joining.');

  const log = await onDiscord('/manage audit');
  for (const entry of [
    'Bea Lima changed joining from open to everyone to by approval',
    'Bea Lima connected a Slack workspace',
    'Ana Souza changed the kind from other to reading group',
    'Ana Souza set the description to “We',
    'Ana Souza connected a Discord server',
    'Ana Souza set the org up',
  ]) {
    expect(log.text).toContain(entry);
  }
});

it('says on each platform who may set up and connect, and asks Slack’s people for what is missing', async () => {
  const ana = slack.ana;
  await slack.agrees(ana);
  const baish = await ana.in(slack.general).runs('/manage', 'connect AAAA-AAAA');
  expect(baish.text).toContain('workspace admin or owner');
  const [space] = await product.database.inTransaction(async ({ orgs, spaces }) => {
    const [org] = await orgs.listByNameOrSlug('baish');
    const found = org ? await spaces.list(org.id) : [];
    if (org) for (const one of found) await spaces.remove(one, org.id);
    return found;
  });
  expect(space).toBeDefined();
  const refused = await ana.in(slack.general).runs('/manage', 'setup name:Studio');
  expect(refused.text).toContain('workspace admin or owner');

  const form = await onSlack('setup');
  expect(form.modal?.title).toBe('/manage setup');
  const made = await form.submits({ Name: 'Estúdio 8' });
  expect(made.text).toContain('Estúdio 8 is set up');
  const [org] = await product.database.inTransaction(({ orgs }) => orgs.listByNameOrSlug('estudio-8'));
  expect(org).toMatchObject({ name: 'Estúdio 8', isListed: true });
});
