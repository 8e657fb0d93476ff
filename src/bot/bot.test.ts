import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  asShown,
  aVisitor,
  buttonsOf,
  formId,
  formOf,
  startBot,
  tapOf,
  viewOf,
  wordsOf,
} from '../../tests/builders/bot.js';
import { anOrg } from '../../tests/builders/orgs.js';
import { kitchenSink } from '../../tests/contracts/kitchen-sink.js';
import type { Org } from '../domain/orgs/org.js';
import { encodeAction } from './action-codec.js';
import type { Select } from './views.js';

let rollcall: Awaited<ReturnType<typeof startBot>>;
const ana = aVisitor();
const ben = aVisitor({
  account: { platform: 'discord', teamId: '', accountId: '700000000000000002' },
  displayName: 'Ben',
});

beforeEach(async () => {
  rollcall = await startBot({ more: [kitchenSink()] });
});
afterEach(() => rollcall.stop());

const keep = (org: Org) => rollcall.inTransaction(({ orgs }) => orgs.add(org));
const countOf = (table: string): number =>
  (rollcall.database.sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number }).n;
const agree = async (visitor = ana) => {
  await rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
};

describe('first contact', () => {
  it('shows the consent card before anything is stored', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    const reply = await rollcall.bot.runCommand(ana, 'orgs join', { org: 'baish' });
    expect(wordsOf(reply)).toContain('What I keep');
    expect(buttonsOf(viewOf(reply)).map(({ label }) => label)).toEqual(['Agree', 'Not now']);
    expect(countOf('members') + countOf('identities')).toBe(0);
  });

  it('goes on with the interrupted command after Agree, and says hello once in a direct message', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    const card = await rollcall.bot.runCommand(ana, 'orgs join', { org: 'baish' });
    const joinCard = await rollcall.bot.press(ana, tapOf(card, 'Agree'), []);
    expect(joinCard.kind).toBe('replace');
    expect(wordsOf(joinCard)).toContain('Join BAISH?');
    const joined = await rollcall.bot.press(ana, tapOf(joinCard, 'Confirm'), []);
    expect(wordsOf(joined)).toContain('You’re in BAISH');
    await rollcall.settle();
    expect(rollcall.sent).toHaveLength(1);
    expect(rollcall.sent[0]).toMatchObject({ accountId: ana.account.accountId });
    expect(countOf('memberships')).toBe(1);
  });

  it('leads to an org’s page on the web, where its address is known', async () => {
    await keep(anOrg({ slug: 'baish' }));
    const unknown = await rollcall.bot.runCommand(ana, 'orgs show', { org: 'baish' });
    expect(buttonsOf(viewOf(unknown)).filter(({ kind }) => kind === 'link')).toEqual([]);
    const served = await startBot({ publicUrl: 'https://rollcall.example.org' });
    await served.inTransaction(({ orgs }) => orgs.add(anOrg({ slug: 'baish' })));
    const shown = await served.bot.runCommand(ana, 'orgs show', { org: 'baish' });
    expect(buttonsOf(viewOf(shown))).toContainEqual({
      kind: 'link',
      label: 'Page to share',
      url: 'https://rollcall.example.org/o/baish',
    });
    await served.stop();
  });

  it('goes on with a tap that was interrupted', async () => {
    const org = anOrg({ name: 'BAISH', slug: 'baish' });
    await keep(org);
    const shown = await rollcall.bot.runCommand(ana, 'orgs show', { org: 'baish' });
    const card = await rollcall.bot.press(ana, tapOf(shown, 'Join'), []);
    expect(wordsOf(card)).toContain('Before we start');
    expect(wordsOf(await rollcall.bot.press(ana, tapOf(card, 'Agree'), []))).toContain('Join BAISH?');
  });

  it('opens the form that was asked for after Agree', async () => {
    const card = await rollcall.bot.runCommand(ana, 'profile edit', {});
    const form = formOf(await rollcall.bot.press(ana, tapOf(card, 'Agree'), []));
    expect(form.fields[0]).toMatchObject({ name: 'name', initial: 'Ana' });
  });

  it('makes one member of two taps on Agree at once', async () => {
    const card = await rollcall.bot.runCommand(ana, 'orgs mine', {});
    await Promise.all([1, 2, 3].map(() => rollcall.bot.press(ana, tapOf(card, 'Agree'), [])));
    await rollcall.settle();
    expect([countOf('members'), countOf('identities'), rollcall.sent.length]).toEqual([1, 1, 1]);
  });

  it('stores nothing after Not now', async () => {
    const card = await rollcall.bot.runCommand(ana, 'orgs mine', {});
    expect(wordsOf(await rollcall.bot.press(ana, tapOf(card, 'Not now'), []))).toContain('nothing is stored');
    expect(countOf('members')).toBe(0);
  });

  it('needs no consent to look around', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    for (const [name, texts] of [
      ['help', {}],
      ['orgs browse', {}],
      ['orgs show', { org: 'baish' }],
    ] as const) {
      expect(wordsOf(await rollcall.bot.runCommand(ana, name, texts))).not.toContain('Before we start');
    }
    expect(countOf('members')).toBe(0);
  });
});

describe('joining and leaving', () => {
  it('is safe against double taps', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    await agree();
    const card = await rollcall.bot.runCommand(ana, 'orgs join', { org: 'BAISH' });
    const confirm = tapOf(card, 'Confirm');
    const both = await Promise.all([rollcall.bot.press(ana, confirm, []), rollcall.bot.press(ana, confirm, [])]);
    expect(both.map(wordsOf).join('\n')).toContain('You’re in BAISH');
    expect(both.map(wordsOf).join('\n')).toContain('You’re already in BAISH');
    expect(countOf('memberships')).toBe(1);
  });

  it('tells kindly that an org has gone between the card and the tap', async () => {
    const org = anOrg({ slug: 'baish', name: 'BAISH' });
    await keep(org);
    await agree();
    const card = await rollcall.bot.runCommand(ana, 'orgs join', { org: 'baish' });
    rollcall.database.sqlite.exec('update orgs set is_hidden = 1');
    const reply = await rollcall.bot.press(ana, tapOf(card, 'Confirm'), []);
    expect(wordsOf(reply)).toContain('no longer here');
    expect(countOf('memberships')).toBe(0);
  });

  it('offers the nearest names for one that is not known', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    const reply = await rollcall.bot.runCommand(ana, 'orgs show', { org: 'BASIH' });
    expect(wordsOf(reply)).toMatch(/don't know an org called BASIH.*Did you mean/s);
    expect(wordsOf(await rollcall.bot.press(ana, tapOf(reply, 'Show'), []))).toContain('BAISH');
  });

  it('asks which one when several orgs bear a name', async () => {
    await keep(anOrg({ name: 'AI Safety', slug: 'one' }));
    await keep(anOrg({ name: 'ai safety', slug: 'two' }));
    const reply = await rollcall.bot.runCommand(ana, 'orgs show', { org: 'AI Safety' });
    expect(wordsOf(reply)).toContain('Several orgs');
    expect(buttonsOf(viewOf(reply))).toHaveLength(2);
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'orgs show', { org: 'two' }))).toContain('ai safety');
  });

  it('cuts a name of 4,000 characters short when it quotes it', async () => {
    const reply = await rollcall.bot.runCommand(ana, 'orgs show', { org: 'x'.repeat(4000) });
    expect(wordsOf(reply).length).toBeLessThan(300);
  });
});

describe('an org’s settings', () => {
  const settings = (visitor = ana, texts: Record<string, string> = {}) =>
    rollcall.bot.runCommand(visitor, 'manage show', texts).then(wordsOf);

  beforeEach(async () => {
    const org = anOrg({ slug: 'baish', name: 'BAISH' });
    await keep(org);
    await rollcall.inTransaction(({ orgs }) =>
      orgs.addSpace({ platform: 'discord', externalId: '600000000000000001' }, org.id, org.createdAt),
    );
  });

  it('are shown to who manages the connected space, while inside it', async () => {
    expect(await settings({ ...ana, managesSpace: true })).toContain('Seen by admins only');
  });

  it('are not shown to the same person in a direct message, or from another server', async () => {
    const direct = { kind: 'direct', channelId: '1' } as const;
    const elsewhere = { kind: 'space', externalId: '600000000000000099', channelId: '1' } as const;
    for (const place of [direct, elsewhere]) {
      expect(await settings({ ...ana, managesSpace: true, place }, { org: 'baish' })).toContain('Only admins of BAISH');
    }
  });

  it('say who may to everybody else, members and strangers', async () => {
    expect(await settings()).toContain('Only admins of BAISH');
    await agree();
    await rollcall.services.joining.join(
      { orgId: (await rollcall.services.orgs.resolve('baish')).id, code: undefined },
      (await rollcall.services.members.find(ana.account))!.member.id,
    );
    expect(await settings()).toContain('Only admins of BAISH');
  });

  it('are shown to an admin by role anywhere', async () => {
    await agree();
    const memberId = (await rollcall.services.members.find(ana.account))!.member.id;
    await rollcall.services.joining.join(
      { orgId: (await rollcall.services.orgs.resolve('baish')).id, code: undefined },
      memberId,
    );
    rollcall.database.sqlite.exec("update memberships set role = 'admin'");
    expect(await settings({ ...ana, place: { kind: 'direct', channelId: '1' } })).toContain('Seen by admins only');
  });
});

describe('privacy', () => {
  it('is off for location and attendance until the member turns it on, and each switch is safe to repeat', async () => {
    await agree();
    const before = await rollcall.bot.runCommand(ana, 'profile privacy', {});
    expect(wordsOf(before)).toContain('Off: your city is used for nothing');
    expect(wordsOf(before)).toContain('Off: only the org that hosts');
    const on = tapOf(before, 'Turn on');
    await rollcall.bot.press(ana, on, []);
    expect(wordsOf(await rollcall.bot.press(ana, on, []))).toContain('On: your city helps');
    expect((await rollcall.services.members.find(ana.account))?.member.privacy).toEqual({
      isLocationDiscoverable: true,
      isAttendanceShared: false,
      isProfileShared: true,
    });
  });
});

describe('deleting', () => {
  it('asks for the word, then erases everything and keeps the count right', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    await agree();
    await agree(ben);
    for (const visitor of [ana, ben]) {
      await rollcall.bot.press(
        visitor,
        tapOf(await rollcall.bot.runCommand(visitor, 'orgs join', { org: 'baish' }), 'Confirm'),
        [],
      );
    }
    const card = await rollcall.bot.runCommand(ana, 'profile delete', {});
    const form = formOf(await rollcall.bot.press(ana, tapOf(card, 'Delete…'), []));
    const refused = await rollcall.bot.submit(ana, formId(form), { word: 'delete' });
    expect(refused.kind).toBe('correct');
    expect(countOf('members')).toBe(2);
    expect(wordsOf(await rollcall.bot.submit(ana, formId(form), { word: 'DELETE' }))).toContain(
      'everything about you is erased',
    );
    expect([countOf('members'), countOf('identities'), countOf('memberships')]).toEqual([1, 1, 1]);
    expect(wordsOf(await rollcall.bot.runCommand(ben, 'orgs show', { org: 'baish' }))).toContain('1 member');
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'profile show', {}))).toContain('Before we start');
  });

  it('says which orgs would be left without an admin', async () => {
    await keep(anOrg({ slug: 'baish', name: 'BAISH' }));
    await agree();
    await rollcall.bot.press(
      ana,
      tapOf(await rollcall.bot.runCommand(ana, 'orgs join', { org: 'baish' }), 'Confirm'),
      [],
    );
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'profile delete', {}))).not.toContain('only admin');
    rollcall.database.sqlite.exec("update memberships set role = 'admin'");
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'profile delete', {}))).toContain('only admin of BAISH');
  });
});

describe('forms', () => {
  beforeEach(() => agree());

  it('save what was typed, tidied', async () => {
    const form = formOf(await rollcall.bot.runCommand(ana, 'profile edit', {}));
    const raw = {
      ...asShown(form),
      headline: ' Reads  a lot ',
      skills: 'Python, python,  policy',
      careerStage: ['senior'],
    };
    expect(wordsOf(await rollcall.bot.submit(ana, formId(form), raw))).toContain('Saved.');
    expect((await rollcall.services.members.find(ana.account))?.member.profile).toMatchObject({
      headline: 'Reads a lot',
      skills: ['python', 'policy'],
      careerStage: 'senior',
    });
  });

  it('come back with what was typed and what is wrong, and nothing is saved', async () => {
    const form = formOf(await rollcall.bot.runCommand(ana, 'profile edit', {}));
    const skills = Array.from({ length: 20 }, (_, index) => `s${index}`).join(',');
    const reply = await rollcall.bot.submit(ana, formId(form), { ...asShown(form), headline: 'Kept', skills });
    if (reply.kind !== 'correct') throw new Error(reply.kind);
    expect(reply.problems).toEqual({ skills: expect.stringContaining('20 skills') });
    expect(reply.form.fields.find(({ name }) => name === 'headline')?.initial).toBe('Kept');
    expect((await rollcall.services.members.find(ana.account))?.member.profile.headline).toBe('');
    const again = await rollcall.bot.press(ana, tapOf({ kind: 'show', view: reply.summary }, 'Correct it'), []);
    expect(formOf(again).fields.find(({ name }) => name === 'skills')?.initial).toBe(skills);
  });

  it('are for who opened them: another account’s tap finds nothing', async () => {
    const form = formOf(await rollcall.bot.runCommand(ana, 'profile edit', {}));
    const reply = await rollcall.bot.submit(ana, formId(form), { ...asShown(form), name: '' });
    if (reply.kind !== 'correct') throw new Error(reply.kind);
    const tap = tapOf({ kind: 'show', view: reply.summary }, 'Correct it');
    expect(wordsOf(await rollcall.bot.press(ben, tap, []))).toContain('no longer have it');
  });

  it('ask for a required option that is missing, then the command goes on with what was given before', async () => {
    const form = formOf(await rollcall.bot.runCommand(ana, 'sink options', { text: 'kept' }));
    expect(form.fields.map(({ label }) => label)).toEqual(['Fruit']);
    const reply = await rollcall.bot.submit(ana, formId(form), { fruit: 'apple' });
    expect(JSON.parse(wordsOf(reply))).toEqual({ fruit: 'apple', text: 'kept' });
  });
});

describe('input of any kind', () => {
  it('arrives as what the options were declared as', async () => {
    const texts = {
      fruit: 'apple',
      count: '3',
      sure: 'yes',
      colour: 'Light green',
      days: 'mon,tue',
      within: '2w',
      since: '1d',
    };
    expect(JSON.parse(wordsOf(await rollcall.bot.runCommand(ana, 'sink options', texts)))).toEqual({
      fruit: 'apple',
      count: 3,
      sure: true,
      colour: 'light_green',
      days: ['mon', 'tue'],
      within: 'P2W',
      since: '2026-02-28',
    });
  });

  it('is answered with what is wrong and how it is written right, all at once', async () => {
    const words = wordsOf(
      await rollcall.bot.runCommand(ana, 'sink options', { fruit: 'x', count: '99', within: 'soon', nope: '1' }),
    );
    for (const part of [
      'count: It takes a whole number',
      'within: It takes a length',
      'nope: This command has no',
      '/sink options fruit:apple',
    ]) {
      expect(words).toContain(part);
    }
  });

  it.each([
    '',
    'garbage',
    '0:orgs.join:{}',
    '1:orgs.gone-action:{}',
    '1:orgs.join:{"org":"x"}',
    '1:orgs.join:[]',
    '1:run:{}',
    '1:consent.agree:{"next":5}',
    '1:forms.open:{"key":"nope"}',
  ])('gets a kind answer from an old or foreign button: %j', async (id) => {
    await agree();
    expect(wordsOf(await rollcall.bot.press(ana, id, []))).toMatch(/earlier version of me|no longer have it/);
  });

  it('never gets past the error boundary: a fault shows a reference that the log has, and no word of its message', async () => {
    const words = wordsOf(await rollcall.bot.runCommand(ana, 'sink throw', {}));
    const reference = /reference ([0-9a-f]{8})/.exec(words)?.[1];
    expect(reference).toBeDefined();
    const log = rollcall.logged.join('');
    expect(log).toContain(reference);
    expect(words + log).not.toContain('a secret');
    expect(rollcall.answered.at(-1)).toMatchObject({ kind: 'command', name: 'sink throw', outcome: 'failed' });
  });

  it('leaves no name, text or account in the log', async () => {
    await rollcall.bot.runCommand(ana, 'orgs show', { org: 'my secret wish' });
    await rollcall.bot.press(ana, encodeAction({ action: 'consent.agree', payload: {} }), []);
    await rollcall.bot.hear(ana, 'private words');
    await rollcall.settle();
    expect(rollcall.logged.join('')).not.toMatch(/secret wish|Ana|private words|700000000000000001/);
  });
});

describe('the word stop', () => {
  it.each(['stop', 'STOP', ' Stop. ', '“stop”', 'unsubscribe!'])(
    'works as %j, and can be taken back with one tap',
    async (text) => {
      await agree();
      const reply = await rollcall.bot.hear(ana, text);
      expect(wordsOf(reply)).toContain('nothing unasked');
      expect((await rollcall.services.members.find(ana.account))?.member.stoppedAt).toBeDefined();
      await rollcall.bot.press(ana, tapOf(reply, 'Turn messages on again'), []);
      expect((await rollcall.services.members.find(ana.account))?.member.stoppedAt).toBeUndefined();
    },
  );

  it('stores nothing about somebody who never agreed', async () => {
    expect(wordsOf(await rollcall.bot.hear(ana, 'stop'))).toContain('nothing is stored about you');
    expect(countOf('members')).toBe(0);
  });

  it.each([
    ['how do I find a reading group?', '/orgs browse'],
    ['delete everything about me', '/profile delete'],
    ['change my skills', '/profile edit'],
    ['orgs brwose', '/orgs browse'],
  ])('leaves “%s” to the nearest command, first of all %s', async (text, command) => {
    expect(wordsOf(await rollcall.bot.hear(ana, text)).split('\n')[1]).toContain(command);
  });

  it('is a word of its own: other messages get the nearest commands', async () => {
    await agree();
    const words = wordsOf(await rollcall.bot.hear(ana, 'which orgs am I in? do not stop the event'));
    expect(words).toContain('/orgs mine');
    expect((await rollcall.services.members.find(ana.account))?.member.stoppedAt).toBeUndefined();
  });
});

describe('help', () => {
  it('lists every command there is', async () => {
    const words = wordsOf(await rollcall.bot.runCommand(ana, 'help', {}));
    for (const { name } of rollcall.bot.registry.commands) expect(words).toContain(`/${name}`);
  });

  it('explains the group that is picked', async () => {
    const { blocks } = viewOf(await rollcall.bot.runCommand(ana, 'help', {}));
    const select = blocks.find(({ kind }) => kind === 'select') as Select;
    expect(select.options.map(({ value }) => value)).toContain('manage announce');
    const explained = await rollcall.bot.press(ana, encodeAction(select.action), ['manage announce']);
    expect(wordsOf(explained)).toContain('/manage announce set');
  });

  it.each(['orgs', 'orgs browse', '/orgs browse', 'ORGS'])('explains %j', async (topic) => {
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'help', { topic }))).toContain(
      '/orgs browse [query:"reading group"]',
    );
  });

  it('points to the nearest topic for one it does not have', async () => {
    expect(wordsOf(await rollcall.bot.runCommand(ana, 'help', { topic: 'orgs brwose' }))).toContain('/orgs browse');
  });
});
