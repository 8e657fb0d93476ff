import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Product, startProduct } from '../builders/product.js';
import { type OnDiscord, startOnDiscord } from './discord-harness.js';
import { type OnSlack, startOnSlack } from './slack-harness.js';

let folder: string;
let product: Product;
let discord: OnDiscord;
let slack: OnSlack;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-identity-'));
  product = await startProduct({ file: join(folder, 'rollcall.db') });
  discord = await startOnDiscord({ product });
  slack = await startOnSlack({ product });
});

afterEach(async () => {
  expect(discord.discord.violations).toEqual([]);
  expect(slack.slack.violations).toEqual([]);
  await discord.stop();
  await slack.stop();
  await product.stop();
  rmSync(folder, { recursive: true, force: true });
});

const onDiscord = (command: string, options = {}) => discord.ana.in(discord.guild).runs(command, options);
const onSlack = (command: string, text: string) => slack.ana.in(slack.general).runs(command, text);
const codeIn = (text: string) => /code:([0-9A-Z]{4}-[0-9A-Z]{4})/.exec(text)?.[1] ?? '';
const discordInbox = () => discord.ana.inbox().map(({ text }) => text);
const discordGets = (words: string) =>
  discord.discord.waitFor(() => discordInbox().some((text) => text.includes(words)), { what: words });

/** Becomes a member on both platforms, with an org on each. */
async function joinsOnBoth(): Promise<void> {
  const consent = await onDiscord('/orgs join', { org: 'baish' });
  await (await consent.press('Agree')).press('Confirm');
  const onOther = await onSlack('/orgs', 'join lisboa-alinhada');
  await (await onOther.press('Agree')).press('Confirm');
}

/** Asks for a code on Discord, types it on Slack, confirms there. */
async function links(): Promise<void> {
  const code = codeIn((await onDiscord('/profile link')).text);
  const card = await onSlack('/profile', `link code:${code}`);
  await card.press('Confirm');
}

/** Which of the words stand in any file of the database, the log included. */
function foundInFiles(words: readonly string[]): string[] {
  const contents = readdirSync(folder).map((name) => readFileSync(join(folder, name)));
  return words.filter((word) => contents.some((bytes) => bytes.includes(Buffer.from(word, 'utf8'))));
}

it('makes one member of two accounts, gives their data, and leaves nothing of them in the file', async () => {
  await joinsOnBoth();
  const editing = await onDiscord('/profile edit');
  await editing.submits({ Name: 'Quetzalina Umbrosa', Headline: 'Counts **nudibranchs**' });
  const [one, other] = [await discord.memberOf(discord.ana), await slack.memberOf(slack.ana)];
  expect(one?.id).not.toBe(other?.id);

  const asked = await onDiscord('/profile link');
  expect(asked.isEphemeral).toBe(true);
  const code = codeIn(asked.text);
  const card = await onSlack('/profile', `link code:${code.toLowerCase()}`);
  expect(card.isEphemeral).toBe(true);
  expect(card.text).toContain('Quetzalina Umbrosa* · Discord');
  expect(card.text).toContain('Counts ∗∗nudibranchs∗∗');
  expect(card.text).toContain('would go: name “ana”');
  await discordGets('typed your code and is asked to confirm');
  const linked = await card.press('Confirm');
  expect(linked.text).toContain('one member now');
  await discordGets('typed your code and confirmed');

  const member = await discord.memberOf(discord.ana);
  expect((await slack.memberOf(slack.ana))?.id).toBe(member?.id);
  for (const mine of [await onDiscord('/orgs mine'), await onSlack('/orgs', 'mine')]) {
    expect(mine.text).toContain('Buenos Aires AI Safety Hub');
    expect(mine.text).toContain('Lisboa Alinhada');
  }

  const onItsWay = await onDiscord('/profile export');
  expect(onItsWay.text).toContain('on its way');
  await discordGets('Everything I hold about you');
  const file = discord.ana.inbox().flatMap(({ files }) => files)[0];
  expect(file?.name).toMatch(/^rollcall-export-\d{4}-\d{2}-\d{2}\.json$/);
  const text = file?.bytes.toString('utf8') ?? '';
  const accounts = [discord.ana.id, slack.ana.id];
  for (const word of ['ana', 'Buenos Aires AI Safety Hub', 'Lisboa Alinhada', ...accounts]) {
    expect(text).toContain(word);
  }
  expect(JSON.parse(text).Parts.map(({ Part }: { Part: string }) => Part)).toEqual(
    expect.arrayContaining(['You', 'Your accounts', 'Your orgs', 'Accounts you linked', 'Messages to you']),
  );

  const identities = product.database.sqlite
    .prepare('select id, account_id, direct_channel_id from identities where member_id = ?')
    .all(member?.id) as Record<string, string>[];
  const ids = identities.flatMap((row) => Object.values(row));
  expect(ids).toHaveLength(6);
  const words = ['Quetzalina Umbrosa', 'nudibranchs', ...accounts, ...[one, other].map((was) => was?.id ?? ''), ...ids];
  product.database.sqlite.pragma('wal_checkpoint(PASSIVE)');
  expect(foundInFiles(words)).toEqual(words);

  const ask = await onSlack('/profile', 'delete');
  const form = await ask.press('Delete…');
  const done = await form.submits({ 'Write DELETE to confirm': 'DELETE' });
  expect(done.text).toContain('everything about you is erased');

  expect(foundInFiles(words)).toEqual([]);
  const lookUps = slack.slack.calls('users.info').length;
  expect((await onSlack('/profile', 'export')).text).toContain('nothing stored about you');
  expect(slack.slack.calls('users.info')).toHaveLength(lookUps + 1);
  expect((await onDiscord('/profile delete')).text).toContain('nothing stored about you');
  expect((await onDiscord('/orgs mine')).text).toContain('Before we start');
});

it('lets the side that asked stop a stranger who typed its code', async () => {
  await joinsOnBoth();
  const code = codeIn((await onDiscord('/profile link')).text);
  const mallory = slack.slack.addUser({ name: 'mallory', realName: 'Mallory', tz: 'Europe/London', locale: 'en-GB' });
  await slack.agrees(mallory);
  const card = await mallory.in(slack.general).runs('/profile', `link code:${code}`);
  await discordGets('Mallory');
  const notice = discord.ana.inbox().find(({ text }) => text.includes('Mallory'));
  await notice?.press('Withdraw it');
  expect((await card.press('Confirm')).text).toContain('not one I gave');
  expect((await onSlack('/profile', `link code:${code}`)).text).toContain('not one I gave');
  expect((await slack.memberOf(mallory))?.id).not.toBe((await discord.memberOf(discord.ana))?.id);
});

it('asks somebody new on the second platform for consent first, and goes on with the code', async () => {
  const consent = await onDiscord('/orgs join', { org: 'baish' });
  await (await consent.press('Agree')).press('Confirm');
  const code = codeIn((await onDiscord('/profile link')).text);
  const before = await onSlack('/profile', `link code:${code}`);
  expect(before.text).toContain('Before we start');
  const card = await before.press('Agree');
  await card.press('Confirm');
  expect((await onSlack('/orgs', 'mine')).text).toContain('Buenos Aires AI Safety Hub');
});

it('separates the two again when an operator undoes it, and tells both', async () => {
  await joinsOnBoth();
  const before = [await discord.memberOf(discord.ana), await slack.memberOf(slack.ana)];
  await links();
  await product.services.links.undo({ platform: 'discord', teamId: '', accountId: discord.ana.id });
  expect([await discord.memberOf(discord.ana), await slack.memberOf(slack.ana)]).toEqual(before);
  await discordGets('two members again');
  await slack.slack.waitFor(() => slack.ana.inbox().some(({ text }) => text.includes('two members again')));
  expect((await onDiscord('/orgs mine')).text).not.toContain('Lisboa Alinhada');
  expect((await onSlack('/orgs', 'mine')).text).not.toContain('Buenos Aires');
});

it('sends the file on Slack too, to where it was asked for', async () => {
  await joinsOnBoth();
  await links();
  await onSlack('/profile', 'export');
  const files = () => slack.ana.inbox().flatMap((one) => one.files);
  await slack.slack.waitFor(() => files().length > 0);
  expect(files()[0]?.name).toMatch(/^rollcall-export-/);
  expect(files()[0]?.bytes?.toString('utf8')).toContain('Lisboa Alinhada');
});

it('erases somebody whose request is still pending, and the request with them', async () => {
  const { id } = await product.services.orgs.resolve('baish');
  await product.database.connection.updateTable('orgs').set({ join_policy: 'approval' }).where('id', '=', id).execute();
  const consent = await onDiscord('/orgs join', { org: 'baish' });
  await (await consent.press('Agree')).press('Confirm');
  const memberId = (await discord.memberOf(discord.ana))?.id ?? '';
  const form = await (await onDiscord('/profile delete')).press('Delete…');
  await form.submits({ 'Write DELETE to confirm': 'DELETE' });
  expect(foundInFiles([memberId, discord.ana.id])).toEqual([]);
});
