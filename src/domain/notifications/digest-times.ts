import type { DateTime } from 'luxon';
import type { Frequency } from './choices.js';

/** Daily digests go out at 9 in the morning, weekly ones on Sunday at 18 (product.md section 6). */
const DAILY_HOUR = 9;
const WEEKLY_HOUR = 18;
const SUNDAY = 7;

/**
 * When the next digest is looked at after a moment, at the local hour whatever the clocks do: nothing for those who want
 * none. Members who hear of everything have the daily hour too, for what was too much at once.
 *
 * @param zone an IANA name.
 */
export function nextDigestAt(frequency: Frequency, zone: string, after: DateTime): DateTime | undefined {
  if (frequency === 'none') return undefined;
  const today = after.setZone(zone).startOf('day');
  const day = frequency === 'weekly' ? today.plus({ days: (SUNDAY - today.weekday + 7) % 7 }) : today;
  const step = frequency === 'weekly' ? { weeks: 1 } : { days: 1 };
  const at = day.set({ hour: frequency === 'weekly' ? WEEKLY_HOUR : DAILY_HOUR });
  const next = at > after ? at : at.startOf('day').plus(step).set({ hour: at.hour });
  return next.toUTC();
}
