import { REMINDERS } from '../../domain/notifications/choices.js';
import type { EventRemindersService } from '../../domain/notifications/event-reminders-service.js';
import { onAction } from '../actions.js';
import { type MemberActor, rightsOf } from '../actor.js';
import type { BotModule } from '../registry.js';
import { replace, show } from '../reply.js';
import * as actions from './event-reminders-actions.js';
import { eventRemindersView } from './event-reminders-views.js';

/** The reminders that a member chooses for one event, over their usual ones. */
export function eventRemindersBot({ eventReminders }: { eventReminders: EventRemindersService }): BotModule {
  return {
    actions: [
      onAction(actions.changeReminders, async (actor, { event }) =>
        show(eventRemindersView(await eventReminders.remindersFor(event, ownRights(actor)))),
      ),
      onAction(actions.chooseReminders, async (actor, { event }, chosen) => {
        const reminders = REMINDERS.filter((one) => chosen.includes(one));
        return replace(eventRemindersView(await eventReminders.choose(event, reminders, ownRights(actor))));
      }),
      onAction(actions.usualReminders, async (actor, { event }) =>
        replace(eventRemindersView(await eventReminders.choose(event, 'usual', ownRights(actor)))),
      ),
    ],
  };
}

/** A member's rights, with who they are. */
export const ownRights = (actor: MemberActor) => ({ ...rightsOf(actor), memberId: actor.memberId });
