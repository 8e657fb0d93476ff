import type { DateTime } from 'luxon';
import { takeBreath } from '../../shared/breath.js';
import type { MemberId } from '../ids.js';
import type { InTransaction } from '../repositories.js';
import { type DigestHours, type DueDigest, digestHours, isWanted, plannedDigest } from './digest.js';

/** Members looked at in one transaction: few, as everybody's taps wait for it. */
const MEMBERS_AT_ONCE = 25;

export type DigestPlanner = ReturnType<typeof createDigestPlanner>;

/**
 * Looks at digests when they fall due, and plans those that have anything to tell. Each portion is a transaction of its
 * own, so it may be cut off anywhere, run twice, and run late.
 */
export function createDigestPlanner({ inTransaction }: { inTransaction: InTransaction }) {
  const planSome = (now: DateTime, hoursOf: HoursOf): Promise<{ looked: number; planned: number }> =>
    inTransaction(async ({ news, deliveries }) => {
      const due = await news.listDueDigests(now, MEMBERS_AT_ONCE);
      const planned = due.flatMap((one) => {
        const { slot } = hoursOf(one);
        return slot && isWanted(one, now) ? [plannedDigest(one.memberId, slot, now)] : [];
      });
      await deliveries.planAll(planned);
      for (const [at, memberIds] of nextTimes(due, hoursOf)) await news.setNextDigestAt(memberIds, at);
      return { looked: due.length, planned: planned.length };
    });

  return {
    /** When the next digest is to be looked at; overdue ones included. */
    nextDueAt: (): Promise<DateTime | undefined> =>
      inTransaction(({ news }) => news.nextDigestAt(), { isReadOnly: true }),

    /** Plans every digest that is due. @throws the signal's reason when it is aborted in between. */
    async plan(now: DateTime, signal?: AbortSignal): Promise<{ looked: number; planned: number }> {
      const total = { looked: 0, planned: 0 };
      const hoursOf = rememberHours(now);
      for (;;) {
        signal?.throwIfAborted();
        const some = await planSome(now, hoursOf);
        if (some.looked === 0) return total;
        total.looked += some.looked;
        total.planned += some.planned;
        await takeBreath();
      }
    },
  };
}

type HoursOf = (due: Pick<DueDigest, 'frequency' | 'zone'>) => DigestHours;

/** Reckons the hours of each zone once: that takes longer than all else that is done for a member. */
function rememberHours(now: DateTime): HoursOf {
  const known = new Map<string, DigestHours>();
  return ({ frequency, zone }) => {
    const key = `${frequency}/${zone}`;
    const hours = known.get(key) ?? digestHours(frequency, zone, now);
    known.set(key, hours);
    return hours;
  };
}

/** When the members are looked at next, those together who have it at the same instant. */
function nextTimes(due: readonly DueDigest[], hoursOf: HoursOf): Map<DateTime | undefined, MemberId[]> {
  const times = new Map<DateTime | undefined, MemberId[]>();
  for (const one of due) {
    const at = one.isStopped ? undefined : hoursOf(one).next;
    const memberIds = times.get(at) ?? [];
    memberIds.push(one.memberId);
    times.set(at, memberIds);
  }
  return times;
}
