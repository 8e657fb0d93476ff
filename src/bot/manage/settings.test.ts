import { afterEach, beforeEach, expect, it } from 'vitest';
import { asShown, aVisitor, formId, formOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import type { Visitor } from '../actor.js';
import type { RawFields } from '../forms.js';
import type { Reply } from '../reply.js';
import { plainText } from '../text.js';
import { textsOf } from '../views.js';

let rollcall: Awaited<ReturnType<typeof startBot>>;
const ana = aVisitor({ managesSpace: true });
const direct: Visitor = { ...ana, place: { kind: 'direct', channelId: 'dm' }, managesSpace: false };

beforeEach(async () => {
  rollcall = await startBot();
  await rollcall.services.members.agree({ ...ana, directChannelId: undefined });
  await runs(ana, 'manage setup', { name: 'Studio', city: 'Lisbon' });
});
afterEach(() => rollcall.stop());

const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
/** Sends the form with these fields changed. */
const submits = (visitor: Visitor, reply: Reply, changed: RawFields) => {
  const form = formOf(reply);
  return rollcall.bot.submit(visitor, formId(form), { ...asShown(form), ...changed });
};
const edits = async (changed: RawFields) => submits(ana, await runs(ana, 'manage edit'), changed);
const org = async () => (await rollcall.services.operatorOrgs.list())[0]?.org;
const log = async () => wordsOf(await runs(ana, 'manage audit'));
const problemsOf = (reply: Reply) => (reply.kind === 'correct' ? reply.problems : {});

it('saves what an org is, each change with its before and after in the log', async () => {
  const saved = await edits({
    description: 'We read.\n\n\n\nEvery week.',
    city: 'Porto, Portugal',
    type: ['reading_group'],
    website: 'studio.example',
    languages: 'Portuguese, english',
  });
  expect(wordsOf(saved)).toContain('Saved: description, city, kind, website, languages.');
  expect(await org()).toMatchObject({
    description: 'We read.\n\nEvery week.',
    city: { name: 'Porto' },
    type: 'reading_group',
    website: 'https://studio.example/',
    languages: ['pt', 'en'],
  });
  const words = await log();
  for (const entry of [
    'Ana set the description to “We read. Every week.”',
    'Ana changed the city from Lisbon, Portugal to Porto, Portugal',
    'Ana changed the kind from other to reading group',
    'Ana set the website to https://studio.example/',
    'Ana set the languages to Portuguese, English',
  ]) {
    expect(words).toContain(entry);
  }
  await edits({ website: '' });
  expect(await log()).toContain('Ana cleared the website, which was https://studio.example/');
});

it('writes nothing when the form comes back as it was', async () => {
  const before = await log();
  expect(wordsOf(await edits({}))).toContain('Nothing was changed');
  expect(await log()).toBe(before);
});

it('keeps what was typed when something does not fit, and says what', async () => {
  const { website, languages, city } = problemsOf(
    await edits({ website: 'javascript:alert(1)', languages: 'Klingonese' }),
  );
  expect(website).toContain('https://');
  expect(languages).toContain('Klingonese');
  expect(city).toBeUndefined();
  expect(problemsOf(await edits({ city: 'Birmingham' })).city).toContain('could be Birmingham, United Kingdom');
  expect(problemsOf(await edits({ city: 'Xyzzyqqq' })).city).toContain('I don’t know a place');
  expect((await org())?.city?.name).toBe('Lisbon');
});

it('changes the listing and how people come in', async () => {
  const settings = await runs(ana, 'manage show');
  const form = await rollcall.bot.press(ana, tapOf(settings, 'Listing and joining'), []);
  expect(asShown(formOf(form))).toEqual({ listed: 'yes', joining: 'open' });
  await submits(ana, form, { listed: ['no'], joining: ['approval'] });
  expect(await org()).toMatchObject({ isListed: false, joinPolicy: 'approval' });
  expect(await log()).toMatch(
    /Ana changed joining from open to everyone to by approval[\s\S]*Ana changed the directory listing from listed to not listed/,
  );
});

it('asks for the rights again when the form comes back', async () => {
  const form = await runs(ana, 'manage edit');
  await rollcall.services.members.agree({
    ...ana,
    account: { ...ana.account, accountId: '700000000000000009' },
    directChannelId: undefined,
  });
  const stranger: Visitor = { ...direct, account: { ...ana.account, accountId: '700000000000000009' } };
  const refused = await submits(stranger, form, { description: 'Mine now' });
  expect(wordsOf(refused)).toContain('Only admins of Studio');
  expect((await org())?.description).toBe('');
});

it('says “a former member” of whoever was erased, and keeps no name of theirs', async () => {
  await edits({ description: 'Ask Ana, or 700000000000000001' });
  const member = await rollcall.services.members.find(ana.account);
  if (!member) throw new Error('Ana has agreed.');
  await rollcall.services.members.erase(member.member.id);
  const manager = { ...ana, account: { ...ana.account, accountId: '700000000000000003' } };
  const page = viewOf(await runs(manager, 'manage audit'));
  const words = textsOf(page).map(plainText).join('\n');
  expect(words).toContain('A former member set the org up');
  expect(words).not.toMatch(/Ana\b/);
});
