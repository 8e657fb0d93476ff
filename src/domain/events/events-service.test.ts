import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { facts, testCalendar } from '../../../tests/builders/calendar.js';
import { anEvent } from '../../../tests/builders/events.js';
import { aMember } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { startSyncs } from '../../../tests/builders/sync.js';
import { type Database, migrate, openDatabase } from '../../db/database.js';
import { DomainError, type Problem } from '../errors.js';
import { newEventId, type OrgId } from '../ids.js';
import type { Member } from '../members/member.js';
import type { Membership, Org } from '../orgs/org.js';
import type { Rights } from '../orgs/rights.js';
import type { Event } from './event.js';
import { createEventsService, type EventsService } from './events-service.js';

const NOW = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;
const inHours = (hours: number) => NOW.plus({ hours });

let database: Database;
let events: EventsService;
const ana = aMember();
const rightsOf = (member: Member | undefined): Rights => ({ memberId: member?.id, managedSpace: undefined });
const visitor = rightsOf(undefined);

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
  events = createEventsService({ inTransaction: database.inTransaction, clock: { now: () => NOW } });
  await database.inTransaction(({ members }) => members.add(ana));
});
afterEach(() => database.close());

const keepOrg = async (told: Partial<Org> = {}): Promise<Org> => {
  const org = anOrg(told);
  await database.inTransaction(({ orgs }) => orgs.add(org));
  return org;
};
const joins = (org: Org, told: Partial<Membership> = {}) =>
  database.inTransaction(({ orgs }) => orgs.saveMembership(aMembership({ orgId: org.id, memberId: ana.id, ...told })));
const keep = async (orgId: OrgId, ...told: Partial<Event>[]): Promise<Event[]> => {
  const made = told.map((one) =>
    anEvent({ startsAt: inHours(24), endsAt: (one.startsAt ?? inHours(24)).plus({ hours: 2 }), ...one, orgId }),
  );
  await database.inTransaction((repositories) => repositories.events.addAll(made));
  return made;
};
const titlesOf = ({ groups }: Awaited<ReturnType<EventsService['upcoming']>>) =>
  groups.map(({ org, events }) => [org?.name ?? 'elsewhere', ...events.map(({ event }) => event.title)]);
const upcoming = (rights: Rights, asked: Partial<Parameters<EventsService['upcoming']>[0]> = {}) =>
  events.upcoming({ page: 0, pageSize: 6, ...asked }, rights);
const past = (rights: Rights, asked: Partial<Parameters<EventsService['past']>[0]> = {}) =>
  events.past({ page: 0, pageSize: 6, ...asked }, rights);

/** The problem that an answer ends with. */
async function problemOf(answer: Promise<unknown>): Promise<Problem> {
  const error: unknown = await answer.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  if (error instanceof DomainError) return error.problem;
  throw new Error('No problem came.');
}

describe('upcoming', () => {
  it('puts the reader’s orgs first, the one with the next event before the others, then the rest by time', async () => {
    const [baish, studio, other] = [
      await keepOrg({ name: 'BAISH' }),
      await keepOrg({ name: 'Studio' }),
      await keepOrg(),
    ];
    await joins(baish);
    await joins(studio);
    await keep(other.id, { title: 'Soonest', startsAt: inHours(1) }, { title: 'Late', startsAt: inHours(99) });
    await keep(baish.id, { title: 'B2', startsAt: inHours(30) }, { title: 'B1', startsAt: inHours(20) });
    await keep(studio.id, { title: 'S1', startsAt: inHours(10) }, { title: 'S2', startsAt: inHours(60) });
    const page = await upcoming(rightsOf(ana));
    expect(titlesOf(page)).toEqual([
      ['Studio', 'S1', 'S2'],
      ['BAISH', 'B1', 'B2'],
      ['elsewhere', 'Soonest', 'Late'],
    ]);
    expect(page).toMatchObject({ total: 6, ofOwn: 4, elsewhere: 2, hasOrgs: true });
    expect(titlesOf(await upcoming(visitor))).toEqual([['elsewhere', 'Soonest', 'S1', 'B1', 'B2', 'S2', 'Late']]);
  });

  it('pages through everything once, in one order, whatever starts together', async () => {
    const [own, other] = [await keepOrg(), await keepOrg()];
    await joins(own);
    const together = (count: number, name: string) =>
      Array.from({ length: count }, (_, at) => ({ title: `${name}${at}` }));
    await keep(own.id, ...together(8, 'own '));
    await keep(other.id, ...together(9, 'other '));
    const pages = await Promise.all([0, 1, 2].map((page) => upcoming(rightsOf(ana), { page })));
    const seen = pages.flatMap((page) => titlesOf(page).flatMap(([, ...titles]) => titles));
    expect(new Set(seen).size).toBe(17);
    expect(seen.slice(0, 8).every((title) => title?.startsWith('own'))).toBe(true);
    expect(pages.map(({ pages }) => pages)).toEqual([3, 3, 3]);
    expect(titlesOf(pages[1] ?? pages[0]!)).toHaveLength(2);
    expect((await upcoming(rightsOf(ana), { page: 99 })).page).toBe(2);
  });

  it('shows what runs until it ends, and what was cancelled until it would have begun', async () => {
    const org = await keepOrg();
    const day = { startsAt: inHours(-40), endsAt: inHours(1) };
    await keep(
      org.id,
      { title: 'runs for days', ...day },
      { title: 'no end, began lately', startsAt: inHours(-1), endsAt: undefined },
      { title: 'no end, long over', startsAt: inHours(-3), endsAt: undefined },
      { title: 'just over', startsAt: inHours(-2), endsAt: NOW },
      { title: 'cancelled, ahead', state: 'cancelled', startsAt: inHours(5) },
      { title: 'cancelled, would run', state: 'cancelled', ...day },
      { title: 'withdrawn', state: 'withdrawn', startsAt: inHours(5) },
    );
    const page = await upcoming(visitor);
    expect(titlesOf(page)).toEqual([['elsewhere', 'runs for days', 'no end, began lately', 'cancelled, ahead']]);
    expect(page.groups[0]?.events.map(({ phase }) => phase)).toEqual(['now', 'now', 'cancelled']);
    expect(titlesOf(await past(visitor))).toEqual([['elsewhere', 'just over', 'no end, long over']]);
  });

  it('keeps to a day and a kind, an organiser’s before the rules’', async () => {
    const org = await keepOrg();
    await keep(
      org.id,
      { title: 'talk', ruledType: 'talk' },
      { title: 'called a talk', ruledType: 'social', chosenType: 'talk', startsAt: inHours(48) },
      { title: 'no longer one', ruledType: 'talk', chosenType: 'other' },
      { title: 'late talk', ruledType: 'talk', startsAt: inHours(49) },
    );
    const page = await upcoming(visitor, { type: 'talk', until: inHours(48) });
    expect(titlesOf(page)).toEqual([['elsewhere', 'talk', 'called a talk']]);
  });

  it('lists one org, and tells how much there is elsewhere when it has none', async () => {
    const [empty, busy] = [await keepOrg({ name: 'Empty', slug: 'empty' }), await keepOrg({ slug: 'busy' })];
    await keep(busy.id, { title: 'one' }, { title: 'two', startsAt: inHours(25) });
    expect(titlesOf(await upcoming(visitor, { org: { named: 'busy' } }))).toEqual([['elsewhere', 'one', 'two']]);
    expect(await upcoming(visitor, { org: { named: 'Empty' } })).toMatchObject({ total: 0, elsewhere: 2, pages: 1 });
    expect(await upcoming(visitor, { org: empty.id })).toMatchObject({ total: 0, asked: { org: { name: 'Empty' } } });
    expect(await problemOf(upcoming(visitor, { org: { named: 'emty' } }))).toMatchObject({ code: 'orgs.unknown' });
  });

  it('tells the reader’s own answer, and how many said what', async () => {
    const org = await keepOrg();
    const [event] = await keep(org.id, {});
    const others = [aMember(), aMember(), aMember()];
    await database.inTransaction(async ({ members, responses }) => {
      for (const member of others) await members.add(member);
      const said = [
        [ana, 'interested', 'member'],
        [others[0], 'going', 'luma'],
        [others[1], 'going', 'member'],
        [others[2], 'not_going', 'member'],
      ] as const;
      for (const [member, response, source] of said) {
        if (!event || !member) throw new Error('missing');
        await responses.save({ eventId: event.id, memberId: member.id, response, source, respondedAt: NOW });
      }
    });
    const listed = (await upcoming(rightsOf(ana))).groups[0]?.events[0];
    expect(listed).toMatchObject({ response: 'interested', counts: { going: 2, interested: 1 } });
    expect((await upcoming(visitor)).groups[0]?.events[0]?.response).toBeUndefined();
  });
});

describe('who sees what', () => {
  const everyVisibility: Partial<Event>[] = [
    { title: 'public', visibility: 'public' },
    { title: 'members', visibility: 'members-only', startsAt: inHours(25) },
    { title: 'private', visibility: 'private', startsAt: inHours(26) },
  ];
  const seenIn = async (org: Org, rights: Rights) => {
    const all = await upcoming(rights);
    const named = await upcoming(rights, { org: { named: org.slug } });
    const [inList, byName] = [all, named].map((page) => titlesOf(page).flatMap(([, ...titles]) => titles));
    return { inList, byName };
  };

  it.each<[string, Partial<Membership> | undefined, string[]]>([
    ['a visitor', undefined, ['public']],
    ['a member', {}, ['public', 'members']],
    ['an admin', { role: 'admin' }, ['public', 'members', 'private']],
    ['somebody whose request waits', { status: 'pending' }, ['public']],
    ['somebody who left', { status: 'left', leftAt: NOW }, ['public']],
    ['an admin who was taken off', { status: 'removed', role: 'admin', leftAt: NOW }, ['public']],
  ])('to %s', async (_who, membership, expected) => {
    const org = await keepOrg();
    if (membership) await joins(org, membership);
    const kept = await keep(org.id, ...everyVisibility);
    const rights = rightsOf(membership ? ana : undefined);
    expect(await seenIn(org, rights)).toEqual({ inList: expected, byName: expected });
    for (const { id, title, lumaId } of kept) {
      const shown = events.show(id, rights).then(({ event }) => event.title);
      const found = events.find(lumaId, rights);
      if (expected.includes(title)) {
        expect(await shown).toBe(title);
        expect(await found).toBe(id);
      } else {
        expect(await problemOf(shown)).toEqual({ code: 'events.gone' });
        expect(await problemOf(found)).toMatchObject({ code: 'events.unknown' });
      }
    }
    const offered = await events.suggest('', rights, 25);
    expect(offered.map(({ event }) => event.title)).toEqual(expected);
  });

  it('to whoever manages the space of an org, and only there', async () => {
    const org = await keepOrg();
    const space = { platform: 'discord', externalId: '600000000000000001' } as const;
    await database.inTransaction(({ orgs }) => orgs.addSpace(space, org.id, NOW));
    const [, , hidden] = await keep(org.id, ...everyVisibility);
    const manager: Rights = { memberId: undefined, managedSpace: space };
    expect((await seenIn(org, manager)).byName).toEqual(['public', 'members', 'private']);
    const elsewhere: Rights = { memberId: undefined, managedSpace: { ...space, externalId: '600000000000000002' } };
    expect((await seenIn(org, elsewhere)).byName).toEqual(['public']);
    expect((await events.show(hidden?.id ?? newEventId(), manager)).isAdmin).toBe(true);
  });

  it('of an unlisted org: to its members, and to whoever names it or has the event', async () => {
    const org = await keepOrg({ isListed: false });
    const [event] = await keep(org.id, ...everyVisibility);
    expect(await seenIn(org, visitor)).toEqual({ inList: [], byName: ['public'] });
    expect(await events.suggest('public', visitor, 25)).toEqual([]);
    expect(await problemOf(events.find('public', visitor))).toMatchObject({ code: 'events.unknown', nearest: [] });
    expect((await events.show(event?.id ?? newEventId(), visitor)).event.title).toBe('public');
    await joins(org);
    expect((await seenIn(org, rightsOf(ana))).inList).toEqual(['public', 'members']);
  });

  it('of a hidden org: to nobody', async () => {
    const org = await keepOrg({ isHidden: true });
    await joins(org, { role: 'admin' });
    const [event] = await keep(org.id, ...everyVisibility);
    expect(await problemOf(events.show(event?.id ?? newEventId(), rightsOf(ana)))).toEqual({ code: 'events.gone' });
    expect((await upcoming(rightsOf(ana))).total).toBe(0);
    expect(await events.nextOwn(ana.id, 3)).toEqual([]);
  });
});

describe('past', () => {
  it('is of the reader’s orgs, the last first, and of all for those who are in none', async () => {
    const [own, other] = [await keepOrg(), await keepOrg()];
    await joins(own);
    await keep(own.id, { title: 'older', startsAt: inHours(-200) }, { title: 'newer', startsAt: inHours(-100) });
    await keep(other.id, { title: 'other', startsAt: inHours(-50) });
    await keep(own.id, { title: 'called off', startsAt: inHours(-10), state: 'cancelled' });
    expect(titlesOf(await past(rightsOf(ana)))).toEqual([['elsewhere', 'newer', 'older']]);
    expect(titlesOf(await past(visitor))).toEqual([['elsewhere', 'other', 'newer', 'older']]);
    expect(titlesOf(await past(rightsOf(ana), { org: other.id }))).toEqual([['elsewhere', 'other']]);
  });
});

describe('find', () => {
  it('takes words of a title in any order, accents aside, what is ahead before what is over', async () => {
    const org = await keepOrg();
    const [was, next] = await keep(
      org.id,
      { title: 'Círculo de lectura', startsAt: inHours(-100) },
      { title: 'Círculo de lectura', startsAt: inHours(100) },
    );
    expect(await events.find('LECTURA circulo', visitor)).toBe(next?.id);
    expect(await events.find(was?.lumaId ?? '', visitor)).toBe(was?.id);
    expect(await events.find(was?.id ?? '', visitor)).toBe(was?.id);
  });

  it('takes the whole title for more than a part of one', async () => {
    const org = await keepOrg();
    const [exact] = await keep(org.id, { title: 'Social' }, { title: 'Social dinner' });
    expect(await events.find('social', visitor)).toBe(exact?.id);
  });

  it('asks which one is meant, the next first', async () => {
    const org = await keepOrg({ name: 'BAISH' });
    await keep(org.id, { title: 'Reading II', startsAt: inHours(48) }, { title: 'Reading I' });
    expect(await problemOf(events.find('reading', visitor))).toMatchObject({
      code: 'events.ambiguous',
      candidates: [
        { title: 'Reading I', orgName: 'BAISH' },
        { title: 'Reading II', orgName: 'BAISH' },
      ],
    });
  });

  it('names the nearest for a slip of the finger, and takes signs of patterns for what they are', async () => {
    const org = await keepOrg();
    await keep(org.id, { title: 'Alignment hackathon' }, { title: 'Picnic' });
    expect(await problemOf(events.find('aligment hackaton', visitor))).toMatchObject({
      code: 'events.unknown',
      nearest: [{ title: 'Alignment hackathon' }],
    });
    for (const text of ['%', '_', '\\', "'; drop table events; --", '', '💥'.repeat(2000), '\u202E']) {
      expect(await problemOf(events.find(text, visitor))).toMatchObject({ code: 'events.unknown' });
    }
  });

  it('offers the reader’s own first, and what is over last', async () => {
    const [own, other] = [await keepOrg(), await keepOrg()];
    await joins(own);
    await keep(other.id, { title: 'Talk elsewhere', startsAt: inHours(1) });
    await keep(own.id, { title: 'Talk of ours', startsAt: inHours(50) }, { title: 'Old talk', startsAt: inHours(-50) });
    const offered = async (text: string) =>
      (await events.suggest(text, rightsOf(ana), 25)).map(({ event }) => event.title);
    expect(await offered('')).toEqual(['Talk of ours', 'Talk elsewhere']);
    expect(await offered('talk')).toEqual(['Talk of ours', 'Talk elsewhere', 'Old talk']);
  });
});

describe('retype', () => {
  it('is noted once, and left to the rules again', async () => {
    const org = await keepOrg();
    await joins(org, { role: 'admin' });
    const [event] = await keep(org.id, { ruledType: 'talk', title: 'Evening' });
    const id = event?.id ?? newEventId();
    const types = async () => {
      const { ruledType, chosenType } = (await events.show(id, visitor)).event;
      return { ruledType, chosenType };
    };
    for (const _ of [1, 2]) await events.retype(id, 'social', rightsOf(ana));
    expect(await types()).toEqual({ ruledType: 'talk', chosenType: 'social' });
    await events.retype(id, undefined, rightsOf(ana));
    expect(await types()).toEqual({ ruledType: 'talk', chosenType: undefined });
    const noted = await database.connection.selectFrom('audit_entries').selectAll().orderBy('id').execute();
    expect(
      noted.map(({ action, actor_id, subject_text, before, after }) => [action, actor_id, subject_text, before, after]),
    ).toEqual([
      ['event.retyped', ana.id, 'Evening', '"talk"', '"social"'],
      ['event.retyped', ana.id, 'Evening', '"social"', '"talk"'],
    ]);
  });

  it('holds through a sync that renames the event', async () => {
    const world = await startSyncs();
    const calendar = testCalendar('api');
    calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z', { title: 'Talk by Ana' }));
    const source = await world.connect(calendar.source, 'api');
    await world.sync(source, '2026-03-01T10:00:00Z');
    const space = { platform: 'discord', externalId: '600000000000000001' } as const;
    const { inTransaction } = world.database;
    await inTransaction(({ orgs }) => orgs.addSpace(space, world.org.id, NOW));
    const manager = { memberId: undefined, managedSpace: space };
    const there = createEventsService({ inTransaction, clock: { now: () => NOW } });
    await there.retype(await there.find('evt-a', manager), 'social', manager);
    calendar.hold(facts('evt-a', '2026-03-10T18:30:00Z', { title: 'Workshop by Ana' }));
    await world.sync(source, '2026-03-01T11:00:00Z');
    expect((await world.events()).get('evt-a')).toMatchObject({
      title: 'Workshop by Ana',
      type: 'workshop',
      chosen_type: 'social',
    });
    await world.stop();
  });

  it('is for admins', async () => {
    const org = await keepOrg({ name: 'BAISH' });
    await joins(org);
    const [event] = await keep(org.id, {});
    const attempt = events.retype(event?.id ?? newEventId(), 'social', rightsOf(ana));
    expect(await problemOf(attempt)).toEqual({ code: 'rights.org-admin', orgName: 'BAISH' });
    expect((await events.show(event?.id ?? newEventId(), visitor)).event.chosenType).toBeUndefined();
  });
});

describe('at a glance', () => {
  it('tells the next events of one’s orgs, and how many public ones other orgs have ahead', async () => {
    const [own, other] = [await keepOrg(), await keepOrg()];
    await joins(own);
    await keep(own.id, ...[3, 1, 2, 4].map((at) => ({ title: `own ${at}`, startsAt: inHours(at) })));
    await keep(other.id, { title: 'a' }, { visibility: 'private' }, { startsAt: inHours(-99) });
    expect((await events.nextOwn(ana.id, 3)).map(({ event }) => event.title)).toEqual(['own 1', 'own 2', 'own 3']);
    expect((await events.nextOf(other.id, visitor, 3)).map(({ event }) => event.title)).toEqual(['a']);
    const counts = await events.countAhead([own.id, other.id]);
    expect([counts.get(own.id), counts.get(other.id)]).toEqual([4, 1]);
  });

  it('tells the next event of each org one is in or has asked to join, as far as one may see it', async () => {
    const [own, asked, empty, left, other] = await Promise.all([1, 2, 3, 4, 5].map(() => keepOrg({ isListed: false })));
    if (!own || !asked || !empty || !left || !other) throw new Error('Five orgs were kept.');
    for (const org of [own, empty]) await joins(org);
    await joins(asked, { status: 'pending' });
    await joins(left, { status: 'left', leftAt: NOW });
    await keep(
      own.id,
      { title: 'over', startsAt: inHours(-9), endsAt: inHours(-8) },
      { title: 'later', startsAt: inHours(9) },
      { title: 'private', startsAt: inHours(1), visibility: 'private' },
      { title: 'for members', startsAt: inHours(2), visibility: 'members-only' },
    );
    await keep(
      asked.id,
      { title: 'not for those who wait', startsAt: inHours(1), visibility: 'members-only' },
      { title: 'public', startsAt: inHours(3) },
    );
    for (const { id } of [left, other]) await keep(id, { title: 'elsewhere', startsAt: inHours(1) });
    const next = await events.nextOfEach(rightsOf(ana));
    expect([...next].map(([id, { event }]) => [id, event.title]).sort()).toEqual(
      [
        [own.id, 'for members'],
        [asked.id, 'public'],
      ].sort(),
    );
    expect(await events.nextOfEach(visitor)).toEqual(new Map());
    await keep(own.id, { title: 'sooner', startsAt: inHours(0.5) });
    expect((await events.nextOfEach(rightsOf(ana))).get(own.id)?.event.title).toBe('sooner');
  });
});
