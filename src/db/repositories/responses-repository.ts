import type { Selectable } from 'kysely';
import type { EventResponse } from '../../domain/events/response.js';
import type { ResponsesRepository } from '../../domain/events/responses-repository.js';
import { EventId, MemberId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { ResponsesTable } from '../schema.js';

/** What members said about events, in the database. */
export function responsesRepository(db: Connection): ResponsesRepository {
  return {
    async find(eventId, memberId) {
      const row = await db
        .selectFrom('responses')
        .selectAll()
        .where('event_id', '=', eventId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row && toResponse(row);
    },

    async save({ eventId, memberId, response, source, respondedAt }) {
      const row = { response, source, responded_at: toInstantText(respondedAt) };
      await db
        .insertInto('responses')
        .values({ event_id: eventId, member_id: memberId, ...row })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet(row))
        .execute();
    },

    async remove(eventId, memberId) {
      await db.deleteFrom('responses').where('event_id', '=', eventId).where('member_id', '=', memberId).execute();
    },
  };
}

function toResponse(row: Selectable<ResponsesTable>): EventResponse {
  return {
    eventId: EventId.parse(row.event_id),
    memberId: MemberId.parse(row.member_id),
    // The table's own checks hold these to the known ones.
    response: row.response as EventResponse['response'],
    source: row.source as EventResponse['source'],
    respondedAt: fromInstantText(row.responded_at),
  };
}
