import type { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import { type Event, endOf } from '../events/event.js';
import type { EventId, MemberId } from '../ids.js';

/** What somebody may say of an attendance. Part of it counts as having come (product.md section 12). */
export const ATTENDANCE_ANSWERS = ['attended', 'partial', 'absent'] as const;
export type AttendanceAnswer = (typeof ATTENDANCE_ANSWERS)[number];

/** `unknown` while nobody has said anything, also after two prompts that nobody answered. */
export type AttendanceStatus = AttendanceAnswer | 'unknown';

/** Who says it, the strongest first (product.md section 7). `program`: a session that was recorded there. */
export const ATTENDANCE_SOURCES = ['admin', 'member', 'program', 'luma_checkin'] as const;
export type AttendanceSource = (typeof ATTENDANCE_SOURCES)[number];

/**
 * One statement about one member at one event; `none` takes back what the same source said before. Marks are only ever
 * added: the history is the record.
 */
export interface AttendanceMark {
  eventId: EventId;
  memberId: MemberId;
  status: AttendanceAnswer | 'none';
  source: AttendanceSource;
  /** The admin; nothing where whoever did it is no member, and for all other sources. */
  markedBy: MemberId | undefined;
  markedAt: DateTime;
}

/** What counts of the marks of a member at an event, and how far they were asked. */
export interface Attendance {
  eventId: EventId;
  memberId: MemberId;
  status: AttendanceStatus;
  /** Of the mark that counts; nothing while the status is unknown. */
  source: AttendanceSource | undefined;
  markedAt: DateTime | undefined;
  /** Prompts that were sent: two at most. */
  prompts: number;
  /** When they are to be asked for the second time. */
  againAt: DateTime | undefined;
  /** When they said "Ask me tomorrow". */
  deferredAt: DateTime | undefined;
  /** When they said that they do not want to be asked about this event. */
  declinedAt: DateTime | undefined;
  /** Goes up with every change that messages show, so that each is brought up to date once for it. */
  revision: number;
}

/** Of somebody of whom nothing is known and who was not asked. */
export function blankAttendance(eventId: EventId, memberId: MemberId): Attendance {
  return {
    eventId,
    memberId,
    status: 'unknown',
    source: undefined,
    markedAt: undefined,
    prompts: 0,
    againAt: undefined,
    deferredAt: undefined,
    declinedAt: undefined,
    revision: 0,
  };
}

/** For how long after the end a member may say whether they came, or say otherwise, in days (product.md section 12). */
export const CORRECTABLE_DAYS = 14;

/** Until when a member may say whether they came. */
export function closesAt(event: Pick<Event, 'startsAt' | 'endsAt'>): DateTime {
  return endOf(event).plus({ days: CORRECTABLE_DAYS });
}

/**
 * Lets a member's own word pass: from the event's start until 14 days after its end.
 *
 * @throws DomainError `events.cancelled`, `attendance.not-open`, `attendance.closed`.
 */
export function requireOpen(event: Event, now: DateTime): void {
  const { id: eventId, title } = event;
  if (event.state !== 'on') throw new DomainError({ code: 'events.cancelled', eventId, title });
  if (now < event.startsAt) {
    throw new DomainError({ code: 'attendance.not-open', eventId, title, opensAt: event.startsAt });
  }
  if (now > closesAt(event)) {
    throw new DomainError({ code: 'attendance.closed', eventId, title, closedAt: closesAt(event) });
  }
}

/** Whether somebody came, as far as is known. */
export function hasCome({ status }: Pick<Attendance, 'status'>): boolean {
  return status === 'attended' || status === 'partial';
}

/** The last mark of a source, unless it took back what was said. @param marks in the order in which they were made. */
export function lastMark(marks: readonly AttendanceMark[], source: AttendanceSource): AttendanceMark | undefined {
  const last = marks.findLast((mark) => mark.source === source);
  return last?.status === 'none' ? undefined : last;
}

/**
 * The mark that counts: an admin's over the member's own, that over lu.ma's; of one source the latest. None reads as
 * unknown.
 *
 * @param marks in the order in which they were made.
 */
export function effectiveMark(marks: readonly AttendanceMark[]): AttendanceMark | undefined {
  return ATTENDANCE_SOURCES.map((source) => lastMark(marks, source)).find((mark) => mark !== undefined);
}

/** The attendance as these marks have it. Whoever is known to have come, or not, is asked no more. */
export function withMarks(attendance: Attendance, marks: readonly AttendanceMark[]): Attendance {
  const mark = effectiveMark(marks);
  if (!mark || mark.status === 'none') {
    return { ...attendance, status: 'unknown', source: undefined, markedAt: undefined };
  }
  return {
    ...attendance,
    status: mark.status,
    source: mark.source,
    markedAt: mark.markedAt,
    againAt: undefined,
    deferredAt: undefined,
  };
}
