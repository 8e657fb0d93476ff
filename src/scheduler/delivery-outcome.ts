import type { DateTime } from 'luxon';
import {
  type ClaimedDelivery,
  type DeliveryOutcome,
  isGivenUp,
  pauseMs,
  UNREACHABLE,
} from '../domain/notifications/delivery.js';
import type { Delivered } from '../platforms/platform.js';

/** Least time before another try, in milliseconds, whatever a platform says. */
const LEAST_PAUSE_MS = 1_000;

/** What sending means for the delivery: done, tried again later, tried with another account, or given up. */
export function outcomeOf(
  delivered: Delivered,
  delivery: ClaimedDelivery,
  around: { now: DateTime; hasOtherAccount: boolean; random: number },
): DeliveryOutcome {
  const { now } = around;
  switch (delivered.kind) {
    case 'sent':
      return { state: 'sent', at: now, channelId: delivered.channelId, messageId: delivered.messageId };
    case 'retry-after':
      return asked(delivery, now, delivered.retryAfterMs);
    case 'retry-later':
      return later(delivery, around, { error: 'retry-later', mayBeThere: true });
    case 'unreachable':
      if (!around.hasOtherAccount) return { state: 'undeliverable', error: UNREACHABLE };
      return {
        state: 'pending',
        nextTryAt: now,
        account: 'another',
        mayBeThere: false,
        isFailure: false,
        error: UNREACHABLE,
      };
    case 'rejected':
      return { state: 'rejected', error: delivered.reason };
  }
}

/** Another try after a pause that grows with every failure, until it is given up. */
export function later(
  delivery: Pick<ClaimedDelivery, 'dueAt' | 'failures'>,
  { now, random }: { now: DateTime; random: number },
  { error, mayBeThere }: { error: string; mayBeThere: boolean },
): DeliveryOutcome {
  const failures = delivery.failures + 1;
  const nextTryAt = now.plus({ milliseconds: pauseMs(failures, random) });
  if (isGivenUp(delivery, nextTryAt, failures)) return { state: 'undeliverable', error, mayBeThere };
  return { state: 'pending', nextTryAt, account: 'same', mayBeThere, isFailure: true, error };
}

/** Another try when the platform said, which is no failure: the next pause is no longer for it. */
function asked(delivery: ClaimedDelivery, now: DateTime, retryAfterMs: number): DeliveryOutcome {
  const error = 'retry-after';
  const nextTryAt = now.plus({ milliseconds: Math.max(retryAfterMs, LEAST_PAUSE_MS) });
  if (isGivenUp(delivery, nextTryAt, delivery.claim)) return { state: 'undeliverable', error };
  return { state: 'pending', nextTryAt, account: 'same', mayBeThere: false, isFailure: false, error };
}
