import type { Clock } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import { visibleRow } from '../events/events-service.js';
import type { ResponseValue } from '../events/response.js';
import type { EventId, MemberId } from '../ids.js';
import type { Rights } from '../orgs/rights.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { REMINDERS, type Reminder } from './choices.js';
import { isReminded } from './goer.js';
import { remindersAhead } from './reminders.js';

/** How a member is reminded of one event. */
export interface EventReminders {
  event: Event;
  response: ResponseValue | undefined;
  /** Chosen for this event, else the usual ones; the longest first. */
  reminders: Reminder[];
  /** Whether they were chosen for this event. */
  isOwn: boolean;
  /** Those of them whose moment is still ahead. */
  ahead: Reminder[];
  /** Those that could still be chosen. */
  possible: Reminder[];
  /**
   * They are only interested, and hear of nothing new in this org: their usual reminders do not come, those chosen for
   * this event do.
   */
  isLeftAlone: boolean;
  /** They said `stop`: none is sent, whatever is chosen. */
  isStopped: boolean;
}

/** A member's rights. */
type OwnRights = Rights & { memberId: MemberId };

export type EventRemindersService = ReturnType<typeof createEventRemindersService>;

/** Reminders that members choose for one event, over their usual ones. */
export function createEventRemindersService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** How the member is reminded of an event. @throws DomainError `events.gone` if they may not see it. */
    async remindersFor(eventId: EventId, rights: OwnRights): Promise<EventReminders> {
      return inTransaction((repositories) => remindersOf(repositories, eventId, rights, clock), { isReadOnly: true });
    },

    /**
     * Chooses the reminders of one event; none of them for none at all, `usual` for those of all events. Safe to repeat.
     *
     * @throws DomainError `events.gone` if the member may not see it.
     */
    async choose(
      eventId: EventId,
      reminders: readonly Reminder[] | 'usual',
      rights: OwnRights,
    ): Promise<EventReminders> {
      return inTransaction(async (repositories) => {
        await visibleRow(repositories, eventId, rights);
        const { choices } = repositories;
        if (reminders === 'usual') await choices.clearEventReminders(eventId, rights.memberId);
        else await choices.saveEventReminders(eventId, rights.memberId, reminders);
        return remindersOf(repositories, eventId, rights, clock);
      });
    },
  };
}

async function remindersOf(
  repositories: Repositories,
  eventId: EventId,
  rights: OwnRights,
  clock: Clock,
): Promise<EventReminders> {
  const { choices, members, goers } = repositories;
  const { event, response } = await visibleRow(repositories, eventId, rights);
  const own = await choices.findEventReminders(eventId, rights.memberId);
  const reminders = own ?? (await choices.get(rights.memberId)).reminders;
  const goer = await goers.find(eventId, rights.memberId);
  const now = clock.now();
  return {
    event,
    response,
    reminders,
    isOwn: own !== undefined,
    ahead: remindersAhead(event.startsAt, reminders, now),
    possible: remindersAhead(event.startsAt, REMINDERS, now),
    isLeftAlone: goer !== undefined && !isReminded(goer),
    isStopped: (await members.get(rights.memberId)).stoppedAt !== undefined,
  };
}
