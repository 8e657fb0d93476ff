import type { DateTime } from 'luxon';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { EventType } from './event.js';
import type { EventHost, ListedEvent } from './listed-event.js';

/** For whom events are listed. */
export interface EventReader {
  memberId: MemberId | undefined;
  /** The org whose space they manage, while they act inside it: they see what its admins see. */
  managedOrgId: OrgId | undefined;
}

/**
 * Of which orgs: one that the reader named, listed or not; those they are in; the others in the directory; or all that
 * they may see.
 */
export type EventScope = { kind: 'org'; orgId: OrgId } | { kind: 'own' } | { kind: 'elsewhere' } | { kind: 'any' };

/** What has not ended, the next first; or what has, the last first. Cancelled events are in neither once they would have begun. */
export type EventDirection = 'ahead' | 'past';

export interface EventSpan {
  direction: EventDirection;
  now: DateTime;
  /** Nothing that starts after it. */
  until?: DateTime | undefined;
  /** Of the past, nothing that ended before it. */
  endedAfter?: DateTime | undefined;
  type?: EventType | undefined;
}

/** A row of a list; where it stands in time is for the domain to say. */
export type EventRow = Omit<ListedEvent, 'phase'>;

/** How many events an org of the reader's has within a span. */
export interface OrgTally {
  org: EventHost;
  events: number;
}

/**
 * Storage of events as readers may see them: public ones of listed orgs; of orgs they are in also what is for members;
 * of orgs they are admin of everything. Nothing that was withdrawn, nothing of hidden orgs.
 */
export interface EventListingRepository {
  list(
    scope: EventScope,
    span: EventSpan,
    reader: EventReader,
    slice: { limit: number; offset: number },
  ): Promise<EventRow[]>;
  count(scope: EventScope, span: EventSpan, reader: EventReader): Promise<number>;
  /** The next event of each org that the reader is in, or has asked to join, if it has one; as of the minute. */
  findNextOfEach(now: DateTime, reader: EventReader): Promise<ReadonlyMap<OrgId, ListedEvent>>;
  /** The reader's orgs that have any, the one with the next event first. */
  tallyOwn(span: EventSpan, reader: EventReader): Promise<OrgTally[]>;
  /** One event by its id, of an org that is not listed as well: whoever has the id was shown it. */
  find(id: EventId, reader: EventReader): Promise<EventRow | undefined>;
  /** The events with lu.ma's id; one, but where several orgs have it in their calendars. */
  listByLumaId(lumaId: string, reader: EventReader): Promise<EventRow[]>;
  /** Events in whose title each of the folded words occurs, the reader's own orgs' first; at most four words count. */
  search(words: readonly string[], span: EventSpan, reader: EventReader, most: number): Promise<EventRow[]>;
  /** How many public events each of these orgs has ahead; orgs without any are not in it. */
  countAhead(orgIds: readonly OrgId[], now: DateTime): Promise<Map<OrgId, number>>;
}
