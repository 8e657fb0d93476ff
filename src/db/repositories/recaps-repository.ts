import type { RecapsRepository } from '../../domain/attendance/recaps.js';
import { EventId } from '../../domain/ids.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';

/** Which events an admin is told about in which recap, in the database. */
export function recapsRepository(db: Connection): RecapsRepository {
  return {
    async note({ eventId, memberId, dueAt }) {
      const due_at = toInstantText(dueAt);
      await db
        .insertInto('recaps')
        .values({ event_id: eventId, member_id: memberId, due_at })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet({ due_at }))
        .execute();
    },

    async list(memberId, orgId, dueAt) {
      const rows = await db
        .selectFrom('recaps')
        .innerJoin('events', 'events.id', 'recaps.event_id')
        .select('recaps.event_id')
        .where('recaps.member_id', '=', memberId)
        .where('recaps.due_at', '=', toInstantText(dueAt))
        .where('events.org_id', '=', orgId)
        .orderBy('events.starts_at')
        .orderBy('events.id')
        .execute();
      return rows.map(({ event_id }) => EventId.parse(event_id));
    },
  };
}
