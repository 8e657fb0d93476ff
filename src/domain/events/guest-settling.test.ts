import fc from 'fast-check';
import { DateTime } from 'luxon';
import { afterEach, describe, expect, it } from 'vitest';
import { addEvent, addLink, addSource, listsOf } from '../../../tests/builders/guest-world.js';
import { guestFacts, guestSource } from '../../../tests/builders/guests.js';
import { aMember } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { type Database, migrate, openDatabase } from '../../db/database.js';
import { createServices } from '../../services.js';
import type { MemberId } from '../ids.js';
import type { GuestFacts } from './event-source.js';
import { settleGuests } from './guest-settling.js';
import { RESPONSES, type ResponseValue } from './response.js';

/** Who and what there is: two members, three events, four lu.ma accounts with an address each. */
const MEMBERS = [0, 1] as const;
const EVENTS = [0, 1, 2] as const;
const ACCOUNTS = [0, 1, 2, 3] as const;
const start = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' }) as DateTime<true>;

type Act =
  | { kind: 'register'; event: number; account: number; linkOf: number | undefined; status: 'registered' | 'waiting' }
  | { kind: 'cancel' | 'assign' | 'unassign'; event: number; account: number; member: number }
  | { kind: 'vouch'; member: number; account: number }
  | { kind: 'say'; event: number; member: number; response: ResponseValue }
  | { kind: 'sync'; event: number };

const event = fc.constantFrom(...EVENTS);
const account = fc.constantFrom(...ACCOUNTS);
const member = fc.constantFrom(...MEMBERS);
const anyAct: fc.Arbitrary<Act> = fc.oneof(
  fc.record({
    kind: fc.constant('register' as const),
    event,
    account,
    linkOf: fc.option(member, { nil: undefined }),
    status: fc.constantFrom('registered' as const, 'waiting' as const),
  }),
  fc.record({
    kind: fc.constantFrom('cancel' as const, 'assign' as const, 'unassign' as const),
    event,
    account,
    member,
  }),
  fc.record({ kind: fc.constant('vouch' as const), member, account }),
  fc.record({ kind: fc.constant('say' as const), event, member, response: fc.constantFrom(...RESPONSES) }),
  fc.record({ kind: fc.constant('sync' as const), event }),
);

const open = new Set<Database>();
afterEach(async () => {
  for (const database of open) await database.close();
  open.clear();
});

/** A world in which acts happen an hour apart, with lu.ma's own state beside ours. */
async function startWorld() {
  const database = openDatabase(':memory:');
  open.add(database);
  await migrate(database.connection);
  let now = start;
  const services = createServices(database, { now: () => now });
  const org = anOrg();
  const members = MEMBERS.map(() => aMember());
  await database.inTransaction(async ({ orgs, ...repositories }) => {
    await orgs.add(org);
    for (const one of members) {
      await repositories.members.add(one);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: one.id, role: 'admin' }));
    }
  });
  const sourceId = await addSource(database, org.id);
  const events = await Promise.all(
    EVENTS.map((index) =>
      addEvent(database, { orgId: org.id, sourceId, lumaId: `evt-${index}`, startsAt: start.plus({ days: 9 }) }),
    ),
  );
  const tokenOf = (eventIndex: number, memberIndex: number) => `rc-event${eventIndex}member${memberIndex}`;
  for (const [eventIndex, one] of events.entries()) {
    for (const [memberIndex, { id: memberId }] of members.entries()) {
      await addLink(database, { token: tokenOf(eventIndex, memberIndex), event: one, memberId });
    }
  }
  const onLuma = events.map(() => new Map<number, GuestFacts>());
  const idOf = (index: number): MemberId => members[index]?.id ?? fail();
  const rights = { memberId: idOf(0), managedSpace: undefined };
  const refOf = (eventIndex: number, accountIndex: number) => ({
    eventId: events[eventIndex]?.id ?? fail(),
    lumaGuestId: `gst-${accountIndex}`,
  });

  const sync = async (eventIndex: number) => {
    const one = events[eventIndex] ?? fail();
    const source = guestSource(listsOf([one, [...(onLuma[eventIndex]?.values() ?? [])]]));
    await services.syncGuests(source, { sourceId, orgId: org.id, now, only: [one.lumaId] });
  };

  return {
    sync,
    numberOf: (id: string | null) => members.findIndex((one) => one.id === id),
    lumaIdOf: (id: string) => events.find((one) => one.id === id)?.lumaId,
    async act(act: Act): Promise<void> {
      now = now.plus({ hours: 1 });
      switch (act.kind) {
        case 'register': {
          const linkToken = act.linkOf === undefined ? undefined : tokenOf(act.event, act.linkOf);
          const { lumaGuestId } = refOf(act.event, act.account);
          const email = `account${act.account}@example.org`;
          const { status } = act;
          const facts = guestFacts({ lumaGuestId, email, linkToken, status, registeredAt: now });
          return void onLuma[act.event]?.set(act.account, facts);
        }
        case 'cancel': {
          const known = onLuma[act.event]?.get(act.account);
          if (known) onLuma[act.event]?.set(act.account, { ...known, status: 'cancelled' });
          return;
        }
        case 'assign':
        case 'unassign':
          // Refused where there is no such guest or they are somebody already; that is another test's.
          await services.guests[act.kind](
            { ...refOf(act.event, act.account), memberId: idOf(act.member) },
            rights,
          ).catch(() => undefined);
          return;
        case 'vouch':
          return services.guests.noteVouchedEmail(idOf(act.member), `account${act.account}@example.org`);
        case 'say': {
          const said = { eventId: events[act.event]?.id ?? fail(), memberId: idOf(act.member), response: act.response };
          return database.inTransaction(({ responses }) =>
            responses.save({ ...said, source: 'member', respondedAt: now }),
          );
        }
        case 'sync':
          return sync(act.event);
      }
    },
    /** Everything that the rules decide, without the moments at which addresses were learnt. */
    async state() {
      const { connection } = database;
      return {
        guests: await connection
          .selectFrom('guests')
          .selectAll()
          .orderBy('event_id')
          .orderBy('luma_guest_id')
          .execute(),
        responses: await connection
          .selectFrom('responses')
          .selectAll()
          .orderBy('event_id')
          .orderBy('member_id')
          .execute(),
        emails: await connection
          .selectFrom('member_emails')
          .select(['member_id', 'email_hash', 'vouched_by'])
          .orderBy('member_id')
          .orderBy('email_hash')
          .execute(),
      };
    },
    async syncAll() {
      for (const index of EVENTS) await sync(index);
    },
    settleAll: () =>
      database.inTransaction((repositories) => settleGuests(repositories, { events: events.map(({ id }) => id) }, now)),
  };
}

function fail(): never {
  throw new Error('There is no such thing in this world.');
}

type World = Awaited<ReturnType<typeof startWorld>>;
type State = Awaited<ReturnType<World['state']>>;

/** Holders of one token at one event who are matched other than by an admin. */
function matchedByShared({ guests }: State) {
  const holders = (token: string) => guests.filter(({ link_token }) => link_token === token);
  return guests.filter(
    ({ link_token, matched_by }) =>
      link_token !== null && holders(link_token).length > 1 && matched_by !== null && matched_by !== 'admin',
  );
}

/** Addresses that a link is said to have taught, without a guest who is known by one now. */
function unfoundedLessons({ guests, emails }: State) {
  return emails.filter(
    ({ vouched_by, member_id, email_hash }) =>
      vouched_by === 'token' &&
      !guests.some(
        (guest) => guest.matched_by === 'token' && guest.member_id === member_id && guest.email_hash === email_hash,
      ),
  );
}

/** Rows in which what counts is not the later of both words. */
function wrongResponses({ responses }: State) {
  return responses.filter(({ response, source, responded_at, said, said_at }) =>
    source === 'member' ? response !== said || responded_at !== said_at : said_at !== null && said_at >= responded_at,
  );
}

describe('guests and members, whatever happens in whatever order', () => {
  const anyStory = fc.array(anyAct, { minLength: 5, maxLength: 25 });

  it('are matched by no shared link, learn nothing unfounded, and let the later word count', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const world = await startWorld();
        for (const act of story) await world.act(act);
        await world.syncAll();
        const state = await world.state();
        expect(matchedByShared(state)).toEqual([]);
        expect(unfoundedLessons(state)).toEqual([]);
        expect(wrongResponses(state)).toEqual([]);
      }),
      { numRuns: 60 },
    );
  }, 120_000);

  it('stay as they are when lists are read again or everything is settled again', async () => {
    await fc.assert(
      fc.asyncProperty(anyStory, async (story) => {
        const world = await startWorld();
        for (const act of story) await world.act(act);
        await world.syncAll();
        const once = await world.state();
        await world.settleAll();
        expect(await world.state()).toEqual(once);
        await world.syncAll();
        expect(await world.state()).toEqual(once);
      }),
      { numRuns: 40 },
    );
  }, 120_000);

  it('are matched the same in whatever order lists are read and addresses are learnt', async () => {
    const anyOrder = fc.shuffledSubarray([...EVENTS, ...EVENTS, 'vouch' as const], { minLength: 7, maxLength: 7 });
    const registrations = fc.array(
      anyAct.filter(({ kind }) => kind === 'register' || kind === 'cancel'),
      { minLength: 3, maxLength: 10 },
    );
    const vouches = fc.array(
      anyAct.filter(({ kind }) => kind === 'vouch'),
      { maxLength: 3 },
    );
    await fc.assert(
      fc.asyncProperty(registrations, vouches, anyOrder, anyOrder, async (acts, learnt, one, other) => {
        const states: unknown[] = [];
        for (const order of [one, other]) {
          const world = await startWorld();
          for (const act of acts) await world.act(act);
          for (const step of order) {
            if (step === 'vouch') for (const act of learnt) await world.act(act);
            else await world.sync(step);
          }
          states.push(await inWords(world));
        }
        expect(states[0]).toEqual(states[1]);
      }),
      { numRuns: 40 },
    );
  }, 120_000);
});

/** Who is who and who goes, by numbers in place of ids that differ from world to world. */
async function inWords({ state, numberOf, lumaIdOf }: World) {
  const { guests, responses, emails } = await state();
  return {
    guests: guests
      .map((one) => `${lumaIdOf(one.event_id)} ${one.luma_guest_id} ${one.matched_by} ${numberOf(one.member_id)}`)
      .sort(),
    responses: responses.map((one) => `${lumaIdOf(one.event_id)} ${numberOf(one.member_id)} ${one.response}`).sort(),
    emails: emails.map((one) => `${numberOf(one.member_id)} ${one.vouched_by}`).sort(),
  };
}
