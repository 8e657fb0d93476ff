import type { DateTime } from 'luxon';

/**
 * A named run on a schedule: a function of the database and a moment, safe to run twice and safe to run late. It is run
 * by one process at a time.
 */
export interface Job {
  name: string;
  /** What it does, in a few words for an operator. */
  does: string;
  /**
   * When it is due, reckoned from the moment of its last run that succeeded, or from nothing if none did. Nothing for a
   * job that has nothing to do in sight; it is asked again every minute.
   */
  nextDue(lastRunAt: DateTime | undefined, now: DateTime): DateTime | undefined | Promise<DateTime | undefined>;
  /**
   * Does everything that is due at `now`, and says in a few words what that was: no names, no texts of people.
   *
   * @param signal is aborted when the process stops or another has taken over: a long job begins nothing new then, and
   * throws the signal's reason. What is left is done by the next run.
   */
  run(now: DateTime, signal: AbortSignal): Promise<string>;
}

/** Due once a day, at this hour in UTC. */
export function dailyAt(hour: number): (lastRunAt: DateTime | undefined, now: DateTime) => DateTime {
  return (lastRunAt, now) => {
    if (!lastRunAt) return now;
    const sameDay = lastRunAt.toUTC().set({ hour, minute: 0, second: 0, millisecond: 0 });
    return sameDay > lastRunAt ? sameDay : sameDay.plus({ days: 1 });
  };
}

const FIRST_PAUSE_MINUTES = 1;
const LONGEST_PAUSE_MINUTES = 60;

/** How long a job rests after so many failures in a row, in minutes: twice as long each time, an hour at most. */
export function restMinutes(failures: number): number {
  return failures === 0 ? 0 : Math.min(FIRST_PAUSE_MINUTES * 2 ** (failures - 1), LONGEST_PAUSE_MINUTES);
}
