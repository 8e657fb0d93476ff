import type { ExpressionBuilder, Selectable } from 'kysely';
import type { DateTime } from 'luxon';
import type { FeedEvent } from '../../domain/events/calendar-feed.js';
import type { CalendarFeedsRepository, FeedSpan } from '../../domain/events/calendar-feeds-repository.js';
import type { ResponseValue } from '../../domain/events/response.js';
import { MemberId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { EventsTable, Schema } from '../schema.js';
import { LONGEST_DAYS } from './event-listing-repository.js';
import { toEvent } from './events-repository.js';

/** Calendar feeds in the database. */
export function calendarFeedsRepository(db: Connection): CalendarFeedsRepository {
  return {
    async find(memberId) {
      const row = await db
        .selectFrom('calendar_feeds')
        .selectAll()
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      if (!row) return undefined;
      const { id, token_hash: tokenHash, sealed_token: sealedToken } = row;
      return { id, memberId, tokenHash, sealedToken, madeAt: fromInstantText(row.made_at) };
    },

    async findMember(tokenHash) {
      const row = await db
        .selectFrom('calendar_feeds')
        .select('member_id')
        .where('token_hash', '=', tokenHash)
        .executeTakeFirst();
      return row && MemberId.parse(row.member_id);
    },

    async save({ id, memberId, tokenHash, sealedToken, madeAt }) {
      const row = { id, token_hash: tokenHash, sealed_token: sealedToken, made_at: toInstantText(madeAt) };
      await db
        .insertInto('calendar_feeds')
        .values({ member_id: memberId, ...row })
        .onConflict((conflict) => conflict.column('member_id').doUpdateSet(row))
        .execute();
    },

    async remove(memberId) {
      await db.deleteFrom('calendar_feeds').where('member_id', '=', memberId).execute();
    },

    async listOfOrg(orgId, from) {
      const rows = await feedRows(db, '', from)
        .where('events.org_id', '=', orgId)
        .where('events.visibility', '=', 'public')
        .execute();
      return rows.map(toFeedEvent);
    },

    async listOfMember(memberId, span) {
      const rows = await feedRows(db, memberId, span.from)
        // Said so, the few orgs of a member lead to their events, and not all events to the few.
        .where('events.org_id', 'in', (from) =>
          from
            .selectFrom('memberships')
            .select('org_id')
            .where('member_id', '=', memberId)
            .where('status', '=', 'active'),
        )
        .where('events.visibility', 'in', ['public', 'members-only'])
        .where((where) => isToldOf(where, span))
        .execute();
      return rows.map(toFeedEvent);
    },

    async listGoing(memberId, span) {
      const rows = await feedRows(db, memberId, span.from)
        .where('events.id', 'in', (from) =>
          from
            .selectFrom('responses')
            .select('event_id')
            .where('member_id', '=', memberId)
            .where('response', '=', 'going'),
        )
        .where((where) =>
          where.or([
            where('events.visibility', '=', 'public'),
            where.and([where('events.visibility', '=', 'members-only'), where('memberships.status', '=', 'active')]),
          ]),
        )
        .where((where) => isToldOf(where, span))
        .execute();
      return rows.map(toFeedEvent);
    },
  };
}

/** Events that did not end before a moment, with where a reader stands, by start; nobody has the id ''. */
function feedRows(db: Connection, reader: string, from: DateTime) {
  return db
    .selectFrom('events')
    .innerJoin('orgs', 'orgs.id', 'events.org_id')
    .leftJoin('memberships', (on) =>
      on.onRef('memberships.org_id', '=', 'events.org_id').on('memberships.member_id', '=', reader),
    )
    .leftJoin('responses', (on) =>
      on.onRef('responses.event_id', '=', 'events.id').on('responses.member_id', '=', reader),
    )
    .leftJoin('personal_links', (on) =>
      on.onRef('personal_links.event_id', '=', 'events.id').on('personal_links.member_id', '=', reader),
    )
    .selectAll('events')
    .select(['orgs.name as org_name', 'responses.response as response', 'personal_links.token as link_token'])
    .where('orgs.is_hidden', '=', 0)
    .where('events.state', 'in', ['on', 'cancelled'])
    .where('events.starts_at', '>=', toInstantText(from.minus({ days: LONGEST_DAYS })))
    .where((where) => where(where.fn.coalesce('events.ends_at', 'events.starts_at'), '>=', toInstantText(from)))
    .orderBy('events.starts_at')
    .orderBy('events.id');
}

/** Calendars have dropped what was cancelled long ago. */
function isToldOf(where: ExpressionBuilder<Schema, 'events'>, { cancelledSince }: FeedSpan) {
  return where.or([where('events.state', '=', 'on'), where('events.changed_at', '>=', toInstantText(cancelledSince))]);
}

interface FeedRow extends Selectable<EventsTable> {
  org_name: string;
  response: string | null;
  link_token: string | null;
}

function toFeedEvent(row: FeedRow): FeedEvent {
  return {
    event: toEvent(row),
    orgName: row.org_name,
    // The table's own checks hold it to the known ones.
    response: (row.response as ResponseValue | null) ?? undefined,
    linkToken: row.link_token ?? undefined,
  };
}
