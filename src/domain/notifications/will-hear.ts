import type { DateTime } from 'luxon';
import type { EventId } from '../ids.js';
import { zoneOfMember } from '../members/location.js';
import type { Member } from '../members/member.js';
import type { Repositories } from '../repositories.js';
import type { Choices } from './choices.js';
import { replannedAt } from './digest-planning.js';
import { nextDigestAt } from './digest-times.js';
import { chosenReminders, type Goer, isReminded } from './goer.js';
import type { Awaited } from './goers-repository.js';
import { endOfQuietHours } from './quiet-hours.js';
import { reminderAt, remindersAhead } from './reminders.js';

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
  { news, goers }: Pick<Repositories, 'news' | 'goers'>,
  member: Member,
  choices: Choices,
  now: DateTime,
): Promise<WillHear> {
  if (member.stoppedAt) return { isStopped: true, digest: undefined, reminder: undefined };
  const at = digestAt(member, choices, now);
  const awaited = await goers.listAwaited(member.id, now);
  return {
    isStopped: false,
    digest: at && { at, events: await news.count(member.id, at) },
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
  awaited: readonly Awaited[],
  member: Member,
  choices: Choices,
  now: DateTime,
): NextReminder | undefined {
  const all = awaited.flatMap(({ event, goer }) => {
    if (!isReminded(goer)) return [];
    return remindersAhead(event.startsAt, chosenReminders(goer), now).flatMap((reminder) => {
      const at = sentAt(reminderAt(reminder, event.startsAt), goer, member, choices);
      return at < event.startsAt ? [{ at, event }] : [];
    });
  });
  return all.sort((one, other) => one.at.toMillis() - other.at.toMillis())[0];
}

/** Quiet hours hold all reminders but those of events the member said they go to (product.md section 6). */
function sentAt(at: DateTime, { response }: Goer, member: Member, { quietHours }: Choices): DateTime {
  return response === 'going' || !quietHours ? at : endOfQuietHours(at, zoneOfMember(member), quietHours);
}
