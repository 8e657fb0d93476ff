import { type RawBuilder, type SqlBool, sql } from 'kysely';
import { ATTENDANCE_SOURCES, type AttendanceStatus } from '../../domain/attendance/attendance.js';
import type {
  AttendanceCounts,
  EventAttendanceRepository,
  PeopleScope,
  PersonAtEvent,
} from '../../domain/attendance/event-attendance-repository.js';
import { type EventId, MemberId } from '../../domain/ids.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { toFeedback } from './attendance-repository.js';
import { containing } from './event-listing-repository.js';
import { toEvent } from './events-repository.js';
import { toGuest } from './guests-repository.js';
import { pageAt } from './page-at.js';

/** Whoever said they would come, and whoever it is known of. */
const people = (eventId: EventId) => sql<PersonRow>`(
  select people.member_id, coalesce(attendance.status, 'unknown') as status, attendance.source, responses.response
  from (
    select member_id from responses where event_id = ${eventId} and response in ('going', 'interested')
    union
    select member_id from attendance where event_id = ${eventId} and status <> 'unknown'
  ) as people
  left join attendance on attendance.event_id = ${eventId} and attendance.member_id = people.member_id
  left join responses on responses.event_id = ${eventId} and responses.member_id = people.member_id
    and responses.response in ('going', 'interested')
)`;

interface PersonRow {
  member_id: string;
  status: AttendanceStatus;
  source: string | null;
  response: 'going' | 'interested' | null;
}

/** Came to this event, and to none of the org's that began before it. */
const isNewcomer = (eventId: EventId) => sql<SqlBool>`status in ('attended', 'partial') and not exists (
  select 1 from attendance as earlier
  inner join events on events.id = earlier.event_id
  inner join events as this on this.id = ${eventId} and this.org_id = events.org_id
  where earlier.member_id = listed.member_id and earlier.status in ('attended', 'partial')
    and earlier.event_id <> ${eventId} and events.starts_at <= this.starts_at
)`;

/** Who came to an event, as its organisers look at it, in the database. */
export function eventAttendanceRepository(db: Connection): EventAttendanceRepository {
  return {
    async listBegun(orgIds, { now, words = [], most }) {
      if (orgIds.length === 0) return [];
      const rows = await db
        .selectFrom('events')
        .innerJoin('orgs', 'orgs.id', 'events.org_id')
        .selectAll('events')
        .select(['orgs.name as org_name', 'orgs.slug as org_slug'])
        .where('events.org_id', 'in', orgIds)
        .where('orgs.is_hidden', '=', 0)
        .where('events.state', '=', 'on')
        .where('events.starts_at', '<=', toInstantText(now))
        .where((where) =>
          where.and(words.map((word) => sql<SqlBool>`events.folded_title like ${containing(word)} escape '\\'`)),
        )
        .orderBy('events.starts_at', 'desc')
        .orderBy('events.id', 'desc')
        .limit(most)
        .execute();
      return rows.map(({ org_name: name, org_slug: slug, ...row }) => {
        const event = toEvent(row);
        return { event, org: { id: event.orgId, name, slug } };
      });
    },

    async count(eventId) {
      const { rows } = await sql<Pick<PersonRow, 'status' | 'response'> & { people: number }>`
        select status, response, count(*) as people from ${people(eventId)} as listed group by status, response
      `.execute(db);
      const { walkIns } = await walkInsOf(db, eventId)
        .select(({ fn }) => fn.countAll<number>().as('walkIns'))
        .executeTakeFirstOrThrow();
      const erased = await db
        .selectFrom('erased_attendance')
        .select(({ fn }) => fn.sum<number | null>('people').as('people'))
        .where('event_id', '=', eventId)
        .where('status', 'in', ['attended', 'partial'])
        .executeTakeFirstOrThrow();
      return { ...countsOf(rows), walkIns: Number(walkIns), erased: Number(erased.people ?? 0) };
    },

    async listPeople(eventId, scope, { page, pageSize }) {
      const isListed = isOf(scope, eventId);
      const counted = await sql<{ total: number }>`
        select count(*) as total from ${people(eventId)} as listed where ${isListed}
      `.execute(db);
      const at = pageAt({ page, pageSize, total: Number(counted.rows[0]?.total ?? 0) });
      const { rows } = await sql<PersonRow>`
        select listed.* from ${people(eventId)} as listed
        inner join members on members.id = listed.member_id
        where ${isListed}
        order by status <> 'unknown', members.name collate nocase, listed.member_id
        limit ${pageSize} offset ${at.page * pageSize}
      `.execute(db);
      return { ...at, items: rows.map(toPerson) };
    },

    async listWalkIns(eventId, { page, pageSize }) {
      const { total } = await walkInsOf(db, eventId)
        .select(({ fn }) => fn.countAll<number>().as('total'))
        .executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total: Number(total) });
      const rows = await walkInsOf(db, eventId)
        .selectAll()
        .orderBy('name')
        .orderBy('luma_guest_id')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map(toGuest) };
    },

    async listFeedback(eventId) {
      const rows = await db.selectFrom('feedback').selectAll().where('event_id', '=', eventId).execute();
      return rows.map(toFeedback);
    },
  };
}

const walkInsOf = (db: Connection, eventId: EventId) =>
  db
    .selectFrom('guests')
    .where('event_id', '=', eventId)
    .where('member_id', 'is', null)
    .where('checked_in_at', 'is not', null);

function isOf(scope: PeopleScope, eventId: EventId): RawBuilder<SqlBool> {
  switch (scope) {
    case 'all':
      return sql`1 = 1`;
    case 'newcomers':
      return isNewcomer(eventId);
    default:
      return sql`status = ${scope}`;
  }
}

type Counted = (Pick<PersonRow, 'status' | 'response'> & { people: number })[];

function countsOf(rows: Counted): Omit<AttendanceCounts, 'walkIns' | 'erased'> {
  const sumOf = (isMeant: (row: Counted[number]) => boolean) =>
    rows.filter(isMeant).reduce((sum, { people }) => sum + Number(people), 0);
  const hasCome = ({ status }: Counted[number]) => status === 'attended' || status === 'partial';
  const cameOf = (response: 'going' | 'interested') => ({
    said: sumOf((row) => row.response === response),
    came: sumOf((row) => row.response === response && hasCome(row)),
  });
  const having = (status: AttendanceStatus) => sumOf((row) => row.status === status);
  return {
    going: cameOf('going'),
    interested: cameOf('interested'),
    unannounced: sumOf((row) => row.response === null && hasCome(row)),
    byStatus: {
      attended: having('attended'),
      partial: having('partial'),
      absent: having('absent'),
      unknown: having('unknown'),
    },
  };
}

function toPerson({ member_id, status, source, response }: PersonRow): PersonAtEvent {
  return {
    memberId: MemberId.parse(member_id),
    status,
    source: ATTENDANCE_SOURCES.find((one) => one === source),
    response: response ?? undefined,
  };
}
