import { AboutChange, CHANGE_NOTICE } from '../../domain/notifications/change-notices.js';
import type { GoersService } from '../../domain/notifications/goers-service.js';
import { AboutReminder, REMINDER } from '../../domain/notifications/reminders.js';
import { onUnasked } from '../deliveries.js';
import { timeReaderOf } from '../events/event-times.js';
import type { BotModule } from '../registry.js';
import { changeView, reminderView } from './reminder-views.js';

/** What those are told who go to an event: that it comes near, and that it changed. */
export function remindersBot({ goers }: { goers: GoersService }): BotModule {
  return {
    messages: [
      onUnasked(REMINDER, AboutReminder, {
        // Only those of events that one said to go to wait for nothing.
        urgency: async ({ memberId }, { event }) => ((await goers.isGoing(event, memberId)) ? 'reminder' : 'usual'),
        async view(recipient, about) {
          const told = await goers.toRemind(about, recipient.memberId);
          return told && reminderView(told, about.reminder, timeReaderOf(recipient));
        },
      }),
      onUnasked(CHANGE_NOTICE, AboutChange, {
        async view(recipient, about) {
          const told = await goers.toTell(about, recipient.memberId);
          return told && changeView(told, timeReaderOf(recipient));
        },
      }),
    ],
  };
}
