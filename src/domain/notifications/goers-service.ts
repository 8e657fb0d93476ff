import type { DateTime } from 'luxon';
import { type Clock, fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import type { EventHost } from '../events/listed-event.js';
import { personalLinkTo } from '../events/personal-links.js';
import type { EventId, MemberId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type AboutChange, type Difference, differenceFor } from './change-notices.js';
import { REMINDER_HOURS, REMINDERS, type Reminder } from './choices.js';
import { startKnownSince } from './event-past.js';
import { type Goer, wantsNotice, wantsReminder } from './goer.js';
import type { Shown, Upcoming } from './goers-repository.js';
import { type AboutReminder, REMINDER, reminderAt, reminderOccasion } from './reminders.js';

/** An event as a message to somebody who goes there tells it. */
export interface GoersEvent {
  event: Event;
  org: EventHost;
  goer: Goer;
  /** For this member alone. */
  personalUrl: string | undefined;
  now: DateTime;
}

export type GoersService = ReturnType<typeof createGoersService>;

/** What those are told who go to an event, or think of it: that it comes near, and that it changed. */
export function createGoersService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const told = async (repositories: Repositories, event: Event, goer: Goer): Promise<GoersEvent | undefined> => {
    const org = await repositories.orgs.find(event.orgId);
    if (!org || org.isHidden) return undefined;
    const now = clock.now();
    const personalUrl = await personalLinkTo(repositories.personalLinks, event, goer.memberId, now);
    return { event, org, goer, personalUrl, now };
  };

  return {
    /**
     * Plans each reminder whose time has come, also late; safe to repeat. What an event brought with it when it was first
     * seen or moved, because so little time was left, is not made up for.
     *
     * @returns how many reminders of events were planned.
     */
    async planReminders(now: DateTime): Promise<number> {
      return inTransaction(async (repositories) => {
        const due = await listDue(repositories, now);
        for (const { event, reminder } of due) {
          const payload = { event: event.id, reminder, startsAt: toInstantText(event.startsAt) };
          await repositories.mailings.plan({
            occasion: reminderOccasion(event.id, reminder, event.startsAt),
            kind: REMINDER,
            eventId: event.id,
            payload,
            dueAt: now,
          });
        }
        return due.length;
      });
    },

    /** When a reminder of any event is due next, or was and is not planned yet. */
    async nextReminderAt(now: DateTime): Promise<DateTime | undefined> {
      return inTransaction(
        async (repositories) => {
          const due = (await listDue(repositories, now)).map(({ at }) => at);
          const starts = due.length > 0 ? [] : await nextStarts(repositories, now);
          const [first] = [...due, ...starts].sort((one, other) => one.toMillis() - other.toMillis());
          return first;
        },
        { isReadOnly: true },
      );
    },

    /** Whether a member goes to an event, by their own word or lu.ma's. */
    async isGoing(eventId: EventId, memberId: MemberId): Promise<boolean> {
      const goer = await inTransaction(({ goers }) => goers.find(eventId, memberId), { isReadOnly: true });
      return goer?.response === 'going';
    },

    /** An event that a member is to be reminded of; nothing when it moved, was called off, or they want none of it. */
    async toRemind({ event: id, reminder, startsAt }: AboutReminder, memberId: MemberId) {
      return inTransaction(async (repositories): Promise<GoersEvent | undefined> => {
        const event = await repositories.events.find(id);
        const goer = await repositories.goers.find(id, memberId);
        if (!event || !goer || event.state !== 'on' || toInstantText(event.startsAt) !== startsAt) return undefined;
        return wantsReminder(goer, reminder, event.startsAt, clock.now()) ? told(repositories, event, goer) : undefined;
      });
    },

    /**
     * How an event differs from what a member knows. Of several notices that wait the last one tells it all, so that of
     * each that was sent it is certain how things stood.
     */
    async toTell({ event: id, at }: AboutChange, memberId: MemberId) {
      return inTransaction(async (repositories): Promise<(GoersEvent & Difference) | undefined> => {
        const { events, goers } = repositories;
        const event = await events.find(id);
        const goer = await goers.find(id, memberId);
        if (!event || !goer || !wantsNotice(goer) || (await isSuperseded(repositories, { event: id, at }))) return;
        const past = (await goers.listPast([id])).get(id) ?? [];
        const difference = firstDifference(await goers.listShown(id, memberId), (toldAt) =>
          differenceFor(goer, event, { past, toldAt, now: clock.now() }),
        );
        const words = difference && (await told(repositories, event, goer));
        return words && { ...words, ...difference };
      });
    },
  };
}

/**
 * How things differ from what a member was told last, or else from what they may have seen since: by a notice of which
 * nobody knows whether it went out, or by a reminder. It may all have been taken back by now, which they are to hear then.
 */
function firstDifference(
  shown: readonly Shown[],
  differenceSince: (toldAt: DateTime | undefined) => Difference | undefined,
): Difference | undefined {
  const newestFirst = [...shown].sort((one, other) => other.at.toMillis() - one.at.toMillis());
  const told = newestFirst.find(({ isNotice }) => isNotice);
  const perhapsSeen = told ? newestFirst.slice(0, newestFirst.indexOf(told)) : newestFirst;
  for (const at of [told?.at, ...perhapsSeen.map((one) => one.at)]) {
    const difference = differenceSince(at);
    if (difference) return difference;
  }
  return undefined;
}

async function isSuperseded({ goers }: Repositories, { event, at }: AboutChange): Promise<boolean> {
  const last = await goers.lastNoticeAt(event);
  return last !== undefined && last > fromInstantText(at);
}

interface DueReminder {
  event: Upcoming;
  reminder: Reminder;
  at: DateTime;
}

async function listDue({ goers }: Repositories, now: DateTime): Promise<DueReminder[]> {
  const due: DueReminder[] = [];
  for (const reminder of REMINDERS) {
    const events = await goers.listUnplanned(reminder, now);
    const past = await goers.listPast(events.map(({ id }) => id));
    for (const event of events) {
      const at = reminderAt(reminder, event.startsAt);
      if (at > startKnownSince(event, past.get(event.id) ?? [])) due.push({ event, reminder, at });
    }
  }
  return due;
}

async function nextStarts({ goers }: Repositories, now: DateTime): Promise<DateTime[]> {
  const next: DateTime[] = [];
  for (const reminder of REMINDERS) {
    // A start at the far end of the reminder's time is the first that is not due yet.
    const startsAt = await goers.nextStartAfter(now.plus({ hours: REMINDER_HOURS[reminder] }));
    if (startsAt) next.push(reminderAt(reminder, startsAt));
  }
  return next;
}
