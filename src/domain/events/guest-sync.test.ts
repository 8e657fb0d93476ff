import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { startBot } from '../../../tests/builders/bot.js';
import { addEvent, addLink, addSource, listsOf } from '../../../tests/builders/guest-world.js';
import { guestFacts, guestSource } from '../../../tests/builders/guests.js';
import { aMember } from '../../../tests/builders/members.js';
import { anOrg } from '../../../tests/builders/orgs.js';
import type { MemberId, SourceId } from '../ids.js';
import type { Event } from './event.js';
import { type GuestFacts, SourceProblem } from './event-source.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const org = anOrg();
let rollcall: Awaited<ReturnType<typeof startBot>>;
let sourceId: SourceId;
let ana: MemberId;
let talk: Event;

beforeEach(async () => {
  rollcall = await startBot();
  ana = aMember().id;
  await rollcall.inTransaction(async ({ orgs, members }) => {
    await orgs.add(org);
    await members.add(aMember({ id: ana }));
  });
  sourceId = await addSource(rollcall.database, org.id);
  talk = await event({ title: 'Talk' });
});
afterEach(() => rollcall.stop());

const event = (overrides: Partial<Event>) => addEvent(rollcall.database, { orgId: org.id, sourceId, ...overrides });
const sync = (lists: Map<string, GuestFacts[] | Error>, at = now, only?: string[]) =>
  rollcall.services.syncGuests(guestSource(lists), { sourceId, orgId: org.id, now: at, ...(only ? { only } : {}) });
const guestsOf = ({ id }: Event) => rollcall.inTransaction(({ guests }) => guests.list(id));
const matchesOf = async (one: Event) => (await guestsOf(one)).map(({ match }) => match && [match.by, match.memberId]);
const responseOf = async ({ id }: Event, memberId = ana) => {
  const found = await rollcall.inTransaction(({ responses }) => responses.find(id, memberId));
  return found && `${found.source} ${found.response}`;
};
const says = ({ id: eventId }: Event, response: 'going' | 'interested' | 'not_going', respondedAt: DateTime) =>
  rollcall.inTransaction(({ responses }) =>
    responses.save({ eventId, memberId: ana, response, source: 'member', respondedAt }),
  );
const link = (token: string, to: Event, memberId = ana) => addLink(rollcall.database, { token, event: to, memberId });

const TOKEN = 'rc-0123456789abcdef';
const byLink = guestFacts({ linkToken: TOKEN, email: 'ana@example.org' });

describe('reading guest lists', () => {
  it('knows a member by their link, and that they are going', async () => {
    await link(TOKEN, talk);
    expect(await sync(listsOf([talk, [byLink]]))).toEqual({ events: 1, guests: 1, checkedIn: 0 });
    expect(await matchesOf(talk)).toEqual([['token', ana]]);
    expect(await responseOf(talk)).toBe('luma going');
  });

  it('changes nothing when it is repeated', async () => {
    await link(TOKEN, talk);
    const dump = async () => {
      const { connection } = rollcall.database;
      const tables = ['guests', 'responses', 'member_emails'] as const;
      return Promise.all(tables.map((table) => connection.selectFrom(table).selectAll().execute()));
    };
    await sync(listsOf([talk, [byLink, guestFacts({ lumaGuestId: 'gst-2' })]]));
    const before = await dump();
    await sync(listsOf([talk, [guestFacts({ lumaGuestId: 'gst-2' }), byLink]]), now.plus({ minutes: 15 }));
    expect(await dump()).toEqual(before);
  });

  it('knows the address of who came by a link at other events, also at those read before', async () => {
    const [earlier, later] = [await event({ title: 'Earlier' }), await event({ title: 'Later' })];
    await sync(listsOf([earlier, [guestFacts({ email: 'Ana@example.org' })]]));
    expect(await matchesOf(earlier)).toEqual([undefined]);
    await link(TOKEN, talk);
    const lists = listsOf([talk, [byLink]], [later, [guestFacts({ email: 'ana@example.org ' })]]);
    await sync(lists, now, [talk.lumaId, later.lumaId]);
    expect(await matchesOf(earlier)).toEqual([['email', ana]]);
    expect(await matchesOf(later)).toEqual([['email', ana]]);
    expect(await responseOf(earlier)).toBe('luma going');
  });

  it('takes back what a link proved and taught once somebody else has it, too', async () => {
    const other = await event({ title: 'Other' });
    await link(TOKEN, talk);
    await sync(listsOf([talk, [byLink]], [other, [guestFacts({ email: 'ana@example.org' })]]));
    expect([await responseOf(talk), await responseOf(other)]).toEqual(['luma going', 'luma going']);
    const thief = guestFacts({ lumaGuestId: 'gst-2', linkToken: TOKEN, email: 'thief@example.org' });
    await sync(listsOf([talk, [byLink, thief]], [other, [guestFacts({ email: 'ana@example.org' })]]));
    expect(await matchesOf(talk)).toEqual([undefined, undefined]);
    expect(await matchesOf(other)).toEqual([undefined]);
    expect([await responseOf(talk), await responseOf(other)]).toEqual([undefined, undefined]);
    expect(await rollcall.database.connection.selectFrom('member_emails').selectAll().execute()).toEqual([]);
  });

  it('gives a member back what they said themselves when a guest turns out not to be them', async () => {
    await link(TOKEN, talk);
    await says(talk, 'interested', now.minus({ days: 30 }));
    await sync(listsOf([talk, [byLink]]));
    expect(await responseOf(talk)).toBe('luma going');
    await sync(listsOf([talk, [byLink, guestFacts({ lumaGuestId: 'gst-2', linkToken: TOKEN })]]));
    expect(await responseOf(talk)).toBe('member interested');
  });

  it('lets the later word count: cancelling after “going”, and “going” after cancelling', async () => {
    await link(TOKEN, talk);
    await says(talk, 'going', now.minus({ days: 30 }));
    await sync(listsOf([talk, [byLink]]));
    expect(await responseOf(talk)).toBe('member going');
    const cancelled = { ...byLink, status: 'cancelled' as const };
    await sync(listsOf([talk, [cancelled]]), now.plus({ hours: 1 }));
    expect(await responseOf(talk)).toBe('luma not_going');
    await says(talk, 'going', now.plus({ hours: 2 }));
    await sync(listsOf([talk, [cancelled]]), now.plus({ hours: 3 }));
    expect(await responseOf(talk)).toBe('member going');
  });

  it('forgets a registration that was cancelled when the member had said nothing', async () => {
    await link(TOKEN, talk);
    await sync(listsOf([talk, [byLink]]));
    await sync(listsOf([talk, []]), now.plus({ hours: 1 }));
    expect(await responseOf(talk)).toBeUndefined();
    expect((await guestsOf(talk))[0]?.status).toBe('cancelled');
  });

  it('keeps check-ins, and when somebody joined online', async () => {
    const came = guestFacts({ checkedInAt: now, joinedOnlineAt: now.minus({ minutes: 5 }) });
    expect(await sync(listsOf([talk, [came]]))).toMatchObject({ guests: 1, checkedIn: 1 });
    expect((await guestsOf(talk))[0]).toMatchObject({ checkedInAt: now, joinedOnlineAt: now.minus({ minutes: 5 }) });
  });

  it('keeps no address anywhere', async () => {
    await sync(listsOf([talk, [guestFacts({ email: 'secret@example.org', name: 'secret@example.org' })]]));
    const { sqlite } = rollcall.database;
    expect(sqlite.serialize().toString('latin1')).not.toContain('secret@example');
    expect(rollcall.logged.join('')).not.toContain('secret@example');
  });
});

describe('which lists are read', () => {
  const asked = async (at = now, only?: string[]) => {
    const source = guestSource(new Map());
    await rollcall.services.syncGuests(source, { sourceId, orgId: org.id, now: at, ...(only ? { only } : {}) });
    const found = await rollcall.inTransaction(({ events }) => events.listOfSource(sourceId));
    return source.asked.map((lumaId) => found.find((one) => one.lumaId === lumaId)?.title);
  };

  it('are those ahead, running, and just over; those far ahead seldom', async () => {
    const from = (days: number, title: string, more: Partial<Event> = {}) => {
      const startsAt = now.plus({ days });
      return event({ title, startsAt, endsAt: startsAt.plus({ hours: 2 }), ...more });
    };
    await from(-0.05, 'Running');
    await from(-2, 'Just over');
    await from(-2, 'Just over, without an end', { endsAt: undefined });
    await from(-4, 'Long over');
    await from(60, 'Far');
    await from(400, 'Farther');
    await from(1, 'Cancelled', { state: 'cancelled' });
    await from(1, 'Elsewhere', { lumaId: 'calev-1' });
    const near = ['Just over', 'Just over, without an end', 'Running', 'Talk'];
    expect((await asked()).sort()).toEqual([...near, 'Far'].sort());
    expect((await asked(now.plus({ minutes: 15 }))).sort()).toEqual(near.sort());
    expect(await asked(now.plus({ hours: 7 }))).toContain('Far');
  });

  it('are the named ones alone after a webhook, however far ahead', async () => {
    const far = await event({ title: 'Far', startsAt: now.plus({ days: 300 }), endsAt: undefined });
    expect(await asked(now, [far.lumaId, 'evt-unknown'])).toEqual(['Far']);
  });

  it('each get their turn when there are more than one run may read', async () => {
    for (let index = 0; index < 99; index += 1) await event({ title: `Event ${index}` });
    const first = await asked();
    const second = await asked(now.plus({ minutes: 15 }));
    expect(first).toHaveLength(60);
    expect(new Set([...first, ...second]).size).toBe(100);
  });

  it('are none where a calendar has none', async () => {
    const { listGuests: _, ...feed } = guestSource(new Map());
    const run = { sourceId, orgId: org.id, now };
    expect(await rollcall.services.syncGuests(feed, run)).toEqual({ events: 0, guests: 0, checkedIn: 0 });
  });
});

describe('a list that cannot be read', () => {
  it('keeps none of the others from it, and is told of', async () => {
    const other = await event({ title: 'Other' });
    const lists = listsOf([talk, new SourceProblem('bad-answer')], [other, [guestFacts()]]);
    expect(await sync(lists)).toEqual({ events: 1, guests: 1, checkedIn: 0, problem: 'bad-answer' });
    expect(await guestsOf(other)).toHaveLength(1);
  });

  it('ends the run when the others would fail as well', async () => {
    await event({ title: 'Other' });
    const source = guestSource(new Map());
    const refused = { ...source, listGuests: async () => Promise.reject(new SourceProblem('key-refused')) };
    const run = { sourceId, orgId: org.id, now };
    expect(await rollcall.services.syncGuests(refused, run)).toEqual({
      events: 0,
      guests: 0,
      checkedIn: 0,
      problem: 'key-refused',
    });
  });

  it('is no problem when the event is not ours to ask about', async () => {
    expect(await sync(listsOf([talk, new SourceProblem('not-found')]))).toEqual({ events: 0, guests: 0, checkedIn: 0 });
  });

  it('changes nothing when most guests are gone at once', async () => {
    const many = Array.from({ length: 20 }, (_, index) => guestFacts({ lumaGuestId: `gst-${index}` }));
    await sync(listsOf([talk, many]));
    expect(await sync(listsOf([talk, []]))).toMatchObject({ problem: 'suspicious' });
    expect((await guestsOf(talk)).filter(({ status }) => status === 'registered')).toHaveLength(20);
  });
});
