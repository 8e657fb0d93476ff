import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import { resolveOrg } from '../orgs/orgs-service.js';
import { isOrgAdmin, type Rights, requireOrgAdmin } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Event, type EventType, typeOf } from './event.js';
import type { FollowChanges } from './event-changes.js';
import type { EventReader, EventRow, EventScope } from './event-listing-repository.js';
import { type AskedList, type EventsPage, listAhead, listPast } from './event-lists.js';
import { phaseOf } from './event-phase.js';
import { findEvent, suggestEvents } from './finding-events.js';
import type { EventHost, ListedEvent } from './listed-event.js';
import { personalLinkTo } from './personal-links.js';

export type EventsService = ReturnType<typeof createEventsService>;

/** Which page of events is asked for; the org by its id, or by a name or slug that somebody typed. */
export interface AskedEvents {
  org?: OrgId | { named: string } | undefined;
  /** Nothing that starts after it. */
  until?: DateTime | undefined;
  type?: EventType | undefined;
  page: number;
  pageSize: number;
}

/** An event as its card shows it to one reader. */
export interface EventDetails extends ListedEvent {
  /** For this reader alone; nothing for a visitor, or where lu.ma has no page of it. */
  personalUrl: string | undefined;
  /** Whether they may change how it is shown here. */
  isAdmin: boolean;
}

/** Events as readers see them: what is ahead, what was, one event; and what its org's admins change of it. */
export function createEventsService({
  inTransaction,
  clock,
  follow = [],
}: {
  inTransaction: InTransaction;
  clock: Clock;
  /** As the sync has it: what shows an event is brought up to date. */
  follow?: readonly FollowChanges[];
}) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  const detailsOf = async (
    { orgs, personalLinks }: Repositories,
    row: EventRow,
    rights: Rights,
    now: DateTime,
  ): Promise<EventDetails> => {
    const { event, org } = row;
    const { memberId } = rights;
    return {
      ...row,
      phase: phaseOf(event, now),
      personalUrl: memberId && (await personalLinkTo(personalLinks, event, memberId, now)),
      isAdmin: await isOrgAdmin(orgs, await orgs.getVisible(org.id), rights),
    };
  };

  const nextIn = (scope: EventScope, rights: Rights, most: number): Promise<ListedEvent[]> =>
    reading(async (repositories) => {
      const now = clock.now();
      const reader = await readerOf(repositories, rights);
      const slice = { limit: most, offset: 0 };
      const rows = await repositories.eventListing.list(scope, { direction: 'ahead', now }, reader, slice);
      return rows.map((row) => ({ ...row, phase: phaseOf(row.event, now) }));
    });

  /** The next events of one org, at most so many. */
  const nextOf = (orgId: OrgId, rights: Rights, most: number) => nextIn({ kind: 'org', orgId }, rights, most);

  return {
    /**
     * What has not ended yet: the reader's orgs first, the one with the next event before the others, then other orgs.
     *
     * @throws DomainError `orgs.unknown`, `orgs.ambiguous`, `orgs.gone`.
     */
    async upcoming(asked: AskedEvents, rights: Rights): Promise<EventsPage> {
      return reading(async (repositories) => listAhead(repositories, await listOf(repositories, asked, rights, clock)));
    },

    /** What is over, the last first: of the org that is asked for, else of the reader's, else of all. @throws as `upcoming`. */
    async past(asked: AskedEvents, rights: Rights): Promise<EventsPage> {
      return reading(async (repositories) => listPast(repositories, await listOf(repositories, asked, rights, clock)));
    },

    /**
     * The event that a person means by words of its title, lu.ma's id or ours.
     *
     * @throws DomainError `events.unknown` with up to three near ones, `events.ambiguous` with those it may be.
     */
    async find(text: string, rights: Rights): Promise<EventId> {
      return reading(async (repositories) => {
        const reader = await readerOf(repositories, rights);
        return findEvent(repositories.eventListing, text, reader, clock.now());
      });
    },

    /** Events to offer while somebody types, at most so many: ahead before past; before a word, the reader's orgs' first. */
    async suggest(text: string, rights: Rights, most: number): Promise<EventRow[]> {
      return reading(async (repositories) => {
        const reader = await readerOf(repositories, rights);
        return suggestEvents(repositories.eventListing, text, reader, { now: clock.now(), most });
      });
    },

    /** One event; the reader's link to it is made when it is shown for the first time. @throws DomainError `events.gone`. */
    async show(eventId: EventId, rights: Rights): Promise<EventDetails> {
      return inTransaction(
        async (repositories) => {
          const row = await visibleRow(repositories, eventId, rights);
          return detailsOf(repositories, row, rights, clock.now());
        },
        { isReadOnly: rights.memberId === undefined },
      );
    },

    /** The next events of the orgs a member is in, at most so many. */
    nextOwn: (memberId: MemberId, most: number): Promise<ListedEvent[]> =>
      nextIn({ kind: 'own' }, { memberId, managedSpace: undefined }, most),

    nextOf,

    /** The next event of each org that the reader is in, or has asked to join, if it has one. */
    async nextOfEach(rights: Rights): Promise<ReadonlyMap<OrgId, ListedEvent>> {
      return reading(async (repositories) => {
        const reader = await readerOf(repositories, rights);
        return repositories.eventListing.findNextOfEach(clock.now(), reader);
      });
    },

    /** How many public events each of these orgs has ahead; orgs without any are not in it. */
    async countAhead(orgIds: readonly OrgId[]): Promise<ReadonlyMap<OrgId, number>> {
      return reading(({ eventListing }) => eventListing.countAhead(orgIds, clock.now()));
    },

    /**
     * Says what kind of event it is, over the rules, until it is left to them again (no type). It holds through every
     * sync. Choosing what is chosen already changes nothing.
     *
     * @throws DomainError `events.gone`, `rights.org-admin`.
     */
    async retype(eventId: EventId, chosenType: EventType | undefined, rights: Rights): Promise<EventDetails> {
      return inTransaction(async (repositories) => {
        const { events, orgs, audit } = repositories;
        const row = await visibleRow(repositories, eventId, rights);
        await requireOrgAdmin(orgs, await orgs.getVisible(row.org.id), rights);
        const before = row.event;
        const after = { ...before, chosenType };
        if (before.chosenType !== chosenType) {
          await events.update(after);
          await audit.add({
            orgId: row.org.id,
            actor: auditActor(rights),
            action: 'event.retyped',
            subject: { kind: 'text', text: before.title },
            before: typeOf(before),
            after: typeOf(after),
            at: clock.now(),
          });
          await followRetyped(repositories, follow, { before, after, at: clock.now() });
        }
        return detailsOf(repositories, { ...row, event: after }, rights, clock.now());
      });
    },
  };
}

/** Nobody is told of a type, but posts show it. What no calendar tells of any more stays as it is there. */
async function followRetyped(
  repositories: Repositories,
  follow: readonly FollowChanges[],
  { before, after, at }: { before: Event; after: Event; at: DateTime },
): Promise<void> {
  const { orgId, sourceId } = after;
  if (!sourceId || typeOf(before) === typeOf(after)) return;
  const changed = [{ before, after, what: ['retyped'] as const }];
  const changes = { orgId, sourceId, at, isFirst: false, added: [], changed, cancelled: [] };
  for (const followUp of follow) await followUp(repositories, changes);
}

/** Who is reading, with what their place lets them see. */
export async function readerOf({ orgs }: Repositories, { memberId, managedSpace }: Rights): Promise<EventReader> {
  const managed = managedSpace && (await orgs.findOrgOfSpace(managedSpace));
  return { memberId, managedOrgId: managed?.id };
}

/** @throws DomainError `events.gone` for what this reader may not see, as for what there is not. */
export async function visibleRow(repositories: Repositories, id: EventId, rights: Rights): Promise<EventRow> {
  const row = await repositories.eventListing.find(id, await readerOf(repositories, rights));
  if (!row) throw new DomainError({ code: 'events.gone' });
  return row;
}

async function listOf(
  repositories: Repositories,
  { org, until, type, page, pageSize }: AskedEvents,
  rights: Rights,
  clock: Clock,
): Promise<AskedList> {
  const reader = await readerOf(repositories, rights);
  return { org: await hostOf(repositories, org), until, type, page, pageSize, reader, now: clock.now() };
}

async function hostOf({ orgs }: Repositories, asked: AskedEvents['org']): Promise<EventHost | undefined> {
  if (asked === undefined) return undefined;
  const { id, name, slug } =
    typeof asked === 'string' ? await orgs.getVisible(asked) : await resolveOrg(orgs, asked.named);
  return { id, name, slug };
}
