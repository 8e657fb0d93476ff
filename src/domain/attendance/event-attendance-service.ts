import type { Clock } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { DomainError, type EventChoice } from '../errors.js';
import type { Event } from '../events/event.js';
import type { EventRow } from '../events/event-listing-repository.js';
import { toEventChoice } from '../events/finding-events.js';
import type { Guest } from '../events/guests.js';
import { EventId, type MemberId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import { orgsLookedAfter } from '../orgs/admins-service.js';
import type { Org, Page } from '../orgs/org.js';
import { orgForAdmin } from '../orgs/org-for-admin.js';
import type { Rights, SpaceRef } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { AttendanceCounts, PeopleScope, PersonAtEvent } from './event-attendance-repository.js';
import type { FeedbackVisibility } from './feedback.js';
import { type FeedbackSummary, summariseFeedback } from './feedback-summary.js';
import type { Meant } from './finding-answerable.js';

/** How many events an answer offers to choose from. */
const MOST_OFFERED = 8;

/** An event with what its organisers may know of who came. */
export interface ShownEventAttendance {
  event: Event;
  org: Org;
  counts: AttendanceCounts;
  feedback: FeedbackSummary;
  /** Of feedback that is given from now on. */
  visibility: FeedbackVisibility;
}

/** One of an event's people, by name. */
export interface NamedPerson extends PersonAtEvent {
  name: string;
}

/** Which event is meant: one, several, or any of the latest. */
export type MeantEvent = Meant | { kind: 'latest'; events: EventChoice[] };

interface PageAsked {
  page: number;
  pageSize: number;
}

export type EventAttendanceService = ReturnType<typeof createEventAttendanceService>;

/** Who came to an event and what they said of it, for its org's admins alone. */
export function createEventAttendanceService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  return {
    /**
     * The event that has begun and that an admin means, by its id or words of its title, among those of the orgs they
     * look after; the latest of them when they name none.
     *
     * @throws DomainError `attendance.not-of-yours` with the latest ones, `rights.org-admin`, `orgs.none-here`.
     */
    async find(text: string | undefined, space: SpaceRef | undefined, rights: Rights): Promise<MeantEvent> {
      return reading(async (repositories) => {
        const asked = text?.trim() ?? '';
        const byId = EventId.safeParse(asked);
        if (byId.success && (await repositories.events.find(byId.data))) return { kind: 'one', eventId: byId.data };
        const orgIds = await orgIdsFor(repositories, space, rights);
        const list = (words: readonly string[]) =>
          repositories.eventAttendance.listBegun(orgIds, { now: clock.now(), words, most: MOST_OFFERED });
        if (asked === '') return { kind: 'latest', events: (await list([])).map(toEventChoice) };
        const title = fold(asked);
        const found = title === '' ? [] : await list(title.split(' '));
        const exact = found.filter(({ event }) => fold(event.title) === title);
        const [first, ...others] = exact.length > 0 ? exact : found;
        if (!first) {
          const latest = (await list([])).map(toEventChoice);
          throw new DomainError({ code: 'attendance.not-of-yours', asked, latest });
        }
        if (others.length === 0) return { kind: 'one', eventId: first.event.id };
        return { kind: 'several', asked, candidates: [first, ...others].map(toEventChoice) };
      });
    },

    /** Events that have begun, to offer while an admin types; nothing for anybody else. */
    async suggest(
      text: string,
      space: SpaceRef | undefined,
      rights: Rights,
      most: number,
    ): Promise<Pick<EventRow, 'event' | 'org'>[]> {
      return reading(async ({ orgs, eventAttendance }) => {
        const orgIds = (await orgsLookedAfter(orgs, space, rights)).map(({ id }) => id);
        const words = fold(text).split(' ').filter(Boolean);
        return eventAttendance.listBegun(orgIds, { now: clock.now(), words, most });
      });
    },

    /** Who came, in numbers, and what they said. @throws DomainError `events.gone`, `orgs.gone`, `rights.org-admin`. */
    async show(eventId: EventId, rights: Rights): Promise<ShownEventAttendance> {
      return reading(async (repositories) =>
        showAttendance(repositories, await eventFor(repositories, eventId, rights)),
      );
    },

    /** One page of an event's people. @throws as `show` does. */
    async people(
      eventId: EventId,
      { scope, ...at }: PageAsked & { scope: PeopleScope },
      rights: Rights,
    ): Promise<{ event: Event; org: Org; page: Page<NamedPerson> }> {
      return reading(async (repositories) => {
        const { event, org } = await eventFor(repositories, eventId, rights);
        const page = await repositories.eventAttendance.listPeople(eventId, scope, at);
        return { event, org, page: { ...page, items: await withNames(repositories, page.items) } };
      });
    },

    /** One page of the guests whom lu.ma checked in and whom nobody here knows. @throws as `show` does. */
    async walkIns(eventId: EventId, at: PageAsked, rights: Rights): Promise<{ event: Event; page: Page<Guest> }> {
      return reading(async (repositories) => {
        const { event } = await eventFor(repositories, eventId, rights);
        return { event, page: await repositories.eventAttendance.listWalkIns(eventId, at) };
      });
    },
  };
}

/** An event in the hands of its org's admins. @throws DomainError `events.gone`, `orgs.gone`, `rights.org-admin`. */
export async function eventFor(
  { events, orgs }: Pick<Repositories, 'events' | 'orgs'>,
  eventId: EventId,
  rights: Rights,
): Promise<{ event: Event; org: Org }> {
  const event = await events.getVisible(eventId);
  return { event, org: await orgForAdmin(orgs, event.orgId, rights) };
}

/** What its organisers may know of who came; whether they are is for the caller to ask. */
export async function showAttendance(
  repositories: Repositories,
  { event, org }: { event: Event; org: Org },
): Promise<ShownEventAttendance> {
  const { eventAttendance, feedbackSettings } = repositories;
  const { visibility } = await feedbackSettings.get(org.id);
  const given = await eventAttendance.listFeedback(event.id);
  const names = await namesOf(
    repositories,
    given.filter((one) => one.visibility === 'attributed').map(({ memberId }) => memberId),
  );
  const nameOf = ({ memberId }: { memberId: MemberId }) => names.get(memberId) ?? '';
  return {
    event,
    org,
    counts: await eventAttendance.count(event.id),
    feedback: summariseFeedback(given, { visibility, nameOf }),
    visibility,
  };
}

export async function withNames<One extends { memberId: MemberId }>(
  repositories: Pick<Repositories, 'members'>,
  people: readonly One[],
): Promise<(One & { name: string })[]> {
  const names = await namesOf(
    repositories,
    people.map(({ memberId }) => memberId),
  );
  return people.map((person) => ({ ...person, name: names.get(person.memberId) ?? '' }));
}

async function namesOf(
  { members }: Pick<Repositories, 'members'>,
  ids: readonly MemberId[],
): Promise<Map<MemberId, string>> {
  const found = await members.list(ids);
  return new Map(found.map((member) => [member.id, seenBy('org-admin', member).name]));
}

/** The orgs somebody looks after. @throws DomainError `rights.org-admin`, `orgs.none-here` when there are none. */
async function orgIdsFor({ orgs }: Repositories, space: SpaceRef | undefined, rights: Rights) {
  const own = await orgsLookedAfter(orgs, space, rights);
  return own.length > 0 ? own.map(({ id }) => id) : [(await orgForAdmin(orgs, { org: undefined, space }, rights)).id];
}
