import type { Clock } from '../../shared/clock.js';
import type { Identity } from '../members/member.js';
import type { InTransaction } from '../repositories.js';

/** A message that shows whether messages get through, which a member asked for. Its payload is empty. */
export const REACH_TEST = 'reach.test';

/** A member is told that they cannot be reached once in so many hours (product.md section 12, "Process"). */
const TOLD_EVERY_HOURS = 24;

export type ReachService = ReturnType<typeof createReachService>;

/** Whether messages get through to a member, and what they can do when they do not. */
export function createReachService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * What to tell a member who acts while no account of theirs can be reached: how many messages did not get through.
     * Nothing when one can, or when they were told within a day.
     */
    async notice({ memberId, reach }: Identity): Promise<{ missed: number } | undefined> {
      if (reach !== 'closed') return undefined;
      return inTransaction(async ({ members, reach: stored }) => {
        const accounts = await members.listIdentities(memberId);
        if (accounts.some((account) => account.reach !== 'closed')) return undefined;
        const now = clock.now();
        const isDue = await stored.noteTold(memberId, now, now.minus({ hours: TOLD_EVERY_HOURS }));
        return isDue ? { missed: await stored.countMissed(memberId) } : undefined;
      });
    },

    /** Sends a short message to the account they ask with, to see whether it gets through. Once a minute. */
    async test({ id, memberId }: Identity): Promise<void> {
      const now = clock.now();
      await inTransaction(({ deliveries }) =>
        deliveries.plan({
          dedupeKey: `${REACH_TEST}:${id}:${now.toFormat('yyyyMMddHHmm')}`,
          memberId,
          identityId: id,
          kind: REACH_TEST,
          payload: {},
          dueAt: now,
        }),
      );
    },
  };
}
