import type { DateTime } from 'luxon';

/**
 * A named run on a schedule: a function of the database and a moment, safe to run twice and safe to run late.
 * `nextDue` is reckoned from the last run's moment, or from nothing if it never ran.
 */
export interface Job {
  name: string;
  nextDue(lastRunAt: DateTime | undefined, now: DateTime): DateTime;
  /** Does everything that is due at `now`, and says in a few words what that was. */
  run(now: DateTime): Promise<string>;
}

/** Due once a day, at this hour in UTC. */
export function dailyAt(hour: number): Job['nextDue'] {
  return (lastRunAt, now) => {
    if (!lastRunAt) return now;
    const sameDay = lastRunAt.toUTC().set({ hour, minute: 0, second: 0, millisecond: 0 });
    return sameDay > lastRunAt ? sameDay : sameDay.plus({ days: 1 });
  };
}
