import { setImmediate as breathe } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import type { DeliveryId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import type { DeliveryState } from './delivery.js';
import { DEAD_STATES, type DeadState, type OutboxEntry, type Prunable } from './outbox-upkeep.js';

/**
 * How long what has ended is kept, in days. Its key is what keeps an occasion from being planned again, so it has to
 * outlast every planner's look back: they plan for facts of the moment, for events ahead, and at most for what ended three
 * days ago (product.md section 7). Three months leave room for a process that was down for weeks and for questions.
 */
const KEPT_DAYS = 90;

/** Dead letters wait longer, for an operator who comes back to them. */
const DEAD_KEPT_DAYS = 180;

/**
 * Posts and mirrored events are changed and answered until the event is over, which may be announced a year ahead; by
 * their rows those messages are found again. There is one an event, so they take little room.
 */
const FOLLOWABLE_KEPT_DAYS = 730;

/** Rows deleted in one transaction: few, as others wait for it. */
const PRUNED_AT_ONCE = 500;

export type OutboxService = ReturnType<typeof createOutboxService>;

/** The outbox as operators look after it. Nobody else's rights reach here: only the command line does. */
export function createOutboxService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const prune = async (which: Prunable): Promise<number> => {
    for (let all = 0; ; ) {
      const gone = await inTransaction(({ deliveries }) => deliveries.prune(which, PRUNED_AT_ONCE));
      all += gone;
      if (gone < PRUNED_AT_ONCE) return all;
      await breathe();
    }
  };

  return {
    /** How the outbox stands now. */
    counts: () => inTransaction(({ deliveries }) => deliveries.counts(clock.now()), { isReadOnly: true }),

    /** What stands in a state. */
    list: (asked: { state: DeliveryState; most: number }): Promise<OutboxEntry[]> =>
      inTransaction(({ deliveries }) => deliveries.list(asked), { isReadOnly: true }),

    /** One delivery. */
    find: (id: DeliveryId): Promise<OutboxEntry | undefined> =>
      inTransaction(({ deliveries }) => deliveries.find(id), { isReadOnly: true }),

    /** Has dead letters tried again; says how many. A second time changes nothing: they are pending then. */
    retry: (which: { id: DeliveryId } | { state: DeadState }): Promise<number> =>
      inTransaction(({ deliveries }) => deliveries.retry(which, clock.now())),

    /** Deletes what ended long ago; says how many rows went. */
    async prune(now: DateTime): Promise<number> {
      const ago = (days: number) => now.minus({ days });
      const ended = ['sent', 'cancelled'] as const;
      return (
        (await prune({ states: ended, before: ago(KEPT_DAYS), followable: false })) +
        (await prune({ states: DEAD_STATES, before: ago(DEAD_KEPT_DAYS), followable: false })) +
        (await prune({ states: [...ended, ...DEAD_STATES], before: ago(FOLLOWABLE_KEPT_DAYS), followable: true }))
      );
    },
  };
}
