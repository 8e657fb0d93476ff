import type { DateTime } from 'luxon';
import { type ClaimedDelivery, type DeliveryOutcome, givenUpAt, pauseMs } from '../domain/notifications/delivery.js';
import type { Delivered } from '../platforms/platform.js';

/** Least time before another try, in milliseconds, whatever a platform says. */
const LEAST_PAUSE_MS = 1_000;

/** What sending means for the delivery: done, tried again later, tried with another account, or given up. */
export function outcomeOf(
  delivered: Delivered,
  delivery: ClaimedDelivery,
  around: { now: DateTime; hasOtherAccount: boolean; random: number },
): DeliveryOutcome {
  switch (delivered.kind) {
    case 'sent':
      return { state: 'sent', at: around.now, channelId: delivered.channelId, messageId: delivered.messageId };
    case 'retry-after':
      return later(delivery, around, { error: 'retry-after', mayBeThere: false, leastMs: delivered.retryAfterMs });
    case 'retry-later':
      return later(delivery, around, { error: 'retry-later', mayBeThere: true, leastMs: 0 });
    case 'unreachable':
      if (!around.hasOtherAccount) return { state: 'undeliverable', error: 'unreachable' };
      return { state: 'pending', nextTryAt: around.now, account: 'another', mayBeThere: false, error: 'unreachable' };
    case 'rejected':
      return { state: 'rejected', error: delivered.reason };
  }
}

/** Another try after a growing pause, until it is given up. */
export function later(
  delivery: ClaimedDelivery,
  { now, random }: { now: DateTime; random: number },
  { error, mayBeThere, leastMs }: { error: string; mayBeThere: boolean; leastMs: number },
): DeliveryOutcome {
  const waitMs = Math.max(pauseMs(delivery.attempts, random), leastMs, LEAST_PAUSE_MS);
  const nextTryAt = now.plus({ milliseconds: waitMs });
  if (nextTryAt > givenUpAt(delivery)) return { state: 'undeliverable', error };
  return { state: 'pending', nextTryAt, account: 'same', mayBeThere, error };
}
