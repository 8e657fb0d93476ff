import { type Selectable, type SqlBool, sql } from 'kysely';
import { z } from 'zod';
import {
  ATTENDANCE_SOURCES,
  type Attendance,
  type AttendanceMark,
  type AttendanceStatus,
  blankAttendance,
} from '../../domain/attendance/attendance.js';
import type { AttendanceRepository, AttendedEvent } from '../../domain/attendance/attendance-repository.js';
import { type Feedback, FeedbackAnswer, FeedbackVisibility } from '../../domain/attendance/feedback.js';
import { EventId, MemberId, OrgId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { AttendanceMarksTable, AttendanceTable, FeedbackTable } from '../schema.js';
import { pageAt } from './page-at.js';

const Source = z.enum(ATTENDANCE_SOURCES);
const Answers = z.array(FeedbackAnswer);

const oneAttendance = prepared((db, eventId: string, memberId: string) =>
  db.selectFrom('attendance').selectAll().where('event_id', '=', eventId).where('member_id', '=', memberId),
);

const marksOf = prepared((db, eventId: string, memberId: string) =>
  db
    .selectFrom('attendance_marks')
    .selectAll()
    .where('event_id', '=', eventId)
    .where('member_id', '=', memberId)
    .orderBy('id'),
);

const oneFeedback = prepared((db, eventId: string, memberId: string) =>
  db.selectFrom('feedback').selectAll().where('event_id', '=', eventId).where('member_id', '=', memberId),
);

/** Who came to what, in the database. */
export function attendanceRepository(db: Connection): AttendanceRepository {
  return {
    async find(eventId, memberId) {
      const [row] = await oneAttendance(db, eventId, memberId);
      return row && toAttendance(row);
    },

    async save(attendance) {
      const columns = attendanceColumns(attendance);
      await db
        .insertInto('attendance')
        .values({ event_id: attendance.eventId, member_id: attendance.memberId, ...columns })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet(columns))
        .execute();
    },

    async listOf(memberId) {
      const rows = await db.selectFrom('attendance').selectAll().where('member_id', '=', memberId).execute();
      return rows.map(toAttendance);
    },

    async addMark({ eventId, memberId, status, source, markedBy, markedAt }) {
      await db
        .insertInto('attendance_marks')
        .values({
          event_id: eventId,
          member_id: memberId,
          status,
          source,
          marked_by: markedBy ?? null,
          marked_at: toInstantText(markedAt),
        })
        .execute();
    },

    async listMarks(eventId, memberId) {
      return (await marksOf(db, eventId, memberId)).map(toMark);
    },

    async listLastMarks(eventId, source) {
      const rows = await db
        .selectFrom('attendance_marks')
        .selectAll()
        .where('event_id', '=', eventId)
        .where('source', '=', source)
        .orderBy('id')
        .execute();
      return new Map(rows.map(toMark).map((mark) => [mark.memberId, mark]));
    },

    async listMarkedEvents(memberId) {
      const rows = await db
        .selectFrom('attendance_marks')
        .select('event_id')
        .distinct()
        .where('member_id', '=', memberId)
        .execute();
      return rows.map(({ event_id }) => EventId.parse(event_id));
    },

    async findFeedback(eventId, memberId) {
      const [row] = await oneFeedback(db, eventId, memberId);
      return row && toFeedback(row);
    },

    async listFeedbackOf(memberId) {
      const rows = await db.selectFrom('feedback').selectAll().where('member_id', '=', memberId).execute();
      return rows.map(toFeedback);
    },

    async saveFeedback(feedback) {
      const columns = feedbackColumns(feedback);
      await db
        .insertInto('feedback')
        .values({ event_id: feedback.eventId, member_id: feedback.memberId, ...columns })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet(columns))
        .execute();
    },

    async history(memberId, { now, page, pageSize, hostId }) {
      const { past } = await historyOf(db, memberId, toInstantText(now), hostId)
        .select((select) => select.fn.countAll<number>().as('past'))
        .executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total: Number(past) });
      const rows = await historyOf(db, memberId, toInstantText(now), hostId)
        .select(['events.id', 'events.title', 'events.starts_at', 'events.ends_at', 'events.zone', 'events.is_all_day'])
        .select(['events.state', 'orgs.id as org_id', 'orgs.name as org_name', 'orgs.slug as org_slug'])
        .select(['orgs.is_hidden', 'feedback.stars', 'feedback.answers', 'feedback.visibility as promised'])
        .select(['attendance.status', 'attendance.source', 'attendance.marked_at', 'attendance.prompts'])
        .select(['attendance.again_at', 'attendance.deferred_at', 'attendance.declined_at', 'attendance.revision'])
        .orderBy('events.starts_at', 'desc')
        .orderBy('events.id', 'desc')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map((row) => toAttended(row, memberId)) };
    },
  };
}

/** What is over that a member has to do with. */
function historyOf(db: Connection, memberId: MemberId, now: string, hostId: OrgId | undefined) {
  return db
    .selectFrom('events')
    .innerJoin('orgs', 'orgs.id', 'events.org_id')
    .leftJoin('attendance', (on) =>
      on.onRef('attendance.event_id', '=', 'events.id').on('attendance.member_id', '=', memberId),
    )
    .leftJoin('feedback', (on) =>
      on.onRef('feedback.event_id', '=', 'events.id').on('feedback.member_id', '=', memberId),
    )
    .where('events.id', 'in', (where) =>
      where
        .selectFrom('attendance')
        .select('event_id')
        .where('member_id', '=', memberId)
        .union(
          where
            .selectFrom('responses')
            .select('event_id')
            .where('member_id', '=', memberId)
            .where('response', 'in', ['going', 'interested']),
        ),
    )
    .where('events.starts_at', '<=', now)
    .where(sql<SqlBool>`coalesce(events.ends_at, events.starts_at) <= ${now}`)
    .where((where) =>
      where.or([where('events.state', '=', 'on'), where('attendance.status', 'in', ['attended', 'partial', 'absent'])]),
    )
    .$if(hostId !== undefined, (query) => query.where('events.org_id', '=', hostId ?? ''));
}

/** Everything of an attendance's row but its key, for other repositories that write it. */
export function attendanceColumns({
  status,
  source,
  prompts,
  revision,
  ...at
}: Omit<Attendance, 'eventId' | 'memberId'>) {
  return {
    status,
    source: source ?? null,
    marked_at: at.markedAt ? toInstantText(at.markedAt) : null,
    prompts,
    again_at: at.againAt ? toInstantText(at.againAt) : null,
    deferred_at: at.deferredAt ? toInstantText(at.deferredAt) : null,
    declined_at: at.declinedAt ? toInstantText(at.declinedAt) : null,
    revision,
  };
}

/** The same for feedback. */
export function feedbackColumns({ stars, answers, givenAt, visibility }: Omit<Feedback, 'eventId' | 'memberId'>) {
  return {
    stars: stars ?? null,
    answers: answers.length === 0 ? null : JSON.stringify(answers),
    given_at: toInstantText(givenAt),
    visibility,
  };
}

function toAttendance(row: Selectable<AttendanceTable>): Attendance {
  const instant = (stored: string | null) => (stored === null ? undefined : fromInstantText(stored));
  return {
    eventId: EventId.parse(row.event_id),
    memberId: MemberId.parse(row.member_id),
    // The table's own checks hold it to the known ones.
    status: row.status as AttendanceStatus,
    source: row.source === null ? undefined : Source.parse(row.source),
    markedAt: instant(row.marked_at),
    prompts: row.prompts,
    againAt: instant(row.again_at),
    deferredAt: instant(row.deferred_at),
    declinedAt: instant(row.declined_at),
    revision: row.revision,
  };
}

function toMark(row: Selectable<AttendanceMarksTable>): AttendanceMark {
  return {
    eventId: EventId.parse(row.event_id),
    memberId: MemberId.parse(row.member_id),
    // The table's own checks hold it to the known ones.
    status: row.status as AttendanceMark['status'],
    source: Source.parse(row.source),
    markedBy: row.marked_by === null ? undefined : MemberId.parse(row.marked_by),
    markedAt: fromInstantText(row.marked_at),
  };
}

export function toFeedback(row: Selectable<FeedbackTable>): Feedback {
  return {
    eventId: EventId.parse(row.event_id),
    memberId: MemberId.parse(row.member_id),
    ...toSaid(row),
    givenAt: fromInstantText(row.given_at),
    visibility: FeedbackVisibility.parse(row.visibility),
  };
}

function toSaid({ stars, answers }: { stars: number | null; answers: string | null }) {
  return { stars: stars ?? undefined, answers: answers === null ? [] : Answers.parse(JSON.parse(answers)) };
}

interface HistoryRow {
  id: string;
  title: string;
  starts_at: string;
  ends_at: string | null;
  zone: string;
  is_all_day: number;
  state: string;
  org_id: string;
  org_name: string;
  org_slug: string;
  is_hidden: number;
  stars: number | null;
  answers: string | null;
  promised: string | null;
  status: string | null;
  source: string | null;
  marked_at: string | null;
  prompts: number | null;
  again_at: string | null;
  deferred_at: string | null;
  declined_at: string | null;
  revision: number | null;
}

function toAttended(row: HistoryRow, memberId: MemberId): AttendedEvent {
  const eventId = EventId.parse(row.id);
  const { status, prompts, revision } = row;
  const isKnown = status !== null && prompts !== null && revision !== null;
  return {
    event: {
      id: eventId,
      title: row.title,
      startsAt: fromInstantText(row.starts_at),
      endsAt: row.ends_at === null ? undefined : fromInstantText(row.ends_at),
      zone: row.zone,
      isAllDay: row.is_all_day === 1,
    },
    org: { id: OrgId.parse(row.org_id), name: row.org_name, slug: row.org_slug },
    isHere: row.is_hidden === 0 && row.state !== 'withdrawn',
    attendance: isKnown
      ? toAttendance({ ...row, event_id: row.id, member_id: memberId, status, prompts, revision })
      : blankAttendance(eventId, memberId),
    feedback:
      row.promised === null || (row.stars === null && row.answers === null)
        ? undefined
        : { ...toSaid(row), visibility: FeedbackVisibility.parse(row.promised) },
  };
}
