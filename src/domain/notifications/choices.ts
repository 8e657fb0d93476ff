import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { EventType } from '../events/event.js';
import type { MemberId } from '../ids.js';
import { type QuietHours, USUAL_QUIET_HOURS } from './quiet-hours.js';

/** How often somebody hears of new events; product.md section 6. `all`: of each lot as it is found. */
export const FREQUENCIES = ['all', 'daily', 'weekly', 'none'] as const;
export const Frequency = z.enum(FREQUENCIES);
export type Frequency = z.infer<typeof Frequency>;

/** How long before an event somebody is reminded, the longest first. */
export const REMINDERS = ['1w', '1d', '1h'] as const;
export const Reminder = z.enum(REMINDERS);
export type Reminder = z.infer<typeof Reminder>;

/** The same in hours. Reminders are reckoned on the clock of the world, so a day is 24 hours on clock changes too. */
export const REMINDER_HOURS: Readonly<Record<Reminder, number>> = { '1w': 7 * 24, '1d': 24, '1h': 1 };

/** What a member chose to hear and when. It is read when a message is sent, not when it was planned. */
export interface Choices {
  memberId: MemberId;
  frequency: Frequency;
  /** The longest first; none for somebody who wants no reminders. */
  reminders: Reminder[];
  /** Only these are told as new; nothing for all of them, also those that come later. */
  types: EventType[] | undefined;
  /** In the member's zone; nothing when they turned them off. */
  quietHours: QuietHours | undefined;
  /** When the next digest is looked at; nothing for those who get none. */
  nextDigestAt: DateTime | undefined;
  /** When a member without a zone was asked for it, which is done once. */
  zoneAskedAt: DateTime | undefined;
}

/** What holds until a member chooses otherwise: stored for everybody who agrees (product.md section 3, `/notify`). */
export const USUAL_CHOICES: Pick<Choices, 'frequency' | 'reminders' | 'types' | 'quietHours'> = {
  frequency: 'weekly',
  reminders: ['1d', '1h'],
  types: undefined,
  quietHours: USUAL_QUIET_HOURS,
};
