import type { Selectable } from 'kysely';
import { DeliveryId, IdentityId, MemberId, newDeliveryId } from '../../domain/ids.js';
import type { DeliveriesRepository } from '../../domain/notifications/deliveries-repository.js';
import type { ClaimedDelivery, DeliveryOutcome } from '../../domain/notifications/delivery.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { DeliveriesTable } from '../schema.js';

/** The outbox in the database; `onPlanned` is told of everything planned, within the transaction. */
export function deliveriesRepository(db: Connection, onPlanned: () => void): DeliveriesRepository {
  return {
    async plan({ dedupeKey, memberId, kind, payload, dueAt, identityId }) {
      const due_at = toInstantText(dueAt);
      await db
        .insertInto('deliveries')
        .values({
          id: newDeliveryId(),
          dedupe_key: dedupeKey,
          member_id: memberId,
          identity_id: identityId ?? null,
          kind,
          payload: JSON.stringify(payload),
          due_at,
          state: 'pending',
          attempts: 0,
          next_try_at: due_at,
        })
        .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
        .execute();
      onPlanned();
    },

    async counts(now) {
      const due = await db
        .selectFrom('deliveries')
        .select(({ fn }) => [fn.countAll().as('due'), fn.min('due_at').as('oldest')])
        .where('state', '=', 'pending')
        .where('due_at', '<=', toInstantText(now))
        .executeTakeFirstOrThrow();
      const dead = await db
        .selectFrom('deliveries')
        .select(({ fn }) => ['state', fn.countAll().as('count')])
        .where('state', 'in', ['undeliverable', 'rejected'])
        .groupBy('state')
        .execute();
      const countOf = (state: string) => Number(dead.find((one) => one.state === state)?.count ?? 0);
      return {
        due: Number(due.due),
        oldestDueAt: due.oldest ? fromInstantText(due.oldest) : undefined,
        undeliverable: countOf('undeliverable'),
        rejected: countOf('rejected'),
      };
    },

    async nextTryAt() {
      const row = await db
        .selectFrom('deliveries')
        .select('next_try_at')
        .where('state', '=', 'pending')
        .orderBy('next_try_at')
        .limit(1)
        .executeTakeFirst();
      return row && fromInstantText(row.next_try_at);
    },

    async claimDue({ now, until, most }) {
      const rows = await db
        .selectFrom('deliveries')
        .selectAll()
        .where('state', '=', 'pending')
        .where('next_try_at', '<=', toInstantText(now))
        .orderBy('next_try_at')
        .orderBy('id')
        .limit(most)
        .execute();
      for (const { id, attempts, unsure_since } of rows) {
        await db
          .updateTable('deliveries')
          .set({
            attempts: attempts + 1,
            next_try_at: toInstantText(until),
            // If this process dies before it notes an outcome, the next one must know that a copy may be there.
            unsure_since: unsure_since ?? toInstantText(now),
          })
          .where('id', '=', id)
          .execute();
      }
      return rows.map(toClaimed);
    },

    async noteIdentity(id, identityId) {
      await db
        .updateTable('deliveries')
        .set({ identity_id: identityId ?? null })
        .where('id', '=', id)
        .execute();
    },

    async noteOutcome(claimed, outcome) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set(outcomeColumns(claimed, outcome))
        .where('id', '=', claimed.id)
        .where('state', '=', 'pending')
        .where('attempts', '=', claimed.attempts)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function outcomeColumns({ unsureSince }: ClaimedDelivery, outcome: DeliveryOutcome): Partial<DeliveriesTable> {
  switch (outcome.state) {
    case 'sent':
      return {
        state: 'sent',
        sent_at: toInstantText(outcome.at),
        sent_channel_id: outcome.channelId,
        sent_message_id: outcome.messageId ?? null,
        unsure_since: null,
        last_error: null,
      };
    case 'pending': {
      const again = { next_try_at: toInstantText(outcome.nextTryAt), last_error: outcome.error };
      if (outcome.account === 'another') return { ...again, identity_id: null, unsure_since: null };
      if (outcome.mayBeThere) return again;
      return { ...again, unsure_since: unsureSince ? toInstantText(unsureSince) : null };
    }
    case 'cancelled':
    case 'undeliverable':
    case 'rejected':
      return { state: outcome.state, last_error: outcome.error ?? null };
  }
}

function toClaimed(row: Selectable<DeliveriesTable>): ClaimedDelivery {
  return {
    id: DeliveryId.parse(row.id),
    memberId: MemberId.parse(row.member_id),
    kind: row.kind,
    payload: JSON.parse(row.payload),
    dueAt: fromInstantText(row.due_at),
    attempts: row.attempts + 1,
    identityId: row.identity_id === null ? undefined : IdentityId.parse(row.identity_id),
    unsureSince: row.unsure_since ? fromInstantText(row.unsure_since) : undefined,
  };
}
