import { type ExpressionBuilder, sql, type Updateable } from 'kysely';
import type { DeliveriesRepository } from '../../domain/notifications/deliveries-repository.js';
import { type ClaimedDelivery, type DeliveryOutcome, HOLDS_UP_FAILURES } from '../../domain/notifications/delivery.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { DeliveriesTable, Schema } from '../schema.js';
import { toClaimed, toRow } from './delivery-rows.js';

/** Written into the text of a query and not handed to it: only so does SQLite see that the partial indexes apply. */
const PENDING = sql.lit('pending');

type Claimable = ExpressionBuilder<
  Schema & { delivery: DeliveriesTable; followed: DeliveriesTable },
  'delivery' | 'followed'
>;

/** What may be claimed now: due, and waiting for nothing earlier. */
const claimable = prepared((db, now: string, most: number) =>
  db
    .selectFrom('deliveries as delivery')
    .leftJoin('deliveries as followed', 'followed.dedupe_key', 'delivery.of_key')
    .selectAll('delivery')
    .select([
      'followed.id as followed_id',
      'followed.state as followed_state',
      'followed.sent_channel_id as followed_channel_id',
      'followed.sent_message_id as followed_message_id',
    ])
    .where('delivery.state', '=', PENDING)
    .where('delivery.next_try_at', '<=', now)
    .where((eb) => eb.or([eb('followed.id', 'is', null), eb('followed.state', '!=', PENDING)]))
    .where((eb) => eb.not(eb.exists(earlierOfMember(eb))))
    .where((eb) => eb.not(eb.exists(earlierOfChannel(eb))))
    .orderBy('delivery.next_try_at')
    .orderBy('delivery.id')
    .limit(most),
);

function earlier(eb: Claimable) {
  return eb
    .selectFrom('deliveries as earlier')
    .select('earlier.id')
    .where('earlier.state', '=', PENDING)
    .where('earlier.failures', '<', sql.lit(HOLDS_UP_FAILURES))
    .where('earlier.due_at', '<=', eb.ref('delivery.due_at'))
    .where((is) =>
      is.or([is('earlier.due_at', '<', is.ref('delivery.due_at')), is('earlier.id', '<', is.ref('delivery.id'))]),
    );
}

function earlierOfMember(eb: Claimable) {
  return earlier(eb).where('earlier.member_id', '=', eb.ref('delivery.member_id'));
}

/** A space's calendar counts as one more channel, without an id. */
function earlierOfChannel(eb: Claimable) {
  return earlier(eb)
    .where('earlier.space_platform', '=', eb.ref('delivery.space_platform'))
    .where('earlier.space_id', '=', eb.ref('delivery.space_id'))
    .where('earlier.channel_id', 'is not distinct from', eb.ref('delivery.channel_id'));
}

/** The outbox in the database; `onPlanned` is told of everything planned, within the transaction. */
export function deliveriesRepository(db: Connection, onPlanned: () => void): DeliveriesRepository {
  return {
    async plan(delivery) {
      await db
        .insertInto('deliveries')
        .values(toRow(delivery))
        .onConflict((conflict) => conflict.column('dedupe_key').doNothing())
        .execute();
      onPlanned();
    },

    async nextTryAt() {
      const row = await db
        .selectFrom('deliveries')
        .select('next_try_at')
        .where('state', '=', PENDING)
        .orderBy('next_try_at')
        .limit(1)
        .executeTakeFirst();
      return row && fromInstantText(row.next_try_at);
    },

    async claimDue({ now, until, most }) {
      const rows = await claimable(db, toInstantText(now), most);
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

function outcomeColumns(
  { unsureSince, failures }: ClaimedDelivery,
  outcome: DeliveryOutcome,
): Updateable<DeliveriesTable> {
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
      const again = {
        next_try_at: toInstantText(outcome.nextTryAt),
        last_error: outcome.error,
        failures: failures + Number(outcome.isFailure),
      };
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
