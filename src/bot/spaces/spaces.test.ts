import { DateTime } from 'luxon';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { aVisitor, startBot, tapOf, wordsOf } from '../../../tests/builders/bot.js';
import { movableClock } from '../../shared/clock.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;

const person = (number: number, displayName: string): Visitor =>
  aVisitor({
    displayName,
    managesSpace: true,
    account: { platform: 'discord', teamId: '', accountId: `70000000000000000${number}` },
    place: { kind: 'space', externalId: `60000000000000000${number}`, channelId: '4' },
  });
const ana = person(1, 'Ana');
/** Manages another server, and is in no org. */
const ben = person(2, 'Ben');

beforeEach(async () => {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock });
  for (const visitor of [ana, ben]) await rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
  await runs(ana, 'manage setup', { name: 'Studio' });
});
afterEach(() => rollcall.stop());

const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const press = (visitor: Visitor, reply: Reply, label: string) => rollcall.bot.press(visitor, tapOf(reply, label), []);
const codeFor = async (visitor: Visitor) => {
  const [code] = /[0-9A-Z]{4}-[0-9A-Z]{4}/.exec(wordsOf(await runs(visitor, 'manage connect'))) ?? [];
  if (!code) throw new Error('No code was given.');
  return code;
};
const connects = async (visitor: Visitor, code: string) => wordsOf(await runs(visitor, 'manage connect', { code }));

it('connects a further place with the code of an admin, however it is typed, once', async () => {
  const code = await codeFor(ana);
  expect(await connects(ben, ` ${code.toLowerCase().replace('-', ' ')}`)).toContain('belongs to Studio now');
  expect(await connects(ben, code)).toContain('belongs to Studio already. Nothing to do');
  expect(await connects(person(3, 'Ana'), code)).toContain('Before we start');
  expect(wordsOf(await runs(ben, 'manage show'))).toContain('2 Discord servers');
  expect(wordsOf(await runs(ben, 'manage audit'))).toContain('Ben connected a Discord server');
  const cleo = person(3, 'Cleo');
  await rollcall.services.members.agree({ ...cleo, directChannelId: undefined });
  expect(await connects(cleo, code)).toContain('has been used already');
});

it('keeps no code that could be read from the database', async () => {
  const code = await codeFor(ana);
  const rows = rollcall.database.sqlite.prepare('select * from connect_codes').all();
  expect(JSON.stringify(rows)).not.toMatch(new RegExp(code.replace('-', '-?'), 'i'));
});

it('takes a code for ten minutes', async () => {
  const code = await codeFor(ana);
  clock.moveTo(START.plus({ minutes: 10 }));
  expect(await connects(ben, code)).toContain('good for ten minutes');
});

it('asks for the right to manage the place, and gives codes to admins only', async () => {
  const code = await codeFor(ana);
  expect(await connects({ ...ben, managesSpace: false }, code)).toContain('Manage Server');
  expect(await connects({ ...ben, place: { kind: 'direct', channelId: 'dm' } }, code)).toContain(
    'not in a direct message',
  );
  expect(wordsOf(await runs(ben, 'manage connect'))).toContain('you can set one up');
  expect(wordsOf(await runs(ben, 'manage connect', { org: 'studio' }))).toContain('Only admins of Studio');
  await runs(ben, 'manage setup', { name: 'Other' });
  expect(await connects(ben, code)).toContain('belongs to Other already');
});

it('stops guessing after ten wrong codes, right ones too, for an hour', async () => {
  const code = await codeFor(ana);
  for (let tries = 0; tries < 10; tries += 1) expect(await connects(ben, 'AAAA-AAAA')).toContain('not one I gave');
  expect(await connects(ben, code)).toContain('several wrong codes');
  clock.moveTo(START.plus({ hours: 1, minutes: 1 }));
  expect(await connects(ben, await codeFor(ana))).toContain('belongs to Studio now');
});

it('lets one of two in who use a code at the same moment', async () => {
  const code = await codeFor(ana);
  const cleo = person(3, 'Cleo');
  await rollcall.services.members.agree({ ...cleo, directChannelId: undefined });
  const words = await Promise.all([connects(ben, code), connects(cleo, code)]);
  expect(words.filter((text) => text.includes('belongs to Studio now'))).toHaveLength(1);
  expect(words.filter((text) => text.includes('has been used already'))).toHaveLength(1);
});

it('disconnects after asking once, and says what that means', async () => {
  await connects(ben, await codeFor(ana));
  const spaces = await runs(ben, 'manage connect');
  const listed = wordsOf(spaces);
  expect(listed).toContain('This Discord server');
  expect(listed).toContain('Discord server 600000000000000001');
  const asked = await rollcall.bot.press(ana, tapOf(await runs(ana, 'manage connect'), 'Disconnect'), []);
  expect(wordsOf(asked)).toContain('Nobody loses their membership');
  expect(wordsOf(await press(ana, asked, 'Confirm'))).toContain('no longer connected to Studio');
  expect(wordsOf(await press(ana, asked, 'Confirm'))).toContain('no longer connected to Studio');
  expect(wordsOf(await runs(ben, 'manage audit'))).toContain('Ana disconnected a Discord server');
  expect(wordsOf(await runs(ana, 'manage show', { org: 'studio' }))).toContain('1 Discord server');
});

it('keeps the last place of an org that has no admin', async () => {
  await rollcall.inTransaction(async ({ orgs }) => {
    const [studio] = await orgs.listByNameOrSlug('studio');
    const [admin] = studio ? await orgs.listActiveAdmins(studio.id) : [];
    const membership = studio && admin && (await orgs.findMembership(studio.id, admin));
    if (membership) await orgs.saveMembership({ ...membership, role: 'member' });
  });
  const spaces = await runs(ana, 'manage connect');
  expect(wordsOf(await press(ana, spaces, 'Disconnect'))).toContain('nobody has its admin role');
});
