import { type ExpressionBuilder, sql, type Updateable } from 'kysely';
import { IdentityId } from '../../domain/ids.js';
import type { DeliveriesRepository } from '../../domain/notifications/deliveries-repository.js';
import { type ClaimedDelivery, type DeliveryOutcome, HOLDS_UP_FAILURES } from '../../domain/notifications/delivery.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared, preparedBy } from '../prepared.js';
import type { DeliveriesTable, Schema } from '../schema.js';
import { toDue, toRow } from './delivery-rows.js';
import { outboxUpkeep } from './outbox-upkeep.js';

/** Written into the text of a query and not handed to it: only so does SQLite see that the partial indexes apply. */
const PENDING = sql.lit('pending');

/** Compiled once: building the text of it takes longer than running it, for one row and for thousands alike. */
const insertOne = preparedBy((db, row: ReturnType<typeof toRow>) =>
  db
    .insertInto('deliveries')
    .values({
      id: row.id,
      dedupe_key: row.dedupe_key,
      member_id: row.member_id,
      identity_id: row.identity_id,
      space_platform: row.space_platform,
      space_id: row.space_id,
      channel_id: row.channel_id,
      act: row.act,
      of_key: row.of_key,
      edits_key: row.edits_key,
      kind: row.kind,
      payload: row.payload,
      due_at: row.due_at,
      state: row.state,
      attempts: row.attempts,
      next_try_at: row.next_try_at,
    })
    .onConflict((conflict) => conflict.column('dedupe_key').doNothing()),
);

type Both = ExpressionBuilder<
  Schema & { delivery: DeliveriesTable; followed: DeliveriesTable },
  'delivery' | 'followed'
>;

/** What may be tried now, with what it follows up, the longest due first. */
function due(db: Connection, now: string, most: number) {
  return db
    .selectFrom('deliveries as delivery')
    .leftJoin('deliveries as followed', (on) =>
      on.on('followed.dedupe_key', '=', sql`coalesce(delivery.of_key, delivery.edits_key)`),
    )
    .selectAll('delivery')
    .select([
      'followed.id as followed_id',
      'followed.identity_id as followed_identity_id',
      'followed.state as followed_state',
      'followed.sent_channel_id as followed_channel_id',
      'followed.sent_message_id as followed_message_id',
    ])
    .where('delivery.state', '=', PENDING)
    .where('delivery.next_try_at', '<=', now)
    .orderBy('delivery.next_try_at')
    .orderBy('delivery.id')
    .limit(most);
}

const dueUnsorted = prepared((db, now: string, most: number) => due(db, now, most).where('delivery.lane', 'is', null));

/** What waits for nothing earlier. */
function ready(db: Connection, lane: string, now: string, most: number) {
  return due(db, now, most)
    .where('delivery.lane', '=', lane)
    .where((eb) => eb.or([eb('followed.id', 'is', null), eb('followed.state', '!=', PENDING)]))
    .where((eb) => eb.not(eb.exists(earlierOfMember(eb))))
    .where((eb) => eb.not(eb.exists(earlierOfChannel(eb))));
}

const unsureInLane = prepared((db, lane: string, now: string, most: number) =>
  ready(db, lane, now, most).where('delivery.unsure_since', 'is not', null),
);

const freshInLane = prepared((db, lane: string, now: string, most: number) =>
  ready(db, lane, now, most).where('delivery.unsure_since', 'is', null),
);

const laneAfter = prepared((db, lane: string) =>
  db
    .selectFrom('deliveries')
    .select('lane')
    .where('state', '=', PENDING)
    .where('lane', '>', lane)
    .orderBy('lane')
    .limit(1),
);

const firstTryAfter = prepared((db, after: string) =>
  db
    .selectFrom('deliveries')
    .select('next_try_at')
    .where('state', '=', PENDING)
    .where('next_try_at', '>', after)
    .orderBy('next_try_at')
    .limit(1),
);

function earlier(eb: Both) {
  return eb
    .selectFrom('deliveries as earlier')
    .select('earlier.id')
    .where('earlier.state', '=', PENDING)
    .where('earlier.failures', '<', sql.lit(HOLDS_UP_FAILURES))
    .where((is) => is(is.refTuple('earlier.due_at', 'earlier.id'), '<', is.refTuple('delivery.due_at', 'delivery.id')));
}

/** What only changes a message is waited for by what changes the same one, and by nothing else. */
function earlierOfMember(eb: Both) {
  return earlier(eb)
    .where('earlier.member_id', '=', eb.ref('delivery.member_id'))
    .where((is) =>
      is.or([is('earlier.edits_key', 'is', null), is('earlier.edits_key', '=', is.ref('delivery.edits_key'))]),
    );
}

/** A space's calendar counts as one more channel, without an id. */
function earlierOfChannel(eb: Both) {
  return earlier(eb)
    .where('earlier.space_platform', '=', eb.ref('delivery.space_platform'))
    .where('earlier.space_id', '=', eb.ref('delivery.space_id'))
    .where('earlier.channel_id', 'is not distinct from', eb.ref('delivery.channel_id'));
}

const sentTo = prepared((db, memberId: string, since: string) =>
  db
    .selectFrom('deliveries')
    .select(['kind', 'payload'])
    .where('state', '=', sql.lit('sent'))
    .where('member_id', '=', memberId)
    .where('sent_at', '>=', since),
);

const sentOfKind = prepared((db, memberId: string, kind: string, since: string) =>
  db
    .selectFrom('deliveries')
    .select(['dedupe_key', 'payload', 'identity_id'])
    .where('state', '=', sql.lit('sent'))
    .where('member_id', '=', memberId)
    .where('sent_at', '>=', since)
    .where('kind', '=', kind),
);

/** The outbox in the database; `onPlanned` is told of everything planned, within the transaction. */
export function deliveriesRepository(db: Connection, onPlanned: () => void): DeliveriesRepository {
  return {
    ...outboxUpkeep(db),

    async plan(delivery) {
      await insertOne(db, toRow(delivery));
      onPlanned();
    },

    async planAll(deliveries) {
      for (const delivery of deliveries) await insertOne(db, toRow(delivery));
      if (deliveries.length > 0) onPlanned();
    },

    async nextTryAfter(now) {
      const [row] = await firstTryAfter(db, toInstantText(now));
      return row && fromInstantText(row.next_try_at);
    },

    async listUnsorted({ now, most }) {
      return (await dueUnsorted(db, toInstantText(now), most)).map(toDue);
    },

    async sort(id, { lane, identityId }) {
      await db
        .updateTable('deliveries')
        .set({ lane, identity_id: identityId ?? null })
        .where('id', '=', id)
        .execute();
    },

    async listLanes() {
      const lanes: string[] = [];
      // One step a lane: the rows in between, however many, are jumped over.
      for (;;) {
        const [row] = await laneAfter(db, lanes.at(-1) ?? '');
        if (!row?.lane) return lanes;
        lanes.push(row.lane);
      }
    },

    async listDue({ lane, now, most }) {
      const at = toInstantText(now);
      const unsure = await unsureInLane(db, lane, at, most);
      const fresh = unsure.length < most ? await freshInLane(db, lane, at, most - unsure.length) : [];
      return [...unsure, ...fresh].map(toDue);
    },

    async claim(delivery, { now, until }) {
      const claim = delivery.attempts + 1;
      await db
        .updateTable('deliveries')
        .set({
          attempts: claim,
          next_try_at: toInstantText(until),
          // If this process dies before it notes an outcome, the next one must know that a copy may be there.
          unsure_since: toInstantText(delivery.unsureSince ?? now),
        })
        .where('id', '=', delivery.id)
        .execute();
      return { ...delivery, claim };
    },

    async renew({ id, claim }, until) {
      await db
        .updateTable('deliveries')
        .set({ next_try_at: toInstantText(until) })
        .where('id', '=', id)
        .where('state', '=', 'pending')
        .where('attempts', '=', claim)
        .execute();
    },

    async listSentTo(memberId, since) {
      const rows = await sentTo(db, memberId, toInstantText(since));
      return rows.map(({ kind, payload }) => ({ kind, payload: JSON.parse(payload) }));
    },

    async listSentOfKind(memberId, kind, since) {
      const rows = await sentOfKind(db, memberId, kind, toInstantText(since));
      return rows.map(({ dedupe_key, payload, identity_id }) => ({
        dedupeKey: dedupe_key,
        payload: JSON.parse(payload),
        identityId: identity_id === null ? undefined : IdentityId.parse(identity_id),
      }));
    },

    async noteOutcome(claimed, outcome) {
      const { numUpdatedRows } = await db
        .updateTable('deliveries')
        .set(outcomeColumns(claimed, outcome))
        .where('id', '=', claimed.id)
        .where('state', '=', 'pending')
        .where('attempts', '=', claimed.claim)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },
  };
}

function outcomeColumns(
  { unsureSince, failures }: ClaimedDelivery,
  outcome: DeliveryOutcome,
): Updateable<DeliveriesTable> {
  // Claiming made it unsure; this is how it was before.
  const unsure_since = unsureSince ? toInstantText(unsureSince) : null;
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
        lane: null,
        next_try_at: toInstantText(outcome.nextTryAt),
        last_error: outcome.error,
        failures: failures + Number(outcome.isFailure),
      };
      if (outcome.account === 'another') return { ...again, identity_id: null, unsure_since: null };
      if (outcome.mayBeThere) return again;
      return { ...again, unsure_since };
    }
    case 'postponed': {
      const until = toInstantText(outcome.until);
      return { lane: null, due_at: until, next_try_at: until, unsure_since, last_error: null };
    }
    case 'cancelled':
    case 'undeliverable':
    case 'rejected':
      return {
        state: outcome.state,
        last_error: outcome.error ?? null,
        ...(outcome.mayBeThere ? {} : { unsure_since }),
      };
  }
}
