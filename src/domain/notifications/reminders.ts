import type { DateTime } from 'luxon';
import { z } from 'zod';
import { toInstantText } from '../../shared/clock.js';
import { EventId } from '../ids.js';
import { REMINDER_HOURS, REMINDERS, Reminder } from './choices.js';

/** A message before an event to those who go to it, or think of it. */
export const REMINDER = 'notify.reminder';
/** `startsAt` is the start that it was planned for: an event that moved since has reminders of its own. */
export const AboutReminder = z.object({
  event: EventId,
  reminder: Reminder,
  startsAt: z.iso.datetime({ precision: 3 }),
});
export type AboutReminder = z.infer<typeof AboutReminder>;

/** When a reminder is due: on whole days, reckoned from the midnight in the event's zone with which the first begins. */
export function reminderAt(reminder: Reminder, startsAt: DateTime): DateTime {
  return startsAt.minus({ hours: REMINDER_HOURS[reminder] });
}

/** Those reminders whose moment is still ahead, in the order given. */
export function remindersAhead(startsAt: DateTime, reminders: readonly Reminder[], now: DateTime): Reminder[] {
  return reminders.filter((reminder) => reminderAt(reminder, startsAt) > now);
}

/**
 * Whether a reminder is to be sent at a moment, which may be late: its time has come, the event is still ahead, and the
 * next shorter one that this member chose is not due yet (product.md section 6).
 *
 * @param chosen all that the member wants of this event.
 */
export function isTimely(reminder: Reminder, chosen: readonly Reminder[], startsAt: DateTime, now: DateTime): boolean {
  if (!chosen.includes(reminder) || now >= startsAt || now < reminderAt(reminder, startsAt)) return false;
  return !shorterThan(reminder).some((shorter) => chosen.includes(shorter) && now >= reminderAt(shorter, startsAt));
}

/** The reminders that come after this one. */
export function shorterThan(reminder: Reminder): readonly Reminder[] {
  return REMINDERS.slice(REMINDERS.indexOf(reminder) + 1);
}

/** One for each reminder, event and start, so that an event which moves needs nothing planned anew. */
export function reminderOccasion(event: EventId, reminder: Reminder, startsAt: DateTime): string {
  return `reminder:${event}:${reminder}:${toInstantText(startsAt)}`;
}
