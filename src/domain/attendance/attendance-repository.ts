import type { DateTime } from 'luxon';
import type { Event } from '../events/event.js';
import type { EventHost } from '../events/listed-event.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { Page } from '../orgs/org.js';
import type { Attendance, AttendanceMark, AttendanceSource } from './attendance.js';
import type { Feedback } from './feedback.js';

/** An event that is over, in a member's history. */
export interface AttendedEvent {
  event: Pick<Event, 'id' | 'title' | 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'>;
  org: EventHost;
  /** Whether it can still be looked at: neither withdrawn nor of a hidden org. */
  isHere: boolean;
  attendance: Attendance;
  feedback: Pick<Feedback, 'stars' | 'answers' | 'visibility'> | undefined;
}

/** Storage of who came to what. */
export interface AttendanceRepository {
  /** Nothing for somebody of whom nothing is known and who was not asked. */
  find(eventId: EventId, memberId: MemberId): Promise<Attendance | undefined>;
  /** Writes it over what it was. */
  save(attendance: Attendance): Promise<void>;
  listOf(memberId: MemberId): Promise<Attendance[]>;
  addMark(mark: AttendanceMark): Promise<void>;
  /** In the order in which they were made. */
  listMarks(eventId: EventId, memberId: MemberId): Promise<AttendanceMark[]>;
  /** The last mark of a source for each member at an event. */
  listLastMarks(eventId: EventId, source: AttendanceSource): Promise<Map<MemberId, AttendanceMark>>;
  /** Events of which anybody said something about this member. */
  listMarkedEvents(memberId: MemberId): Promise<EventId[]>;
  findFeedback(eventId: EventId, memberId: MemberId): Promise<Feedback | undefined>;
  listFeedbackOf(memberId: MemberId): Promise<Feedback[]>;
  saveFeedback(feedback: Feedback): Promise<void>;
  /**
   * What is over that the member came to, was asked about or had said they would come to, the last first; only of one
   * org if it is named. A page beyond the last gives the last.
   */
  history(
    memberId: MemberId,
    asked: { now: DateTime; page: number; pageSize: number; hostId?: OrgId | undefined },
  ): Promise<Page<AttendedEvent>>;
}

/** An event that ended a while ago, or will have. */
export interface EndedEvent {
  event: Pick<Event, 'id' | 'orgId' | 'startsAt' | 'endsAt'>;
  /** How long after the end its org asks. */
  promptAfterHours: number;
  /** When its people were last asked. */
  askedAt: DateTime | undefined;
}

/** Storage of who is asked. */
export interface PromptsRepository {
  /** Events on that end, or are taken to, after one moment and up to another. */
  listEnding(span: { after: DateTime; until: DateTime }): Promise<EndedEvent[]>;
  /** When the next event ends, or is taken to. */
  nextEndAfter(moment: DateTime): Promise<DateTime | undefined>;
  /** When the people of an event were last asked. */
  findRound(eventId: EventId): Promise<DateTime | undefined>;
  noteRound(eventId: EventId, askedAt: DateTime): Promise<void>;
  /** Those who said they would come and are still to be asked, in the order of their ids, behind one of them. */
  listToAsk(eventId: EventId, portion: { after: MemberId | undefined; most: number }): Promise<MemberId[]>;
  /** Whether a member does not want to be asked about events of an org. */
  isUnasked(memberId: MemberId, orgId: OrgId): Promise<boolean>;
  setUnasked(memberId: MemberId, orgId: OrgId, since: DateTime | undefined): Promise<void>;
  /** The orgs about whose events a member is not asked, by name. */
  listUnasked(memberId: MemberId): Promise<EventHost[]>;
}
