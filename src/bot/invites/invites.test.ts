import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { anInvite, anOrg } from '../../../tests/builders/orgs.js';
import type { Invite } from '../../domain/orgs/invite.js';
import { shownCode } from '../../domain/orgs/invite.js';
import type { Org } from '../../domain/orgs/org.js';
import { movableClock } from '../../shared/clock.js';
import type { Visitor } from '../actor.js';

const START = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const WRONG = '22222-22222';

let clock: ReturnType<typeof movableClock>;
let rollcall: Awaited<ReturnType<typeof startBot>>;
let org: Org;

const person = (number: number, displayName: string): Visitor =>
  aVisitor({ displayName, account: { platform: 'discord', teamId: '', accountId: `70000000000000000${number}` } });
const ana = person(1, 'Ana');
const ben = person(2, 'Ben');
const tomas = person(8, 'Tomás');

async function start(publicUrl?: string) {
  clock = movableClock({ now: () => START });
  rollcall = await startBot({ clock, ...(publicUrl ? { publicUrl } : {}) });
  org = anOrg({ slug: 'studio', name: 'Studio', joinPolicy: 'approval' });
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  for (const visitor of [ana, ben, tomas]) {
    await rollcall.services.members.agree({ ...visitor, directChannelId: undefined });
  }
  const memberId = await memberIdOf(tomas);
  await rollcall.inTransaction(({ orgs }) =>
    orgs.saveMembership({
      orgId: org.id,
      memberId,
      role: 'admin',
      status: 'active',
      joinedAt: START,
      leftAt: undefined,
    }),
  );
}
beforeEach(() => start());
afterEach(() => rollcall.stop());

const memberIdOf = async (visitor: Visitor) => (await rollcall.services.members.find(visitor.account))!.member.id;
const runs = (visitor: Visitor, name: string, texts: Record<string, string> = {}) =>
  rollcall.bot.runCommand(visitor, name, texts);
const press = async (visitor: Visitor, reply: Awaited<ReturnType<typeof runs>>, label: string) =>
  rollcall.bot.press(visitor, tapOf(reply, label), []);
const keep = async (overrides: Partial<Invite> = {}) => {
  const invite = anInvite({ orgId: org.id, ...overrides });
  await rollcall.inTransaction(({ invites }) => invites.add(invite));
  return invite;
};
const join = (visitor: Visitor, text: string) => runs(visitor, 'orgs join', { org: text });
const statusOf = async (visitor: Visitor) => {
  const memberId = await memberIdOf(visitor);
  return (await rollcall.inTransaction(({ orgs }) => orgs.findMembership(org.id, memberId)))?.status;
};
const usesOf = async ({ id }: Invite) => (await rollcall.inTransaction(({ invites }) => invites.find(id)))?.uses;

describe('an invite', () => {
  it('is made with uses and an end, and shows its code, and its link where there is an address', async () => {
    const made = wordsOf(await runs(tomas, 'manage invite create', { uses: '3', expires: '7d' }));
    expect(made).toMatch(/[2-9B-Z]{5}-[2-9B-Z]{5}/);
    expect(made).toContain('3 people');
    expect(made).toContain('2026-03-08 10:00 UTC');
    expect(made).toContain('PUBLIC_URL');
    await rollcall.stop();
    await start('https://rollcall.example.org');
    const linked = wordsOf(await runs(tomas, 'manage invite create'));
    expect(linked).toMatch(/https:\/\/rollcall\.example\.org\/o\/studio\/join\/[2-9B-Z]{5}-[2-9B-Z]{5}/);
    expect(linked).toContain('you revoke it');
    expect(linked).not.toContain('PUBLIC_URL');
  });

  it('may end with a day, which is the admin’s own; a day that is over is refused', async () => {
    const made = wordsOf(
      await runs({ ...tomas, zone: 'Asia/Kolkata' }, 'manage invite create', { expires: '2026-03-01' }),
    );
    expect(made).toContain('2026-03-01 18:29 UTC');
    const past = wordsOf(await runs(tomas, 'manage invite create', { expires: '2026-02-28' }));
    expect(past).toContain('That day is over already.');
    expect(wordsOf(await runs(tomas, 'manage invite create', { expires: 'soon' }))).toContain('such as 24h, 7d or 2w');
    expect(wordsOf(await runs(tomas, 'manage invite create', { uses: '0' }))).toContain('from 1 to 10000');
  });

  it('lets somebody in without a request, by its code in any spelling or by its link', async () => {
    const invite = await keep();
    const card = await join(ana, shownCode(invite.code).toLowerCase());
    expect(wordsOf(card)).toContain('Your invite lets you in at once');
    expect(wordsOf(await press(ana, card, 'Confirm'))).toContain('You’re in Studio');
    const again = await join(ben, `https://rollcall.example.org/o/studio/join/${shownCode(invite.code)}`);
    await press(ben, again, 'Confirm');
    expect([await statusOf(ana), await statusOf(ben), await usesOf(invite)]).toEqual(['active', 'active', 2]);
    await rollcall.settle();
    expect(rollcall.sent.filter(({ accountId }) => accountId === tomas.account.accountId)).toHaveLength(1);
  });

  it('ends the request of somebody who was waiting', async () => {
    const invite = await keep();
    await press(ana, await join(ana, 'studio'), 'Confirm');
    await press(ana, await join(ana, invite.code), 'Confirm');
    expect(await statusOf(ana)).toBe('active');
    expect(wordsOf(await runs(tomas, 'manage requests'))).toContain('Nobody is waiting');
  });

  it('lets in somebody who was declined a moment ago', async () => {
    await press(ana, await join(ana, 'studio'), 'Confirm');
    const question = await press(tomas, await runs(tomas, 'manage requests'), 'Decline');
    await press(tomas, question, 'Confirm');
    await press(ana, await join(ana, (await keep()).code), 'Confirm');
    expect(await statusOf(ana)).toBe('active');
  });

  it('tells a member kindly that they are in already, and uses up nothing, ended or not', async () => {
    const invite = await keep({ mostUses: 1 });
    await press(ana, await join(ana, invite.code), 'Confirm');
    expect(wordsOf(await join(ana, invite.code))).toContain('already in Studio');
    expect(await usesOf(invite)).toBe(1);
  });

  it('lets in one of two who take its last use at once', async () => {
    const invite = await keep({ mostUses: 1 });
    const cards = [await join(ana, invite.code), await join(ben, invite.code)] as const;
    const replies = await Promise.all([press(ana, cards[0], 'Confirm'), press(ben, cards[1], 'Confirm')]);
    expect(replies.map(wordsOf).join('\n')).toContain('has let in all it could');
    expect([await statusOf(ana), await statusOf(ben)].filter((status) => status === 'active')).toHaveLength(1);
    expect(await usesOf(invite)).toBe(1);
  });

  it('tapped twice lets in once', async () => {
    const invite = await keep();
    const card = await join(ana, invite.code);
    await Promise.all([press(ana, card, 'Confirm'), press(ana, card, 'Confirm')]);
    expect(await usesOf(invite)).toBe(1);
  });

  it('that ended while the card was open lets nobody in, and says why', async () => {
    const revoked = await keep();
    const card = await join(ana, revoked.code);
    const list = await runs(tomas, 'manage invite list');
    await press(tomas, await press(tomas, list, 'Revoke'), 'Confirm');
    expect(wordsOf(await press(ana, card, 'Confirm'))).toContain('was taken back by its organisers');
    const expiring = await keep({ expiresAt: START.plus({ minutes: 5 }) });
    const open = await join(ana, expiring.code);
    clock.moveTo(START.plus({ minutes: 5 }));
    const ended = await press(ana, open, 'Confirm');
    expect(wordsOf(ended)).toContain('has expired');
    expect(buttonsOf(viewOf(ended)).map(({ label }) => label)).toContain('Join');
    expect(await statusOf(ana)).toBeUndefined();
  });

  it('does not bring back whom an admin removed, nor into an org that was hidden', async () => {
    const invite = await keep();
    const card = await join(ben, invite.code);
    const memberId = await memberIdOf(ana);
    await rollcall.inTransaction(({ orgs }) =>
      orgs.saveMembership({
        orgId: org.id,
        memberId,
        role: 'member',
        status: 'removed',
        joinedAt: START,
        leftAt: START,
      }),
    );
    expect(wordsOf(await join(ana, invite.code))).toContain('taken you off its list');
    rollcall.database.sqlite.exec('update orgs set is_hidden = 1');
    expect(wordsOf(await press(ben, card, 'Confirm'))).toContain('no longer here');
    expect(await statusOf(ben)).toBeUndefined();
  });
});

describe('wrong codes', () => {
  it('make wait after ten in an hour, for right ones too, and are forgotten after it', async () => {
    const invite = await keep();
    for (let tries = 0; tries < 9; tries += 1) await join(ana, WRONG);
    expect(wordsOf(await join(ana, WRONG))).toContain('try again in an hour');
    expect(wordsOf(await join(ana, invite.code))).toContain('please wait until');
    expect(wordsOf(await join(ben, invite.code))).toContain('Join Studio');
    clock.moveTo(START.plus({ minutes: 59 }));
    expect(wordsOf(await join(ana, invite.code))).toContain('please wait until');
    clock.moveTo(START.plus({ minutes: 60 }));
    expect(wordsOf(await join(ana, invite.code))).toContain('Join Studio');
  });

  it('tried all at once are all counted', async () => {
    const replies = await Promise.all(Array.from({ length: 15 }, () => join(ana, WRONG)));
    expect(replies.filter((reply) => wordsOf(reply).includes('please wait until'))).toHaveLength(5);
  });

  it('are not what an org’s mistyped name is, nor an ended invite', async () => {
    const ended = await keep({ expiresAt: START });
    for (let tries = 0; tries < 12; tries += 1) {
      await join(ana, 'studoi');
      await join(ana, ended.code);
    }
    expect(wordsOf(await join(ana, (await keep()).code))).toContain('Join Studio');
  });

  it('keep nothing of what was typed, and go with the member', async () => {
    await join(ana, WRONG);
    const rows = rollcall.database.sqlite.prepare('select * from wrong_codes').all();
    const { id, ...told } = rows[0] as Record<string, unknown>;
    expect(told).toEqual({ member_id: await memberIdOf(ana), tried_at: '2026-03-01T10:00:00.000Z' });
    expect(id).not.toBe(WRONG);
    await rollcall.services.members.erase(await memberIdOf(ana));
    expect(rollcall.database.sqlite.prepare('select * from wrong_codes').all()).toEqual([]);
  });

  it('do not hide an org of that very name', async () => {
    const odd = anOrg({ name: 'BCDFG-HJKMN', slug: 'odd' });
    await rollcall.inTransaction(({ orgs }) => orgs.add(odd));
    expect(wordsOf(await join(ana, 'bcdfg-hjkmn'))).toContain('Join BCDFG-HJKMN?');
  });
});

describe('the list of invites', () => {
  it('says what is left of each, and how the others ended', async () => {
    await keep({ mostUses: 10, uses: 3 });
    await keep({ expiresAt: START.minus({ days: 1 }), uses: 1 });
    await keep({ mostUses: 2, uses: 2 });
    await keep({ revokedAt: START.minus({ days: 2 }) });
    const list = await runs(tomas, 'manage invite list');
    for (const part of ['7 of 10 uses left', 'Expired', 'Used up · 2 people came', 'Revoked']) {
      expect(wordsOf(list)).toContain(part);
    }
    expect(buttonsOf(viewOf(list)).filter(({ label }) => label === 'Revoke')).toHaveLength(1);
  });

  it('is paged, and says what an invite is when there is none', async () => {
    const empty = await runs(tomas, 'manage invite list');
    expect(wordsOf(empty)).toContain('No invites yet');
    expect(buttonsOf(viewOf(empty)).map(({ label }) => label)).toContain('Invite for 7 days');
    for (let made = 0; made < 8; made += 1) await runs(tomas, 'manage invite create');
    const list = viewOf(await runs(tomas, 'manage invite list'));
    expect(list.blocks.find((block) => block.kind === 'pager')).toMatchObject({ pages: 2 });
  });

  it('offers the admin’s own codes while they type, and revokes by code, after one question', async () => {
    const invite = await keep();
    const asked = { command: 'manage invite revoke', option: 'code', text: shownCode(invite.code).slice(0, 3) };
    expect((await rollcall.bot.suggest(tomas, asked)).map(({ value }) => value)).toEqual([shownCode(invite.code)]);
    expect(await rollcall.bot.suggest(ana, asked)).toEqual([]);
    const card = await runs(tomas, 'manage invite revoke', { code: shownCode(invite.code) });
    expect(wordsOf(card)).toContain('for good');
    expect(wordsOf(await press(tomas, card, 'Confirm'))).toContain('is revoked');
    expect(wordsOf(await press(tomas, card, 'Confirm'))).toContain('is revoked');
    expect(wordsOf(await runs(tomas, 'manage invite revoke', { code: invite.code }))).toContain('is revoked');
  });

  it('is for the org’s admins alone; others learn nothing about a code', async () => {
    const invite = await keep();
    const list = await runs(tomas, 'manage invite list');
    for (const name of ['manage invite list', 'manage invite create']) {
      expect(wordsOf(await runs(ana, name, { org: 'studio' }))).toContain('Only admins of Studio');
    }
    const real = wordsOf(await runs(ana, 'manage invite revoke', { code: invite.code }));
    expect(real).toBe(wordsOf(await runs(ana, 'manage invite revoke', { code: WRONG })));
    expect(wordsOf(await press(ana, list, 'Revoke'))).toContain('I don’t know that invite code');
  });
});

describe('the page of an invite link', () => {
  it('knows how the invite stands, and nothing of codes of other orgs or of hidden ones', async () => {
    const { invites } = rollcall.services;
    const invite = await keep();
    const ended = await keep({ revokedAt: START });
    expect(await invites.findForPage('studio', shownCode(invite.code))).toMatchObject({
      org: { id: org.id },
      state: 'valid',
    });
    expect(await invites.findForPage('studio', ended.code.toLowerCase())).toMatchObject({ state: 'revoked' });
    expect(await invites.findForPage('other', invite.code)).toBeUndefined();
    expect(await invites.findForPage('studio', WRONG)).toBeUndefined();
    expect(await invites.findForPage('studio', '<script>')).toBeUndefined();
    rollcall.database.sqlite.exec('update orgs set is_hidden = 1');
    expect(await invites.findForPage('studio', invite.code)).toBeUndefined();
  });
});
