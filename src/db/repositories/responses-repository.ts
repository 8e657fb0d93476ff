import type { Selectable } from 'kysely';
import type { Said } from '../../domain/events/guest-responses.js';
import type { EventResponse } from '../../domain/events/response.js';
import type { Heard, ResponsesRepository } from '../../domain/events/responses-repository.js';
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

    async listHeard(eventId, memberIds) {
      const rows = await db.selectFrom('responses').selectAll().where('event_id', '=', eventId).execute();
      const wanted = new Set<string>(memberIds);
      const heard = rows.filter(({ member_id, source }) => source === 'luma' || wanted.has(member_id)).map(toHeard);
      return new Map(heard.map((one) => [one.response.memberId, one]));
    },

    async listHeardOf(memberId) {
      const rows = await db.selectFrom('responses').selectAll().where('member_id', '=', memberId).execute();
      return rows.map(toHeard);
    },

    async save({ eventId, memberId, response, source, respondedAt }) {
      const respondedAtText = toInstantText(respondedAt);
      const counts = { response, source, responded_at: respondedAtText };
      const row = source === 'member' ? { ...counts, said: response, said_at: respondedAtText } : counts;
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

function toHeard(row: Selectable<ResponsesTable>): Heard {
  const { said, said_at } = row;
  const own = said !== null && said_at !== null && { response: said, respondedAt: fromInstantText(said_at) };
  // The table's own checks hold it to the known ones.
  return { response: toResponse(row), said: own ? (own as Said) : undefined };
}

/** Columns of what counts and what was said, for other repositories that write them. */
export function heardColumns({ response, said }: Heard) {
  return {
    response: response.response,
    source: response.source,
    responded_at: toInstantText(response.respondedAt),
    said: said?.response ?? null,
    said_at: said ? toInstantText(said.respondedAt) : null,
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
