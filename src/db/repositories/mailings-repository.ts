import type { Selectable } from 'kysely';
import { EventId, MailingId, MemberId, newMailingId } from '../../domain/ids.js';
import type { Mailing, MailingsRepository } from '../../domain/notifications/mailing.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { MailingsTable } from '../schema.js';

/** Asked at every look of the scheduler. */
const firstDue = prepared((db) =>
  db.selectFrom('mailings').select('due_at').where('finished_at', 'is', null).orderBy('due_at').limit(1),
);

/** Mailings in the database; `onPlanned` is told of everything planned, within the transaction. */
export function mailingsRepository(db: Connection, onPlanned: () => void): MailingsRepository {
  const open = () => db.selectFrom('mailings').where('finished_at', 'is', null);
  return {
    async plan({ occasion, kind, eventId, payload, dueAt }) {
      await db
        .insertInto('mailings')
        .values({
          id: newMailingId(),
          occasion,
          kind,
          event_id: eventId ?? null,
          payload: JSON.stringify(payload),
          due_at: toInstantText(dueAt),
        })
        .onConflict((conflict) => conflict.column('occasion').doNothing())
        .execute();
      onPlanned();
    },

    async listDue(now, most) {
      const rows = await open()
        .select('id')
        .where('due_at', '<=', toInstantText(now))
        .orderBy('due_at')
        .orderBy('id')
        .limit(most)
        .execute();
      return rows.map(({ id }) => MailingId.parse(id));
    },

    async nextDueAt() {
      const [row] = await firstDue(db);
      return row && fromInstantText(row.due_at);
    },

    async findOpen(id) {
      const row = await open().selectAll().where('id', '=', id).executeTakeFirst();
      return row && toMailing(row);
    },

    async noteReached(id, reached) {
      await db.updateTable('mailings').set({ reached }).where('id', '=', id).execute();
    },

    async noteFinished(id, at) {
      await db
        .updateTable('mailings')
        .set({ finished_at: toInstantText(at) })
        .where('id', '=', id)
        .execute();
    },

    async dropFinished(before) {
      const { numDeletedRows } = await db
        .deleteFrom('mailings')
        .where('finished_at', '<', toInstantText(before))
        .executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toMailing(row: Selectable<MailingsTable>): Mailing {
  return {
    id: MailingId.parse(row.id),
    occasion: row.occasion,
    kind: row.kind,
    eventId: row.event_id === null ? undefined : EventId.parse(row.event_id),
    payload: JSON.parse(row.payload),
    dueAt: fromInstantText(row.due_at),
    reached: row.reached === null ? undefined : MemberId.parse(row.reached),
  };
}
