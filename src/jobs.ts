import type { Services } from './bot/rollcall-bot.js';
import type { CalendarServices } from './calendar-services.js';
import type { Database } from './db/database.js';
import { dropOldTexts } from './db/kept-texts.js';
import type { DigestPlanner } from './domain/notifications/digest-planner.js';
import type { MailingService } from './domain/notifications/mailing-service.js';
import type { OutboxService } from './domain/notifications/outbox-service.js';
import { attendancePromptsJob } from './scheduler/attendance-prompts.js';
import { digestsJob } from './scheduler/digests.js';
import { dispatchJob } from './scheduler/dispatch-job.js';
import type { Dispatcher } from './scheduler/dispatcher.js';
import type { Job } from './scheduler/job.js';
import { lumaSyncJob } from './scheduler/luma-sync.js';
import { mailingsJob } from './scheduler/mailings.js';
import { maintenanceJob } from './scheduler/maintenance.js';
import { remindersJob } from './scheduler/reminders.js';

/** Every job of the product, for the scheduler and for `rollcall job` alike; product.md section 11. */
export function createJobs(parts: {
  database: Database;
  services: Pick<Services, 'links' | 'goers' | 'news' | 'prompts'> &
    Pick<CalendarServices, 'syncs'> & { mailings: MailingService; digests: DigestPlanner; outbox: OutboxService };
  dispatcher: Pick<Dispatcher, 'run'>;
}): Job[] {
  const { database, services, dispatcher } = parts;
  return [
    lumaSyncJob(services),
    remindersJob(services),
    attendancePromptsJob(services),
    mailingsJob(services),
    digestsJob(services),
    dispatchJob({
      dispatcher,
      fanOut: (now, signal) => services.mailings.fanOut(now, signal),
      countDue: (now) =>
        database.inTransaction(async ({ deliveries }) => (await deliveries.counts(now)).due, { isReadOnly: true }),
    }),
    maintenanceJob({
      dropOldTexts: (now) => dropOldTexts(database.connection, now),
      dropOldCodes: (now) => services.links.dropOldCodes(now),
      pruneOutbox: (now) => services.outbox.prune(now),
      async dropOldNews(now) {
        await services.news.prune(now);
        await services.mailings.prune(now);
      },
      tend: () => database.tend(),
    }),
  ];
}
