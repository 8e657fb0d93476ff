import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { MemberId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import { type DueDigest, plannedDigest, slotToSend } from './digest.js';
import { nextDigestAt } from './digest-times.js';

/** Members looked at in one transaction: few, as everybody's taps wait for it. */
const MEMBERS_AT_ONCE = 100;

export type DigestPlanner = ReturnType<typeof createDigestPlanner>;

/**
 * Looks at digests when they fall due, and plans those that have anything to tell. Each portion is a transaction of its
 * own, so it may be cut off anywhere, run twice, and run late.
 */
export function createDigestPlanner({ inTransaction }: { inTransaction: InTransaction }) {
  const planSome = (now: DateTime): Promise<{ looked: number; planned: number }> =>
    inTransaction(async ({ news, deliveries }) => {
      const due = await news.listDueDigests(now, MEMBERS_AT_ONCE);
      const planned = due.flatMap((one) => {
        const slot = one.hasNews && !one.isStopped ? slotToSend(one, now) : undefined;
        return slot ? [plannedDigest(one, slot, now)] : [];
      });
      await deliveries.planAll(planned);
      for (const { at, memberIds } of nextTimes(due, now)) await news.setNextDigestAt(memberIds, at);
      return { looked: due.length, planned: planned.length };
    });

  return {
    /** When the next digest is to be looked at; overdue ones included. */
    nextDueAt: (): Promise<DateTime | undefined> =>
      inTransaction(({ news }) => news.nextDigestAt(), { isReadOnly: true }),

    /** Plans every digest that is due. @throws the signal's reason when it is aborted in between. */
    async plan(now: DateTime, signal?: AbortSignal): Promise<{ looked: number; planned: number }> {
      const total = { looked: 0, planned: 0 };
      for (;;) {
        signal?.throwIfAborted();
        const some = await planSome(now);
        if (some.looked === 0) return total;
        total.looked += some.looked;
        total.planned += some.planned;
        await takeBreath();
      }
    },
  };
}

/** When the members are looked at next, those together who have it at the same instant. */
function nextTimes(due: readonly DueDigest[], now: DateTime): { at: DateTime | undefined; memberIds: MemberId[] }[] {
  const times = new Map<string, { at: DateTime | undefined; memberIds: MemberId[] }>();
  for (const { memberId, frequency, zone, isStopped } of due) {
    const key = isStopped ? 'never' : `${frequency}/${zone}`;
    const known = times.get(key) ?? { at: isStopped ? undefined : nextDigestAt(frequency, zone, now), memberIds: [] };
    known.memberIds.push(memberId);
    times.set(key, known);
  }
  return [...times.values()];
}
