import type { ExpressionBuilder, Selectable } from 'kysely';
import type { FeedEvent } from '../../domain/events/calendar-feed.js';
import type { CalendarFeedsRepository, FeedSpan } from '../../domain/events/calendar-feeds-repository.js';
import { MemberId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { EventsTable, Schema } from '../schema.js';
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

    async listOfOrg(orgId, span) {
      const rows = await feedRows(db, '', span)
        .where('events.org_id', '=', orgId)
        .where('events.visibility', '=', 'public')
        .execute();
      return rows.map(toFeedEvent);
    },

    async listOfMember(memberId, span) {
      const rows = await feedRows(db, memberId, span)
        .where('memberships.status', '=', 'active')
        .where('events.visibility', 'in', ['public', 'members-only'])
        .execute();
      return rows.map(toFeedEvent);
    },

    async listGoing(memberId, span) {
      const rows = await feedRows(db, memberId, span)
        .where('responses.response', '=', 'going')
        .where((where) =>
          where.or([
            where('events.visibility', '=', 'public'),
            where.and([where('events.visibility', '=', 'members-only'), where('memberships.status', '=', 'active')]),
          ]),
        )
        .execute();
      return rows.map(toFeedEvent);
    },
  };
}

/** Events with where a reader stands, by start; nobody has the id ''. */
function feedRows(db: Connection, reader: string, { from, cancelledSince }: FeedSpan) {
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
    .where('events.starts_at', '>=', toInstantText(from))
    .where((where) => isToldOf(where, toInstantText(cancelledSince)))
    .orderBy('events.starts_at')
    .orderBy('events.id');
}

function isToldOf(where: ExpressionBuilder<Schema, 'events'>, cancelledSince: string) {
  return where.or([
    where('events.state', '=', 'on'),
    where.and([where('events.state', '=', 'cancelled'), where('events.changed_at', '>=', cancelledSince)]),
  ]);
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
    isGoing: row.response === 'going',
    linkToken: row.link_token ?? undefined,
  };
}
