import { countWords } from '../bot/numbers.js';
import type { MailingService } from '../domain/notifications/mailing-service.js';
import type { Job } from './job.js';

/** Makes a delivery for each of the many who are due the same message; the process that runs is woken for it at once. */
export function mailingsJob({ mailings }: { mailings: Pick<MailingService, 'nextDueAt' | 'fanOut'> }): Job {
  return {
    name: 'mailings',
    does: 'makes deliveries of messages that many are due',
    nextDue: () => mailings.nextDueAt(),
    async run(now, signal) {
      return `${countWords(await mailings.fanOut(now, signal), 'delivery', 'deliveries')} planned`;
    },
  };
}
