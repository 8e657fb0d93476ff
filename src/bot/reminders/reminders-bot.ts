import { AboutChange, CHANGE_NOTICE } from '../../domain/notifications/change-notices.js';
import type { GoersService } from '../../domain/notifications/goers-service.js';
import { AboutReminder, REMINDER } from '../../domain/notifications/reminders.js';
import { onDelivery } from '../deliveries.js';
import { timeReaderOf } from '../events/event-times.js';
import type { BotModule } from '../registry.js';
import { changeView, reminderView } from './reminder-views.js';

/** What those are told who go to an event: that it comes near, and that it changed. */
export function remindersBot({ goers }: { goers: GoersService }): BotModule {
  return {
    messages: [
      onDelivery(REMINDER, AboutReminder, async (recipient, about) => {
        const told = await goers.toRemind(about, recipient.memberId);
        return told && reminderView(told, about.reminder, timeReaderOf(recipient));
      }),
      onDelivery(CHANGE_NOTICE, AboutChange, async (recipient, about) => {
        const told = await goers.toTell(about, recipient.memberId);
        return told && changeView(told, timeReaderOf(recipient));
      }),
    ],
  };
}
