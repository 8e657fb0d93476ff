import type { DateTime } from 'luxon';
import type { EventResponse } from '../events/response.js';
import type { MemberId } from '../ids.js';
import type { Frequency, Reminder } from './choices.js';
import { isTimely, reminderAt } from './reminders.js';

/** A member who goes to an event or thinks of it, by their own word or lu.ma's guest list, with what they want to hear. */
export interface Goer {
  memberId: MemberId;
  response: 'going' | 'interested';
  source: EventResponse['source'];
  respondedAt: DateTime;
  frequency: Frequency;
  /** What they chose for all events. */
  reminders: readonly Reminder[];
  /** What they chose for this one instead. */
  ownReminders: readonly Reminder[] | undefined;
  /** They muted the event's org. */
  isMuted: boolean;
}

/** The reminders that somebody wants of this event. */
export function chosenReminders({ reminders, ownReminders }: Goer): readonly Reminder[] {
  return ownReminders ?? reminders;
}

/**
 * Whether somebody is reminded of the event at all. Being told no new events, or none of this org, does not stop the
 * reminders of what one goes to; of what one only thinks of it does, unless they were chosen for this very event
 * (product.md section 12).
 */
export function isReminded(goer: Goer): boolean {
  return goer.response === 'going' || goer.ownReminders !== undefined || !isLeftAlone(goer);
}

/** Whether somebody is to be reminded now. Who answered after a reminder's time gets only the later ones. */
export function wantsReminder(goer: Goer, reminder: Reminder, startsAt: DateTime, now: DateTime): boolean {
  if (goer.respondedAt > reminderAt(reminder, startsAt)) return false;
  if (!isTimely(reminder, chosenReminders(goer), startsAt, now)) return false;
  return isReminded(goer);
}

/**
 * Whether somebody is to be told that an event changed or was called off. Those who go are, unless they want neither new
 * events nor reminders.
 */
export function wantsNotice(goer: Goer): boolean {
  if (!isLeftAlone(goer)) return true;
  return goer.response === 'going' && chosenReminders(goer).length > 0;
}

function isLeftAlone({ frequency, isMuted }: Goer): boolean {
  return isMuted || frequency === 'none';
}
