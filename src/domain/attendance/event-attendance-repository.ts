import type { DateTime } from 'luxon';
import type { EventRow } from '../events/event-listing-repository.js';
import type { Guest } from '../events/guests.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { Page } from '../orgs/org.js';
import type { Attendance, AttendanceStatus } from './attendance.js';
import type { Feedback } from './feedback.js';

/** Of those who said a thing before an event, how many came. */
export interface CameOf {
  said: number;
  came: number;
}

/** Who came to an event, in numbers. Its people are those who said they would come, and those of whom it is known. */
export interface AttendanceCounts {
  going: CameOf;
  interested: CameOf;
  /** Members who came without having said so. */
  unannounced: number;
  /** Guests whom lu.ma checked in and who are no member that is known. */
  walkIns: number;
  byStatus: Readonly<Record<AttendanceStatus, number>>;
  /** People who erased all about themselves since; they are in no other number. */
  erased: number;
}

/** A member among an event's people. The name is for the privacy filter to give. */
export interface PersonAtEvent {
  memberId: MemberId;
  status: AttendanceStatus;
  source: Attendance['source'];
  response: 'going' | 'interested' | undefined;
}

/** Which of an event's people are listed. */
export type PeopleScope = AttendanceStatus | 'newcomers' | 'all';

interface PageAsked {
  page: number;
  pageSize: number;
}

/** Storage of who came to an event, as its organisers look at it. A page beyond the last gives the last. */
export interface EventAttendanceRepository {
  /** Events of these orgs that have begun and in whose title each of the folded words occurs, the last first. */
  listBegun(
    orgIds: readonly OrgId[],
    asked: { now: DateTime; words?: readonly string[]; most: number },
  ): Promise<Pick<EventRow, 'event' | 'org'>[]>;
  count(eventId: EventId): Promise<AttendanceCounts>;
  /** By name; of all of them those first of whom nothing is known. `newcomers` came to nothing of the org before. */
  listPeople(eventId: EventId, scope: PeopleScope, at: PageAsked): Promise<Page<PersonAtEvent>>;
  /** By name. */
  listWalkIns(eventId: EventId, at: PageAsked): Promise<Page<Guest>>;
  /** Everything that was said of the event. */
  listFeedback(eventId: EventId): Promise<Feedback[]>;
}
