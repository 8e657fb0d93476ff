import { DateTime } from 'luxon';
import { StartProblem } from '../platforms/platform.js';

/** A day, perhaps with a time and an offset; luxon alone would also take a bare year or hour. */
const MOMENT = /^\d{4}-\d{2}-\d{2}(T\S+)?$/;

/**
 * Reads a moment that an operator typed; without an offset it is UTC.
 *
 * @throws StartProblem with an example.
 */
export function readMoment(text: string): DateTime<true> {
  const moment = DateTime.fromISO(text, { zone: 'utc' });
  if (MOMENT.test(text) && moment.isValid) return moment;
  throw new StartProblem(`${text} is no moment. Write it like 2026-03-01T09:00:00Z or 2026-03-01T10:00+01:00.`);
}
