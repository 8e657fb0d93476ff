import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot, tapOf, wordsOf } from '../../../tests/builders/bot.js';
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
    expect(wordsOf(await press(left.visitor, last, 'Confirm'))).toContain('its only admin');
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
});
