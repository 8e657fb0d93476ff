import type { DateTime } from 'luxon';
import type { EventId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Member } from '../members/member.js';
import type { Repositories } from '../repositories.js';
import { type Choices, REMINDER_HOURS, type Reminder } from './choices.js';
import type { AwaitedEvent } from './choices-repository.js';
import { replannedAt } from './digest-planning.js';
import { nextDigestAt } from './digest-times.js';
import { endOfQuietHours } from './quiet-hours.js';

/** What a member is told next, as things stand. */
export interface WillHear {
  /** They said `stop`: nothing comes unasked, whatever else is chosen. */
  isStopped: boolean;
  digest: { at: DateTime; events: number } | undefined;
  reminder: NextReminder | undefined;
}

/** The next reminder of one event. */
export interface NextReminder {
  at: DateTime;
  event: { id: EventId; title: string; startsAt: DateTime };
}

/** Reckons what a member hears next. A digest's events are those that are still ahead when it goes out. */
export async function willHear(
  { choices: stored }: Pick<Repositories, 'choices'>,
  member: Member,
  choices: Choices,
  now: DateTime,
): Promise<WillHear> {
  if (member.stoppedAt) return { isStopped: true, digest: undefined, reminder: undefined };
  const at = digestAt(member, choices, now);
  const awaited = await stored.listAwaited(member.id, now);
  return {
    isStopped: false,
    digest: at && { at, events: await stored.countUntold(member.id, { after: at, types: choices.types }) },
    reminder: nextReminder(awaited, member, choices, now),
  };
}

/** When the next digest goes out: at its hour, or when quiet hours end. */
function digestAt(member: Member, choices: Choices, now: DateTime): DateTime | undefined {
  const zone = zoneOfMember(member);
  const planned = replannedAt(member, choices, now);
  const next = planned && planned <= now ? nextDigestAt(choices.frequency, zone, now) : planned;
  return next && choices.quietHours ? endOfQuietHours(next, zone, choices.quietHours) : next;
}

function nextReminder(
  awaited: readonly AwaitedEvent[],
  member: Member,
  choices: Choices,
  now: DateTime,
): NextReminder | undefined {
  const all = awaited.flatMap((event) =>
    remindersAhead(event.startsAt, event.reminders ?? choices.reminders, now).flatMap((reminder) => {
      const at = sentAt(reminderAt(event.startsAt, reminder), event, member, choices);
      return at < event.startsAt ? [{ at, event }] : [];
    }),
  );
  return all.sort((one, other) => one.at.toMillis() - other.at.toMillis())[0];
}

/** Quiet hours hold all reminders but those of events the member said they go to (product.md section 6). */
function sentAt(at: DateTime, { response }: AwaitedEvent, member: Member, { quietHours }: Choices): DateTime {
  return response === 'going' || !quietHours ? at : endOfQuietHours(at, zoneOfMember(member), quietHours);
}

/** When an event's reminder is due. */
export function reminderAt(startsAt: DateTime, reminder: Reminder): DateTime {
  return startsAt.minus({ hours: REMINDER_HOURS[reminder] });
}

/** Those reminders whose moment is still ahead, the first to come first. */
export function remindersAhead(startsAt: DateTime, reminders: readonly Reminder[], now: DateTime): Reminder[] {
  return reminders.filter((reminder) => reminderAt(startsAt, reminder) > now);
}
