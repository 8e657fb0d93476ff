import { type Selectable, sql } from 'kysely';
import { z } from 'zod';
import { DeliveryId } from '../../domain/ids.js';
import { DELIVERY_STATES } from '../../domain/notifications/delivery.js';
import { DEAD_STATES, type OutboxEntry, type OutboxUpkeep } from '../../domain/notifications/outbox-upkeep.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { DeliveriesTable } from '../schema.js';

/** Literals, so that SQLite sees that the indexes of what is pending, and of what has ended, apply. */
const PENDING = sql.lit('pending');

const State = z.enum(DELIVERY_STATES);

/** What operators and the daily upkeep do with the outbox, in the database. */
export function outboxUpkeep(db: Connection): OutboxUpkeep {
  const ended = () => db.selectFrom('deliveries').where('state', '!=', PENDING);

  const countOf = async (state: (typeof DEAD_STATES)[number]): Promise<number> => {
    const { rows } = await ended()
      .select(({ fn }) => fn.countAll<number>().as('rows'))
      .where('state', '=', state)
      .executeTakeFirstOrThrow();
    return rows;
  };

  return {
    async counts(now) {
      const { rows, first } = await db
        .selectFrom('deliveries')
        .select(({ fn }) => [fn.countAll<number>().as('rows'), fn.min('due_at').as('first')])
        .where('state', '=', PENDING)
        .where('due_at', '<=', toInstantText(now))
        .executeTakeFirstOrThrow();
      return {
        due: rows,
        oldestDueAt: rows === 0 ? undefined : fromInstantText(first),
        undeliverable: await countOf('undeliverable'),
        rejected: await countOf('rejected'),
      };
    },

    async list({ state, most }) {
      const rows =
        state === 'pending'
          ? db.selectFrom('deliveries').where('state', '=', PENDING).orderBy('next_try_at')
          : ended().where('state', '=', state).orderBy('due_at', 'desc');
      return (await rows.selectAll().orderBy('id').limit(most).execute()).map(toEntry);
    },

    async find(id) {
      const row = await db.selectFrom('deliveries').selectAll().where('id', '=', id).executeTakeFirst();
      return row && toEntry(row);
    },

    async retry(which, now) {
      const at = toInstantText(now);
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        // Due anew: else it would be given up at its first failure.
        .set({ state: 'pending', lane: null, failures: 0, due_at: at, next_try_at: at })
        .where('state', 'in', DEAD_STATES)
        .where('state', '!=', PENDING)
        .where('id' in which ? 'id' : 'state', '=', 'id' in which ? which.id : which.state)
        .executeTakeFirst();
      return Number(numUpdatedRows);
    },

    async prune({ states, before, followable }, most) {
      const old = ended()
        .select('id')
        .where('state', 'in', states)
        .where('due_at', '<', toInstantText(before))
        .where(({ eb, or }) =>
          followable
            ? eb('act', 'in', ['post', 'make'])
            : or([eb('act', 'is', null), eb('act', 'not in', ['post', 'make'])]),
        )
        .limit(most);
      const { numDeletedRows } = await db.deleteFrom('deliveries').where('id', 'in', old).executeTakeFirst();
      return Number(numDeletedRows);
    },
  };
}

function toEntry(row: Selectable<DeliveriesTable>): OutboxEntry {
  const instant = (text: string | null) => (text === null ? undefined : fromInstantText(text));
  return {
    id: DeliveryId.parse(row.id),
    dedupeKey: row.dedupe_key,
    kind: row.kind,
    state: State.parse(row.state),
    to: targetWords(row),
    of: row.of_key ?? undefined,
    dueAt: fromInstantText(row.due_at),
    lane: row.lane ?? undefined,
    attempts: row.attempts,
    failures: row.failures,
    nextTryAt: fromInstantText(row.next_try_at),
    unsureSince: instant(row.unsure_since),
    lastError: row.last_error ?? undefined,
    sentAt: instant(row.sent_at),
    sentChannelId: row.sent_channel_id ?? undefined,
    sentMessageId: row.sent_message_id ?? undefined,
  };
}

function targetWords({ act, member_id, space_platform, space_id, channel_id }: Selectable<DeliveriesTable>): string {
  if (act === null) return `member ${member_id}`;
  return `${space_platform} ${[space_id, channel_id].filter((id) => id !== null).join('/')}: ${act}`;
}
