import type { DateTime } from 'luxon';
import { endOfQuietHours, type QuietHours } from './quiet-hours.js';

/**
 * How much a message presses that its member did not ask for. A `reminder` of an event that they said they go to waits
 * for nothing; an `alert` to an admin waits for the end of quiet hours and is outside the budget (product.md, sections 6
 * and 12).
 */
export type Urgency = 'usual' | 'reminder' | 'alert';

/** So many messages unasked for a member gets in a day, by the calendar where they are (product.md section 6). */
export const MOST_A_DAY = 6;

/** From when on the next day what was too much for this one is sent, where no quiet hours say. */
const MORNING = { hour: 8, minute: 0 };

/** A member's day: where they are, and when they are left alone. */
export interface MemberDay {
  /** IANA name. */
  zone: string;
  /** Nothing when they turned them off. */
  quietHours: QuietHours | undefined;
}

/** When quiet hours end that a member has at this moment; nothing outside of them. */
export function quietUntil(now: DateTime, { zone, quietHours }: MemberDay): DateTime | undefined {
  if (!quietHours) return undefined;
  const end = endOfQuietHours(now, zone, quietHours);
  return end > now ? end : undefined;
}

/** When the day of a member's began that it is now. */
export function startOfDay(now: DateTime, { zone }: Pick<MemberDay, 'zone'>): DateTime {
  return now.setZone(zone).startOf('day').toUTC();
}

/** When on a member's next day they are first written to: at the end of quiet hours, or in the morning. */
export function nextDayAt(now: DateTime, { zone, quietHours }: MemberDay): DateTime {
  const tomorrow = now.setZone(zone).startOf('day').plus({ days: 1 });
  const at = tomorrow.set(quietHours?.to ?? MORNING);
  // Where the clock shows that hour twice, or not at all.
  return quietUntil(at, { zone, quietHours }) ?? at.toUTC();
}
