import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';

let rollcall: Awaited<ReturnType<typeof startBot>>;
const ana = aVisitor({ managesSpace: true });

const start = async (options: Parameters<typeof startBot>[0] = {}) => {
  rollcall = await startBot(options);
  await rollcall.services.members.agree({ ...ana, directChannelId: undefined });
};
beforeEach(() => start());
afterEach(() => rollcall.stop());

const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const press = (visitor: Visitor, reply: Reply, label: string) => rollcall.bot.press(visitor, tapOf(reply, label), []);
const labelsOf = (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label);
const orgs = () => rollcall.inTransaction((repositories) => repositories.orgs.listAll());

describe('setting up an org', () => {
  it('makes it listed and open, of this place, with whoever did it as its admin, and says what is next', async () => {
    const made = await runs(ana, 'manage setup', { name: '  BAISH ', city: 'Buenos Aires', type: 'research_hub' });
    expect(wordsOf(made)).toContain('BAISH is set up');
    expect(labelsOf(made)).toEqual([
      'Describe it',
      'Listing and joining',
      'Connect a calendar',
      'Announcements',
      'Invite people',
      'Admins',
      'Get a code',
    ]);
    const [summary] = await orgs();
    expect(summary?.org).toMatchObject({
      slug: 'baish',
      name: 'BAISH',
      type: 'research_hub',
      city: { name: 'Buenos Aires', country: 'AR' },
      isListed: true,
      joinPolicy: 'open',
    });
    expect(summary?.activeMembers).toBe(1);
    expect(wordsOf(await runs(ana, 'manage show'))).toContain('1, of them 1 admin');
    const log = wordsOf(await runs(ana, 'manage audit'));
    expect(log).toMatch(/Ana connected a Discord server[\s\S]*Ana set the org up/);
  });

  it('asks for consent first, and goes on after it', async () => {
    const noor = aVisitor({
      ...ana,
      account: { ...ana.account, accountId: '700000000000000002' },
      displayName: 'Noor',
    });
    const consent = await runs(noor, 'manage setup', { name: 'Studio' });
    expect(wordsOf(consent)).toContain('Before we start');
    expect(await orgs()).toEqual([]);
    expect(wordsOf(await press(noor, consent, 'Agree'))).toContain('Studio is set up');
  });

  it('says who may, where, and to which org a place belongs', async () => {
    const member = { ...ana, managesSpace: false };
    expect(wordsOf(await runs(member, 'manage setup', { name: 'Studio' }))).toContain('Manage Server');
    const direct: Visitor = { ...ana, place: { kind: 'direct', channelId: 'dm' } };
    expect(wordsOf(await runs(direct, 'manage setup', { name: 'Studio' }))).toContain('not in a direct message');
    await runs(ana, 'manage setup', { name: 'Studio' });
    const again = await runs(ana, 'manage setup', { name: 'Another' });
    expect(wordsOf(again)).toContain('belongs to Studio already');
    expect(await orgs()).toHaveLength(1);
  });

  it('asks which city is meant, and does without one that nobody knows', async () => {
    const asked = await runs(ana, 'manage setup', { name: 'Studio', city: 'Birmingham' });
    expect(wordsOf(asked)).toContain('Which Birmingham do you mean?');
    expect(await orgs()).toEqual([]);
    await press(ana, asked, 'Birmingham, United Kingdom');
    expect((await orgs())[0]?.org.city?.country).toBe('GB');
    await rollcall.stop();
    await start();
    const unknown = await runs(ana, 'manage setup', { name: 'Studio', city: 'Xyzzyqqq' });
    expect(wordsOf(unknown)).toContain('I don’t know a city called Xyzzyqqq');
    await press(ana, unknown, 'Without a city');
    expect((await orgs())[0]?.org.city).toBeUndefined();
  });

  it('warns of a name like another’s, and makes a second slug when told to go on', async () => {
    const other = anOrg({ slug: 'lisbon-reading-group', name: 'Lisbon Reading Group' });
    await rollcall.inTransaction((repositories) => repositories.orgs.add(other));
    const warned = await runs(ana, 'manage setup', { name: 'Lisbon reading grup' });
    expect(wordsOf(warned)).toMatch(/such a name already[\s\S]*Lisbon Reading Group\nLisbon, Portugal/);
    expect(labelsOf(warned)).toEqual(['Show', 'Create anyway', 'Cancel']);
    expect(wordsOf(await press(ana, warned, 'Cancel'))).toBe('Nothing was set up.');
    const same = await runs(ana, 'manage setup', { name: 'Lisbon Reading Group' });
    await press(ana, same, 'Create anyway');
    expect((await orgs()).map(({ org }) => org.slug).sort()).toEqual([
      'lisbon-reading-group',
      'lisbon-reading-group-2',
    ]);
  });

  it('connects to the org of that name instead, if it is theirs', async () => {
    await runs(ana, 'manage setup', { name: 'Studio' });
    const elsewhere: Visitor = { ...ana, place: { kind: 'space', externalId: '600000000000000002', channelId: '4' } };
    const warned = await runs(elsewhere, 'manage setup', { name: 'studio' });
    expect(wordsOf(await press(elsewhere, warned, 'Connect to it instead'))).toContain('belongs to Studio now');
    expect(wordsOf(await runs(elsewhere, 'manage show'))).toContain('2 Discord servers');
    expect(await orgs()).toHaveLength(1);
  });

  it('makes one org of two taps at once', async () => {
    const replies = await Promise.all([1, 2].map(() => runs(ana, 'manage setup', { name: 'Studio' })));
    expect(await orgs()).toHaveLength(1);
    expect(replies.map(wordsOf).join('\n')).toContain('belongs to Studio already');
  });

  it('refuses a name that nobody could see, and keeps mark-up as text', async () => {
    expect(wordsOf(await runs(ana, 'manage setup', { name: '\u200b—\u202e' }))).toContain('An org needs a name');
    await runs(ana, 'manage setup', { name: '<@everyone> *Studio*\u202e' });
    expect((await orgs())[0]?.org).toMatchObject({ name: '<@everyone> *Studio*', slug: 'everyone-studio' });
  });
});

describe('where operators look at new orgs first', () => {
  beforeEach(async () => {
    await rollcall.stop();
    await start({ reviewsNewOrgs: true });
  });

  it('keeps it out of the directory, tells its admins, and lets people in all the same', async () => {
    const made = await runs(ana, 'manage setup', { name: 'Studio' });
    expect(wordsOf(made)).toContain('has not said yes yet');
    expect(wordsOf(await runs(ana, 'manage show'))).toContain('waiting for a yes');
    expect(wordsOf(await runs(ana, 'orgs browse'))).not.toContain('Studio');
    expect(wordsOf(await runs(ana, 'orgs show', { org: 'Studio' }))).toContain('Studio');
  });

  it('lists it once an operator says yes, and tells its admins, once', async () => {
    await runs(ana, 'manage setup', { name: 'Studio' });
    for (let tries = 0; tries < 2; tries += 1) await rollcall.services.operatorOrgs.change('studio', 'verify');
    await rollcall.settle();
    const told = rollcall.sent.filter(({ view }) => wordsOf({ kind: 'show', view }).includes('Studio has a yes'));
    expect(told).toHaveLength(1);
    expect(wordsOf(await runs(ana, 'orgs browse'))).toContain('Studio');
    expect(wordsOf(await runs(ana, 'manage audit'))).toContain('An operator of Rollcall said yes to the org');
  });
});
