import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { buttonsOf, formId, formOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Member } from '../../domain/members/member.js';
import type { Visitor } from '../actor.js';

let rollcall: Awaited<ReturnType<typeof startBot>>;
const org = anOrg({ name: 'Studio', slug: 'studio' });

beforeEach(async () => {
  rollcall = await startBot();
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
});
afterEach(() => rollcall.stop());

/** A member of the org, and how they come to the bot: in a direct message. */
async function person(
  name: string,
  role: 'member' | 'admin' | undefined,
): Promise<{ member: Member; visitor: Visitor }> {
  const member = aMember({ profile: { ...aMember().profile, name } });
  const identity = anIdentity(member.id);
  await rollcall.inTransaction(async ({ members, orgs }) => {
    await members.add(member);
    await members.addIdentity(identity);
    if (role) await orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id, role, status: 'active' }));
  });
  const place = { kind: 'direct', channelId: `dm-${member.id}` } as const;
  const visitor = {
    account: identity.account,
    displayName: name,
    locale: 'en',
    zone: undefined,
    place,
    managesSpace: false,
  };
  return { member, visitor };
}

const run = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const press = async (visitor: Visitor, reply: Awaited<ReturnType<typeof run>>, label: string) =>
  rollcall.bot.press(visitor, tapOf(reply, label), []);
const roleOf = async ({ id }: Member) =>
  (await rollcall.inTransaction(({ orgs }) => orgs.findMembership(org.id, id)))?.role;

describe('admins of an org', () => {
  it('make a member one of them, who is told, and the log has it', async () => {
    const [ana, ben] = [await person('Ana', 'admin'), await person('Ben', 'member')];
    const card = await run(ana.visitor, 'manage admins add', { member: 'ben' });
    expect(wordsOf(card)).toContain('Make Ben an admin?');
    expect(await roleOf(ben.member)).toBe('member');
    const done = await press(ana.visitor, card, 'Confirm');
    expect(wordsOf(done)).toContain('Ben is an admin of Studio');
    expect(await roleOf(ben.member)).toBe('admin');
    await rollcall.settle();
    expect(rollcall.sent.map(({ accountId }) => accountId)).toEqual([ben.visitor.account.accountId]);
    expect(wordsOf(await run(ana.visitor, 'manage audit'))).toContain('Ana made Ben an admin');
    expect(wordsOf(await run(ben.visitor, 'manage admins list'))).toContain('2 admins');
  });

  it('are made once by two taps', async () => {
    const [ana] = [await person('Ana', 'admin'), await person('Ben', 'member')];
    const card = await run(ana.visitor, 'manage admins add', { member: 'Ben' });
    await Promise.all([press(ana.visitor, card, 'Confirm'), press(ana.visitor, card, 'Confirm')]);
    await rollcall.settle();
    expect(rollcall.sent).toHaveLength(1);
    expect(rollcall.database.sqlite.prepare('select action from audit_entries').all()).toEqual([
      { action: 'admin.added' },
    ]);
  });

  it('are asked whom they mean when a name is several people’s', async () => {
    const ana = await person('Ana', 'admin');
    await person('Sam Okafor', 'member');
    await person('Sam Lee', 'member');
    const which = await run(ana.visitor, 'manage admins add', { member: 'sam' });
    expect(wordsOf(which)).toContain('Who do you mean?');
    expect(wordsOf(await press(ana.visitor, which, 'Choose'))).toContain('Make Sam');
  });

  it('keep one of them: the last cannot be removed, nor two by each other at once', async () => {
    const [ana, ben] = [await person('Ana', 'admin'), await person('Ben', 'admin')];
    const byAna = await run(ana.visitor, 'manage admins remove', { member: 'Ben' });
    const byBen = await run(ben.visitor, 'manage admins remove', { member: 'Ana' });
    await Promise.all([press(ana.visitor, byAna, 'Confirm'), press(ben.visitor, byBen, 'Confirm')]);
    const roles = [await roleOf(ana.member), await roleOf(ben.member)];
    expect(roles.filter((role) => role === 'admin')).toHaveLength(1);
    const left = roles[0] === 'admin' ? ana : ben;
    const last = await run(left.visitor, 'manage admins remove', { member: left.member.profile.name });
    expect(wordsOf(last)).toContain('the only admin of Studio');
    expect(await roleOf(left.member)).toBe('admin');
  });

  it('are changed by admins alone, behind buttons too', async () => {
    const [ana, ben] = [await person('Ana', 'admin'), await person('Ben', 'member')];
    const stranger = await person('Mallory', undefined);
    const card = await run(ana.visitor, 'manage admins add', { member: 'Ben' });
    for (const { visitor } of [ben, stranger]) {
      expect(wordsOf(await press(visitor, card, 'Confirm'))).toContain('Only admins of Studio');
      expect(wordsOf(await run(visitor, 'manage admins list', { org: 'studio' }))).toContain('Only admins of Studio');
    }
    expect(await roleOf(ben.member)).toBe('member');
  });

  it('are members first', async () => {
    const ana = await person('Ana', 'admin');
    const ben = await person('Ben', 'member');
    expect(wordsOf(await run(ana.visitor, 'manage admins add', { member: 'Nobody' }))).toContain('goes by “Nobody”');
    const card = await run(ana.visitor, 'manage admins add', { member: 'Ben' });
    const left = aMembership({ orgId: org.id, memberId: ben.member.id, status: 'left', leftAt: DateTime.utc() });
    await rollcall.inTransaction(({ orgs }) => orgs.saveMembership(left));
    expect(wordsOf(await press(ana.visitor, card, 'Confirm'))).toContain('no longer in Studio');
    expect(await roleOf(ben.member)).toBe('member');
  });

  it('hear nothing of it after “stop”, without the role, or once the org was hidden', async () => {
    const ana = await person('Ana', 'admin');
    const [ben, cleo, dan] = [
      await person('Ben', 'member'),
      await person('Cleo', 'member'),
      await person('Dan', 'member'),
    ];
    const make = async (name: string) =>
      press(ana.visitor, await run(ana.visitor, 'manage admins add', { member: name }), 'Confirm');
    await rollcall.bot.hear(ben.visitor, 'stop');
    await make('Ben');
    await make('Cleo');
    await press(ana.visitor, await run(ana.visitor, 'manage admins remove', { member: 'Cleo' }), 'Confirm');
    await rollcall.settle();
    expect(await roleOf(ben.member)).toBe('admin');
    expect(await roleOf(cleo.member)).toBe('member');
    await make('Dan');
    rollcall.database.sqlite.exec('update orgs set is_hidden = 1');
    await rollcall.settle();
    expect(await roleOf(dan.member)).toBe('admin');
    expect(rollcall.sent).toEqual([]);
  });

  it('are managed by nobody once an operator has hidden the org, in its own server either', async () => {
    const ana = await person('Ana', 'admin');
    const place = { kind: 'space', externalId: 'server', channelId: 'channel' } as const;
    const here: Visitor = { ...ana.visitor, place };
    await rollcall.inTransaction(({ orgs }) =>
      orgs.addSpace({ platform: here.account.platform, externalId: 'server' }, org.id, DateTime.utc()),
    );
    expect(wordsOf(await run(here, 'manage admins list'))).toContain('1 admin');
    rollcall.database.sqlite.exec('update orgs set is_hidden = 1');
    for (const name of ['manage admins list', 'manage audit']) {
      expect(wordsOf(await run(here, name))).toContain('no longer here');
    }
    const asked = { command: 'manage admins remove', option: 'member', text: '' };
    expect(await rollcall.bot.suggest(here, asked)).toEqual([]);
  });

  it('give their own role up, twice the same, and see no more of what is for admins', async () => {
    const [ana] = [await person('Ana', 'admin'), await person('Ben', 'admin')];
    const card = await run(ana.visitor, 'manage admins remove', { member: 'ana' });
    expect(wordsOf(card)).toContain('Give up your admin role in Studio?');
    for (let taps = 0; taps < 2; taps += 1) {
      const after = await press(ana.visitor, card, 'Confirm');
      expect(wordsOf(after)).toMatch(/^You are no longer an admin of Studio/);
      expect(buttonsOf(viewOf(after)).map(({ label }) => label)).toEqual(['Show org', 'My orgs']);
    }
    expect(rollcall.database.sqlite.prepare('select action from audit_entries').all()).toHaveLength(1);
    expect(wordsOf(await run(ana.visitor, 'manage admins list', { org: 'studio' }))).toContain('Only admins of Studio');
  });

  it('keep one of them when two give it up at once', async () => {
    const [ana, ben] = [await person('Ana', 'admin'), await person('Ben', 'admin')];
    const byAna = await run(ana.visitor, 'manage admins remove', { member: 'Ana' });
    const byBen = await run(ben.visitor, 'manage admins remove', { member: 'Ben' });
    const answers = await Promise.all([press(ana.visitor, byAna, 'Confirm'), press(ben.visitor, byBen, 'Confirm')]);
    expect(answers.map(wordsOf).join('\n')).toContain('the only admin of Studio');
    const roles = [await roleOf(ana.member), await roleOf(ben.member)];
    expect(roles.filter((role) => role === 'admin')).toHaveLength(1);
  });

  it('hand over by a button, where the last of them would leave or be removed', async () => {
    const ana = await person('Ana', 'admin');
    await person('Ben', 'member');
    for (const [name, texts] of [
      ['orgs leave', { org: 'studio' }],
      ['manage admins remove', { member: 'Ana' }],
    ] as const) {
      const refused = await run(ana.visitor, name, texts);
      const form = formOf(await press(ana.visitor, refused, 'Make somebody an admin'));
      const card = await rollcall.bot.submit(ana.visitor, formId(form), { member: 'Ben' });
      expect(wordsOf(card)).toContain('Make Ben an admin?');
    }
  });

  it('find people by the beginnings of their names, by a mention, and near to what was typed', async () => {
    const ana = await person('Ana', 'admin');
    await person('Tomás Pereira', 'member');
    await person('Tomás Lima', 'admin');
    for (const text of ['tomas', '@Tomas', 'per tom', 'PEREIRA']) {
      const card = await run(ana.visitor, 'manage admins add', { member: text });
      expect(wordsOf(card)).toContain('Make Tomás Pereira an admin?');
    }
    const near = await run(ana.visitor, 'manage admins add', { member: 'Tomas Pereyra' });
    expect(wordsOf(near)).toContain('Did you mean one of these?');
    expect(wordsOf(await press(ana.visitor, near, 'Choose'))).toContain('Make Tomás Pereira an admin?');
    const admin = await run(ana.visitor, 'manage admins add', { member: 'lima' });
    expect(wordsOf(admin)).toContain('Tomás Lima is an admin of Studio');
  });

  it('choose among the first ten of a name, and hear of the others', async () => {
    const ana = await person('Ana', 'admin');
    for (let number = 0; number < 12; number += 1) await person(`Sam ${number}`, 'member');
    expect(wordsOf(await run(ana.visitor, 'manage admins add', { member: 'sam' }))).toContain('2 more fit');
  });

  it('are offered people while they type, of every org that they look after; others are offered nobody', async () => {
    const [ana, ben] = [await person('Ana', 'admin'), await person('Ben Ito', 'member')];
    const other = anOrg({ name: 'Other' });
    const labels = async (visitor: Visitor, change: string, text: string) => {
      const asked = { command: `manage admins ${change}`, option: 'member', text };
      return (await rollcall.bot.suggest(visitor, asked)).map(({ label }) => label);
    };
    expect(await labels(ana.visitor, 'add', 'it')).toEqual(['Ben Ito']);
    expect(await labels(ana.visitor, 'remove', '')).toEqual(['Ana']);
    expect(await labels(ben.visitor, 'add', '')).toEqual([]);
    await rollcall.inTransaction(async ({ orgs }) => {
      await orgs.add(other);
      for (const [{ member }, role] of [
        [ana, 'admin'],
        [ben, 'member'],
      ] as const) {
        await orgs.saveMembership(aMembership({ orgId: other.id, memberId: member.id, role }));
      }
    });
    expect(await labels(ana.visitor, 'add', '')).toEqual(['Ben Ito · Other', 'Ben Ito · Studio']);
  });

  it('may be made by whoever manages the org’s server, inside it and not in a direct message', async () => {
    const ben = await person('Ben', 'member');
    const manager = await person('Manager', undefined);
    const place = { kind: 'space', externalId: 'server', channelId: 'channel' } as const;
    const here: Visitor = { ...manager.visitor, place, managesSpace: true };
    const space = { platform: here.account.platform, externalId: 'server' };
    await rollcall.inTransaction(({ orgs }) => orgs.addSpace(space, org.id, DateTime.utc()));
    const card = await run(here, 'manage admins add', { member: 'Ben' });
    const direct: Visitor = { ...here, place: manager.visitor.place };
    expect(wordsOf(await press(direct, card, 'Confirm'))).toContain('Only admins of Studio');
    expect(await roleOf(ben.member)).toBe('member');
    expect(wordsOf(await press(here, card, 'Confirm'))).toContain('Ben is an admin of Studio');
  });
});
