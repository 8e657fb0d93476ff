import type { GoersService } from '../domain/notifications/goers-service.js';
import type { Job } from './job.js';

/** Plans the reminders whose time has come; product.md section 6. */
export function remindersJob({ goers }: { goers: Pick<GoersService, 'planReminders' | 'nextReminderAt'> }): Job {
  return {
    name: 'reminders',
    does: 'reminds those who go to events, at the times they chose',
    nextDue: (_lastRunAt, now) => goers.nextReminderAt(now),
    async run(now) {
      const planned = await goers.planReminders(now);
      return planned === 0 ? 'no reminder was due' : `${planned} reminders of events planned`;
    },
  };
}
