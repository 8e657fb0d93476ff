import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../../tests/builders/bot.js';
import { addEvent, addLink, addSource, listsOf } from '../../../tests/builders/guest-world.js';
import { guestFacts, guestSource } from '../../../tests/builders/guests.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import type { MemberId, SourceId } from '../ids.js';
import type { Identity } from '../members/member.js';
import type { Event } from './event.js';
import type { GuestFacts } from './event-source.js';
import type { ResponseValue } from './response.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const org = anOrg();
const OLD = 'rc-aaaaaaaaaaaaaaaa';
const NEW = 'rc-bbbbbbbbbbbbbbbb';
let rollcall: Awaited<ReturnType<typeof startBot>>;
let sourceId: SourceId;
let talk: Event;
/** The one who agreed first, and goes on when they are linked; and the other. */
let [kept, absorbed]: Identity[] = [];

beforeEach(async () => {
  rollcall = await startBot();
  await rollcall.inTransaction(({ orgs }) => orgs.add(org));
  sourceId = await addSource(rollcall.database, org.id);
  talk = await addEvent(rollcall.database, { orgId: org.id, sourceId });
  kept = await somebody('discord', now.minus({ years: 2 }));
  absorbed = await somebody('slack', now.minus({ years: 1 }));
});
afterEach(() => rollcall.stop());

async function somebody(platform: 'discord' | 'slack', consentedAt: DateTime): Promise<Identity> {
  const member = aMember({ consentedAt });
  const identity = anIdentity(member.id, {
    account: { platform, teamId: platform === 'slack' ? 'T1' : '', accountId: member.id },
  });
  await rollcall.inTransaction(async ({ members }) => {
    await members.add(member);
    await members.addIdentity(identity);
  });
  return identity;
}

const idOf = (identity: Identity | undefined): MemberId => {
  if (!identity) throw new Error('Nobody is there yet.');
  return identity.memberId;
};
const sync = (list: GuestFacts[], at = now) =>
  rollcall.services.syncGuests(guestSource(listsOf([talk, list])), { sourceId, orgId: org.id, now: at });
const link = (token: string, identity: Identity | undefined) =>
  addLink(rollcall.database, { token, event: talk, memberId: idOf(identity) });
const says = (identity: Identity | undefined, response: ResponseValue, respondedAt: DateTime) =>
  rollcall.inTransaction(({ responses }) =>
    responses.save({ eventId: talk.id, memberId: idOf(identity), response, source: 'member', respondedAt }),
  );
const heardOf = async (identity: Identity | undefined) => {
  const found = await rollcall.inTransaction(({ responses }) => responses.find(talk.id, idOf(identity)));
  return found && `${found.source} ${found.response}`;
};
const whoIs = async () => {
  const guests = await rollcall.inTransaction((repositories) => repositories.guests.list(talk.id));
  const names = new Map([
    [idOf(kept), 'kept'],
    [idOf(absorbed), 'absorbed'],
  ]);
  return guests.map(({ match }) => match && `${match.by} ${names.get(match.memberId)}`);
};
async function linkUp() {
  if (!kept || !absorbed) throw new Error('Nobody is there yet.');
  const { code } = await rollcall.services.links.newCode(kept.id);
  await rollcall.services.links.preview(absorbed.id, code);
  await rollcall.services.links.confirm(absorbed.id, { there: kept.id, code, prefer: 'here' });
}
const undo = () => rollcall.services.links.undo(kept?.account ?? { platform: 'discord', teamId: '', accountId: '' });

const byNew = guestFacts({ linkToken: NEW });

describe('two accounts that are linked', () => {
  it('keep the registration of either, and both links go on working', async () => {
    await link(OLD, kept);
    await link(NEW, absorbed);
    await sync([byNew]);
    await linkUp();
    expect([await whoIs(), await heardOf(kept)]).toEqual([['token kept'], 'luma going']);
    await sync([{ ...byNew, name: 'New name' }], now.plus({ hours: 1 }));
    expect(await whoIs()).toEqual(['token kept']);
    await sync([byNew, guestFacts({ lumaGuestId: 'gst-2', linkToken: OLD })], now.plus({ hours: 2 }));
    expect(await whoIs()).toEqual(['token kept', 'token kept']);
  });

  it('have the later of what both said, and what both are known by', async () => {
    await says(kept, 'going', now.minus({ hours: 3 }));
    await says(absorbed, 'not_going', now.minus({ hours: 2 }));
    await linkUp();
    expect(await heardOf(kept)).toBe('member not_going');
    await rollcall.services.guests.noteVouchedEmail(idOf(kept), 'ana@example.org');
    await sync([guestFacts({ email: 'ana@example.org', registeredAt: now.minus({ hours: 1 }) })]);
    expect(await heardOf(kept)).toBe('luma going');
  });

  it('are known by an address that was both’s, which told nobody apart before', async () => {
    for (const one of [kept, absorbed]) await rollcall.services.guests.noteVouchedEmail(idOf(one), 'ana@example.org');
    await sync([guestFacts({ email: 'ana@example.org' })]);
    expect(await whoIs()).toEqual([undefined]);
    await linkUp();
    expect([await whoIs(), await heardOf(kept)]).toEqual([['email kept'], 'luma going']);
    await undo();
    expect([await whoIs(), await heardOf(kept), await heardOf(absorbed)]).toEqual([[undefined], undefined, undefined]);
  });

  it('are as before when an operator undoes it', async () => {
    await link(OLD, kept);
    await link(NEW, absorbed);
    await says(kept, 'interested', now.minus({ hours: 3 }));
    await sync([byNew]);
    await linkUp();
    expect(await heardOf(kept)).toBe('member interested');
    await undo();
    expect([await whoIs(), await heardOf(kept), await heardOf(absorbed)]).toEqual([
      ['token absorbed'],
      'member interested',
      'luma going',
    ]);
    await sync([{ ...byNew, status: 'cancelled' }], now.plus({ hours: 1 }));
    expect([await whoIs(), await heardOf(absorbed)]).toEqual([['token absorbed'], undefined]);
  });

  it('keep, both of them, what was said while they were one', async () => {
    await says(absorbed, 'going', now.minus({ hours: 3 }));
    await link(OLD, kept);
    await sync([guestFacts({ linkToken: OLD, registeredAt: now.minus({ days: 1 }) })]);
    await linkUp();
    await says(kept, 'not_going', now.plus({ hours: 1 }));
    await undo();
    expect([await heardOf(kept), await heardOf(absorbed)]).toEqual(['member not_going', 'member not_going']);
  });
});

describe('somebody who is erased', () => {
  it('leaves no registration, address or link; the next list brings them back as a guest nobody knows', async () => {
    await link(OLD, kept);
    const guest = guestFacts({ linkToken: OLD, email: 'ana@example.org' });
    await sync([guest]);
    await rollcall.services.members.erase(idOf(kept));
    const { connection } = rollcall.database;
    for (const table of ['guests', 'personal_links', 'member_emails', 'responses'] as const) {
      expect({ [table]: await connection.selectFrom(table).selectAll().execute() }).toEqual({ [table]: [] });
    }
    await sync([guest], now.plus({ minutes: 15 }));
    expect(await whoIs()).toEqual([undefined]);
    expect(await heardOf(kept)).toBeUndefined();
  });

  it('finds it all in their file before', async () => {
    await link(OLD, kept);
    await sync([guestFacts({ linkToken: OLD, name: 'Ana on lu.ma', email: 'ana@example.org' })]);
    const { parts } = await rollcall.services.members.held(idOf(kept));
    const text = JSON.stringify(parts);
    for (const words of ['Your registrations on lu.ma', 'Ana on lu.ma', OLD, 'Addresses by which lu.ma knows you']) {
      expect(text).toContain(words);
    }
    expect(text).not.toContain('ana@example.org');
  });
});
