import type { DateTime } from 'luxon';

/** How often a calendar is read, in minutes, and by how much each read may come sooner or later. */
export const EVERY_MINUTES = 15;
const JITTER_MINUTES = 2;

/** The longest pause after failures, in minutes. */
const LONGEST_MINUTES = 6 * 60;

/** lu.ma blocks a key for a minute at a time. */
const LEAST_WAIT_MS = 60_000;

/** Failed runs in a row after which the org's admins are told. */
export const FAILURES_TO_TELL = 3;

/** No run puts the next one off as far as this, in hours: six after failures, and half a day in the demo. */
const FURTHEST_HOURS = 24;

/**
 * The moment after which no next read is to be believed: it was noted by a clock that stood ahead and was put back
 * since, as the playground's is by a restart.
 */
export function beyondBelief(now: DateTime): DateTime {
  return now.plus({ hours: FURTHEST_HOURS });
}

/**
 * When a calendar is read next after a run that went through.
 *
 * @param random from 0 to 1; spreads the calendars, so that they do not all come at once.
 */
export function nextAfterSuccess(now: DateTime, random: number, everyMinutes = EVERY_MINUTES): DateTime {
  return now.plus({ milliseconds: (everyMinutes + spread(random)) * 60_000 });
}

/**
 * When it is tried again after so many failed runs in a row, this one counted: twice as late each time, six hours at
 * most; when lu.ma says how long to wait, then,
 * within a minute and six hours.
 */
export function nextAfterFailure(
  now: DateTime,
  { failures, retryAfterMs, random }: { failures: number; retryAfterMs: number | undefined; random: number },
): DateTime {
  if (retryAfterMs !== undefined) {
    return now.plus({ milliseconds: Math.min(Math.max(retryAfterMs, LEAST_WAIT_MS), LONGEST_MINUTES * 60_000) });
  }
  const minutes = Math.min(EVERY_MINUTES * 2 ** (failures - 1), LONGEST_MINUTES);
  return now.plus({ milliseconds: (minutes + spread(random)) * 60_000 });
}

const spread = (random: number): number => (random * 2 - 1) * JITTER_MINUTES;
