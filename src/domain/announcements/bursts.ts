import type { DateTime } from 'luxon';

/** More new events than these, in one run or within so many minutes, become one summary (product.md section 12). */
export const MOST_CARDS = 5;
export const BURST_MINUTES = 10;

/** How new events are announced: by a card each, by one summary, or by adding them to a summary that is up. */
export type BurstPlan = { kind: 'cards' } | { kind: 'summary' } | { kind: 'add'; post: string };

/**
 * How so many new events are announced in a channel.
 *
 * @param recent how many were announced there since `burstSince`.
 * @param openSummary the post of a summary that was begun since then.
 */
export function burstPlan(count: number, recent: number, openSummary: string | undefined): BurstPlan {
  if (openSummary !== undefined) return { kind: 'add', post: openSummary };
  return count + recent > MOST_CARDS ? { kind: 'summary' } : { kind: 'cards' };
}

/** The beginning of a burst that goes on at that moment. */
export function burstSince(now: DateTime): DateTime {
  return now.minus({ minutes: BURST_MINUTES });
}
