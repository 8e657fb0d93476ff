import { type ExpressionBuilder, type Insertable, type Selectable, sql } from 'kysely';
import type { Guest, GuestRef, MatchedBy } from '../../domain/events/guests.js';
import type { GuestCounts, GuestsRepository } from '../../domain/events/guests-repository.js';
import { EventId, MemberId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { GuestsTable, Schema } from '../schema.js';
import { inChunks } from './in-chunks.js';
import { pageAt } from './page-at.js';

/** Rows that go into one statement: SQLite takes 32,766 values in one, PostgreSQL 65,535. */
const ROWS_AT_ONCE = 200;

/** Guest lists in the database. */
export function guestsRepository(db: Connection): GuestsRepository {
  return {
    async list(eventId) {
      const rows = await db
        .selectFrom('guests')
        .selectAll()
        .where('event_id', '=', eventId)
        .orderBy('luma_guest_id')
        .execute();
      return rows.map(toGuest);
    },

    async find(ref) {
      const row = await db.selectFrom('guests').selectAll().where(isGuest(ref)).executeTakeFirst();
      return row && toGuest(row);
    },

    async saveAll(guests) {
      for (let start = 0; start < guests.length; start += ROWS_AT_ONCE) {
        const rows = guests.slice(start, start + ROWS_AT_ONCE).map(fromGuest);
        await db
          .insertInto('guests')
          .values(rows)
          .onConflict((conflict) => conflict.columns(['event_id', 'luma_guest_id']).doUpdateSet(factsOfExcluded))
          .execute();
      }
    },

    async setMatch(ref, match) {
      await db
        .updateTable('guests')
        .set({ member_id: match?.memberId ?? null, matched_by: match?.by ?? null })
        .where(isGuest(ref))
        .execute();
    },

    async count(eventId, orgId) {
      const { rows } = await sql<GuestCounts>`
        select
          count(*) filter (where guests.status = 'registered') as registered,
          count(*) filter (where guests.status = 'waiting') as waiting,
          count(*) filter (where guests.status = 'cancelled') as cancelled,
          count(guests.checked_in_at) as "checkedIn",
          count(guests.joined_online_at) as "joinedOnline",
          count(*) filter (where guests.status = 'registered' and memberships.status = 'active') as "membersHere"
        from guests
        left join memberships on memberships.member_id = guests.member_id and memberships.org_id = ${orgId}
        where guests.event_id = ${eventId}
      `.execute(db);
      return rows[0] ?? NOBODY;
    },

    async listToAssign(eventId, { page, pageSize }) {
      const listed = db.selectFrom('guests').where('event_id', '=', eventId).where(isToAssign);
      const { total } = await listed.select(({ fn }) => fn.countAll<number>().as('total')).executeTakeFirstOrThrow();
      const at = pageAt({ page, pageSize, total });
      const rows = await listed
        .selectAll()
        .orderBy(({ eb }) => eb('matched_by', 'is not', null))
        .orderBy('name')
        .orderBy('luma_guest_id')
        .limit(pageSize)
        .offset(at.page * pageSize)
        .execute();
      return { ...at, items: rows.map(toGuest) };
    },

    async listElsewhere({ eventId, lumaUserId }, orgId) {
      if (lumaUserId === '') return [];
      const rows = await db
        .selectFrom('guests')
        .innerJoin('events', 'events.id', 'guests.event_id')
        .selectAll('guests')
        .where('guests.luma_user_id', '=', lumaUserId)
        .where('guests.event_id', '!=', eventId)
        .where('guests.member_id', 'is', null)
        .where('events.org_id', '=', orgId)
        .where('events.state', '!=', 'withdrawn')
        .orderBy('events.starts_at')
        .execute();
      return rows.map(toGuest);
    },

    async listEventsWith({ emails = [], members = [] }) {
      const found = new Set<string>();
      for (const [column, values] of [
        ['email_hash', emails],
        ['member_id', members],
      ] as const) {
        const rows = await inChunks(values, (chunk) =>
          db.selectFrom('guests').select('event_id').distinct().where(column, 'in', chunk).execute(),
        );
        for (const { event_id } of rows) found.add(event_id);
      }
      return [...found].sort().map((id) => EventId.parse(id));
    },
  };
}

const NOBODY: GuestCounts = {
  registered: 0,
  waiting: 0,
  cancelled: 0,
  checkedIn: 0,
  joinedOnline: 0,
  membersHere: 0,
};

const isGuest =
  ({ eventId, lumaGuestId }: GuestRef) =>
  ({ eb, and }: ExpressionBuilder<Schema, 'guests'>) =>
    and([eb('event_id', '=', eventId), eb('luma_guest_id', '=', lumaGuestId)]);

const isToAssign = ({ eb, and, or }: ExpressionBuilder<Schema, 'guests'>) =>
  or([
    eb('matched_by', '=', 'admin'),
    and([
      eb('member_id', 'is', null),
      or([
        eb('status', 'in', ['registered', 'waiting']),
        eb('checked_in_at', 'is not', null),
        eb('joined_online_at', 'is not', null),
      ]),
    ]),
  ]);

/** All that lu.ma tells; whom the guest is matched to stays. */
const factsOfExcluded = ({ ref }: ExpressionBuilder<Schema & { excluded: GuestsTable }, 'guests' | 'excluded'>) => ({
  luma_user_id: ref('excluded.luma_user_id'),
  name: ref('excluded.name'),
  email_hash: ref('excluded.email_hash'),
  link_token: ref('excluded.link_token'),
  status: ref('excluded.status'),
  registered_at: ref('excluded.registered_at'),
  checked_in_at: ref('excluded.checked_in_at'),
  joined_online_at: ref('excluded.joined_online_at'),
  changed_at: ref('excluded.changed_at'),
});

function fromGuest(guest: Guest): Omit<Insertable<GuestsTable>, 'member_id' | 'matched_by'> {
  const instant = (at: Guest['registeredAt']) => (at ? toInstantText(at) : null);
  return {
    event_id: guest.eventId,
    luma_guest_id: guest.lumaGuestId,
    luma_user_id: guest.lumaUserId,
    name: guest.name,
    email_hash: guest.emailHash ?? null,
    link_token: guest.linkToken ?? null,
    status: guest.status,
    registered_at: instant(guest.registeredAt),
    checked_in_at: instant(guest.checkedInAt),
    joined_online_at: instant(guest.joinedOnlineAt),
    changed_at: toInstantText(guest.changedAt),
  };
}

export function toGuest(row: Selectable<GuestsTable>): Guest {
  const instant = (text: string | null) => (text === null ? undefined : fromInstantText(text));
  const { member_id, matched_by } = row;
  return {
    eventId: EventId.parse(row.event_id),
    lumaGuestId: row.luma_guest_id,
    lumaUserId: row.luma_user_id,
    name: row.name,
    emailHash: row.email_hash ?? undefined,
    linkToken: row.link_token ?? undefined,
    // The table's own checks hold these two to the known ones.
    status: row.status as Guest['status'],
    match:
      member_id === null || matched_by === null
        ? undefined
        : { memberId: MemberId.parse(member_id), by: matched_by as MatchedBy },
    registeredAt: instant(row.registered_at),
    checkedInAt: instant(row.checked_in_at),
    joinedOnlineAt: instant(row.joined_online_at),
    changedAt: fromInstantText(row.changed_at),
  };
}
