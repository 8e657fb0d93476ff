import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, formId, formOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { addEvent, addSource, listsOf } from '../../../tests/builders/guest-world.js';
import { guestFacts, guestSource } from '../../../tests/builders/guests.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Event } from '../../domain/events/event.js';
import type { GuestFacts } from '../../domain/events/event-source.js';
import type { SourceId } from '../../domain/ids.js';
import type { Member } from '../../domain/members/member.js';
import { encodeAction } from '../action-codec.js';
import type { ActionRef } from '../actions.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';
import { guestsButton, guestsPage, previewAssign } from './guests-actions.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const org = anOrg({ name: 'Studio', slug: 'studio' });
let rollcall: Awaited<ReturnType<typeof startBot>>;
let sourceId: SourceId;
let talk: Event;
let admin: Visitor;
let ben: Member;

beforeEach(async () => {
  rollcall = await startBot();
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  sourceId = await addSource(rollcall.database, org.id);
  talk = await addEvent(rollcall.database, { orgId: org.id, sourceId, title: 'Talk on *oversight*' });
  admin = (await person('Tomás', 'admin')).visitor;
  ({ member: ben } = await person('Ben Okri', 'member'));
});
afterEach(() => rollcall.stop());

async function person(name: string, role: 'member' | 'admin' | undefined) {
  const member = aMember({ profile: { ...aMember().profile, name } });
  const identity = anIdentity(member.id);
  await rollcall.inTransaction(async ({ members, orgs }) => {
    await members.add(member);
    await members.addIdentity(identity);
    if (role) await orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id, role }));
  });
  const place = { kind: 'direct', channelId: `dm-${member.id}` } as const;
  return { member, visitor: aVisitor({ account: identity.account, displayName: name, place }) };
}

const sync = (...lists: [Event, GuestFacts[]][]) =>
  rollcall.services.syncGuests(guestSource(listsOf(...lists)), { sourceId, orgId: org.id, now });
const tap = (visitor: Visitor, ref: ActionRef) => rollcall.bot.press(visitor, encodeAction(ref), []);
const press = (visitor: Visitor, reply: Reply, label: string) => rollcall.bot.press(visitor, tapOf(reply, label), []);
const labelsOf = (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label);

/** The guests of the event as the button on its card shows them. */
function opens(visitor: Visitor, event = talk): Promise<Reply> {
  const button = guestsButton(event);
  if (button.kind !== 'action') throw new Error('It leads elsewhere.');
  return tap(visitor, button.action);
}

/** From Assign to the card about the member of that name. */
async function assigns(visitor: Visitor, list: Reply, member: string): Promise<Reply> {
  const form = formOf(await press(visitor, list, 'Assign'));
  return rollcall.bot.submit(visitor, formId(form), { member });
}

const guest = (lumaGuestId: string, overrides: Partial<GuestFacts> = {}) => guestFacts({ lumaGuestId, ...overrides });
const heardOf = async (event: Event, { id }: Member) => {
  const found = await rollcall.inTransaction(({ responses }) => responses.find(event.id, id));
  return found && `${found.source} ${found.response}`;
};

describe('the guests of an event', () => {
  it('are counted, and those nobody knows are named', async () => {
    await rollcall.services.guests.noteVouchedEmail(ben.id, 'ben@example.org');
    await sync([
      talk,
      [
        guest('gst-1', { email: 'ben@example.org', checkedInAt: now, name: 'Ben on lu.ma' }),
        guest('gst-2', { name: 'Zoë <@everyone>', joinedOnlineAt: now }),
        guest('gst-3', { name: 'Waiting One', status: 'waiting' }),
        guest('gst-4', { name: 'Gone', status: 'cancelled' }),
        guest('gst-5', { name: 'Invited', status: 'invited' }),
      ],
    ]);
    const words = wordsOf(await opens(admin));
    expect(words).toContain('Guests of Talk on *oversight*');
    expect(words).toContain('2 registered · 1 waiting · 1 cancelled · 1 checked in · 1 joined online');
    expect(words).toContain('1 of 2 registered are members here.');
    expect(words).toMatch(/Waiting One\n.*\nZoë <@everyone>/);
    for (const known of ['Ben on lu.ma', 'Gone', 'Invited']) expect(words).not.toContain(known);
  });

  it('come in pages, the walk-ins before those who were assigned', async () => {
    const many = Array.from({ length: 20 }, (_, index) => guest(`gst-${index}`, { name: `Guest ${index + 10}` }));
    await sync([talk, many]);
    const ref = { event: talk.id, guest: 'gst-0', member: ben.id };
    await press(admin, await tap(admin, previewAssign.with(ref)), 'Confirm');
    const first = await opens(admin);
    expect(wordsOf(first)).toContain('Guest 11');
    expect(wordsOf(first)).not.toContain('Guest 10');
    const last = await tap(admin, guestsPage.with({ event: talk.id, page: 99 }));
    expect(wordsOf(last)).toMatch(/Guest 10\n[^\n]*\nAssigned to Ben Okri/);
    expect(labelsOf(last)).toContain('Undo');
  });

  it('say so kindly when there are none, when nobody read them yet, and when a feed has none', async () => {
    const feed = await addSource(rollcall.database, org.id, 'feed');
    const fromFeed = await addEvent(rollcall.database, { orgId: org.id, sourceId: feed });
    expect(wordsOf(await opens(admin, fromFeed))).toContain('a feed has no guest list');
    expect(wordsOf(await opens(admin))).toContain('has not been read yet');
    await sync([talk, []]);
    expect(wordsOf(await opens(admin))).toContain('Nobody has registered so far.');
    await rollcall.services.guests.noteVouchedEmail(ben.id, 'ben@example.org');
    await sync([talk, [guest('gst-1', { email: 'ben@example.org' })]]);
    expect(wordsOf(await opens(admin))).toContain('I know a member for every guest.');
  });

  it('are shown to the org’s admins alone', async () => {
    await sync([talk, [guest('gst-1', { name: 'Secret Guest' })]]);
    const list = await opens(admin);
    const { visitor: member } = await person('Mia', 'member');
    const { visitor: stranger } = await person('Sam', undefined);
    for (const visitor of [member, stranger, aVisitor({ account: { ...admin.account, accountId: '1' } })]) {
      const ref = { event: talk.id, guest: 'gst-1', member: ben.id };
      for (const reply of [
        await opens(visitor),
        await press(visitor, list, 'Assign'),
        await tap(visitor, previewAssign.with(ref)),
      ]) {
        expect(wordsOf(reply)).toContain('Only admins of Studio');
        expect(wordsOf(reply)).not.toContain('Secret Guest');
      }
    }
    expect(wordsOf(await opens({ ...member, managesSpace: true }))).toContain('Only admins of Studio');
  });
});

describe('a walk-in', () => {
  it('is assigned to a member after a preview, counts as theirs, and the log names no guest', async () => {
    await sync([talk, [guest('gst-1', { name: 'B. Okri' })]]);
    const card = await assigns(admin, await opens(admin), 'ben');
    expect(wordsOf(card)).toContain('Is B. Okri Ben Okri?');
    expect(await heardOf(talk, ben)).toBeUndefined();
    const done = await press(admin, card, 'Confirm');
    expect(wordsOf(done)).toContain('B. Okri at Talk on *oversight* is Ben Okri.');
    expect(await heardOf(talk, ben)).toBe('luma going');
    const log = wordsOf(await rollcall.bot.runCommand(admin, 'manage audit', { org: 'studio' }));
    expect(log).toContain('Tomás said that a lu.ma guest of “Talk on *oversight*” is Ben Okri');
    expect(log).not.toContain('B. Okri');
  });

  it('is assigned once by two taps, and stays so whatever later lists say', async () => {
    await sync([talk, [guest('gst-1')]]);
    const card = await assigns(admin, await opens(admin), 'ben');
    await Promise.all([press(admin, card, 'Confirm'), press(admin, card, 'Confirm')]);
    const log = wordsOf(await rollcall.bot.runCommand(admin, 'manage audit', { org: 'studio' }));
    expect(log.match(/said that a lu.ma guest/g)).toHaveLength(1);
    const { member: mia } = await person('Mia', 'member');
    await rollcall.services.guests.noteVouchedEmail(mia.id, 'mia@example.org');
    await sync([talk, [guest('gst-1', { email: 'mia@example.org' })]]);
    expect([await heardOf(talk, ben), await heardOf(talk, mia)]).toEqual(['luma going', undefined]);
  });

  it('is nobody again after Undo, also twice, or whom their address tells', async () => {
    await sync([talk, [guest('gst-1', { email: 'mia@example.org' })]]);
    const done = await press(admin, await assigns(admin, await opens(admin), 'ben'), 'Confirm');
    const undone = await press(admin, done, 'Undo');
    expect(wordsOf(undone)).toContain('I know no member for again');
    expect(await heardOf(talk, ben)).toBeUndefined();
    await press(admin, done, 'Undo');
    const log = wordsOf(await rollcall.bot.runCommand(admin, 'manage audit', { org: 'studio' }));
    expect(log.match(/took back that a lu.ma guest/g)).toHaveLength(1);

    const { member: mia } = await person('Mia', 'member');
    const again = await press(admin, await assigns(admin, await opens(admin), 'ben'), 'Confirm');
    await rollcall.services.guests.noteVouchedEmail(mia.id, 'mia@example.org');
    expect(wordsOf(await press(admin, again, 'Undo'))).toContain('known to be a member all the same');
    expect(await heardOf(talk, mia)).toBe('luma going');
  });

  it('is not taken from a newer assignment by an old Undo', async () => {
    await sync([talk, [guest('gst-1')]]);
    const first = await press(admin, await assigns(admin, await opens(admin), 'ben'), 'Confirm');
    await press(admin, first, 'Undo');
    const { member: mia } = await person('Mia', 'member');
    await press(admin, await assigns(admin, await opens(admin), 'mia'), 'Confirm');
    await press(admin, first, 'Undo');
    expect(await heardOf(talk, mia)).toBe('luma going');
  });

  it('may be assigned at the org’s other events as well, and at no other org’s', async () => {
    const other = await addEvent(rollcall.database, { orgId: org.id, sourceId, title: 'Other' });
    const elsewhere = anOrg();
    await rollcall.inTransaction(({ orgs }) => orgs.add(elsewhere));
    const foreignSource = await addSource(rollcall.database, elsewhere.id);
    const foreign = await addEvent(rollcall.database, { orgId: elsewhere.id, sourceId: foreignSource });
    const same = { lumaUserId: 'usr-same' };
    await sync([talk, [guest('gst-1', same)]], [other, [guest('gst-2', same), guest('gst-3')]]);
    await rollcall.services.syncGuests(guestSource(listsOf([foreign, [guest('gst-4', same)]])), {
      sourceId: foreignSource,
      orgId: elsewhere.id,
      now,
    });
    const done = await press(admin, await assigns(admin, await opens(admin), 'ben'), 'Confirm');
    expect(wordsOf(done)).toContain('1 other event of yours');
    const both = await press(admin, done, 'Also at 1 other event');
    expect(wordsOf(both)).toContain('is Ben Okri at 1 other event as well');
    expect(await heardOf(other, ben)).toBe('luma going');
    expect(await heardOf(foreign, ben)).toBeUndefined();
    expect(wordsOf(await press(admin, done, 'Also at 1 other event'))).toContain('is Ben Okri.');
  });

  it('asks again when nobody or several are meant, and keeps what was typed', async () => {
    await person('Ben Shah', 'member');
    await sync([talk, [guest('gst-1')]]);
    const list = await opens(admin);
    const several = await assigns(admin, list, 'ben');
    expect(wordsOf(several)).toContain('“ben” may be several people');
    expect(wordsOf(await press(admin, several, 'Choose'))).toContain('Is Guest One Ben Okri?');
    const nobody = await assigns(admin, list, 'Xanthippe <@everyone>');
    expect(nobody.kind).toBe('correct');
    if (nobody.kind === 'correct') {
      expect(nobody.problems.member).toContain('Nobody in Studio goes by “Xanthippe <@everyone>”');
      expect(nobody.form.fields[0]?.initial).toBe('Xanthippe <@everyone>');
    }
  });

  it('is left alone when something about them changed since, or the member has left', async () => {
    await rollcall.services.guests.noteVouchedEmail(ben.id, 'ben@example.org');
    const { member: mia } = await person('Mia', 'member');
    await sync([talk, [guest('gst-1')]]);
    const card = await assigns(admin, await opens(admin), 'mia');
    await sync([talk, [guest('gst-1', { email: 'ben@example.org' })]]);
    expect(wordsOf(await press(admin, card, 'Confirm'))).toContain('has changed meanwhile');
    expect(await heardOf(talk, mia)).toBeUndefined();
    await sync([talk, [guest('gst-1')]]);
    await rollcall.inTransaction(({ orgs }) =>
      orgs.saveMembership(aMembership({ orgId: org.id, memberId: mia.id, status: 'left', leftAt: now })),
    );
    expect(wordsOf(await press(admin, card, 'Confirm'))).toContain('no longer in Studio');
  });
});

describe('an address that a platform vouches for', () => {
  it('makes somebody’s registration known as soon as they act, and from the moment they agree', async () => {
    await sync([talk, [guest('gst-1', { email: 'NEW@example.org' })]]);
    const newcomer = aVisitor({ displayName: 'Nia', vouchedEmail: 'new@example.org' });
    const consent = await rollcall.bot.runCommand(newcomer, 'orgs mine', {});
    const { connection } = rollcall.database;
    const addresses = () => connection.selectFrom('member_emails').selectAll().execute();
    expect(await addresses()).toEqual([]);
    await press(newcomer, consent, 'Agree');
    const known = await rollcall.services.members.find(newcomer.account);
    expect(known && (await heardOf(talk, known.member))).toBe('luma going');
    await rollcall.bot.runCommand({ ...newcomer, vouchedEmail: 'other@example.org' }, 'orgs mine', {});
    expect(await addresses()).toHaveLength(2);
    expect(rollcall.database.sqlite.serialize().toString('latin1')).not.toMatch(/(new|other)@example/i);
    expect(rollcall.logged.join('')).not.toContain('@example');
  });

  it('that cannot be noted keeps nobody from their answer', async () => {
    const { visitor } = await person('Mia', 'member');
    rollcall.database.sqlite.exec('drop table member_emails');
    const reply = await rollcall.bot.runCommand({ ...visitor, vouchedEmail: 'mia@example.org' }, 'orgs mine', {});
    expect(wordsOf(reply)).toContain('Studio');
    expect(rollcall.logged.join('')).toContain('an address could not be noted');
  });
});
