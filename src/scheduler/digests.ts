import { countWords } from '../bot/numbers.js';
import type { DigestPlanner } from '../domain/notifications/digest-planner.js';
import type { Job } from './job.js';

/** Plans each member's digest when their own hour comes. */
export function digestsJob({ digests }: { digests: DigestPlanner }): Job {
  return {
    name: 'digests',
    does: 'plans daily and weekly digests at each member’s own hour',
    async nextDue(lastRunAt, now) {
      const next = await digests.nextDueAt();
      // Before its first run it is due, and not late: members may have waited since before there were digests.
      return next && !lastRunAt && next < now ? now : next;
    },
    async run(now, signal) {
      const { looked, planned } = await digests.plan(now, signal);
      return `${countWords(planned, 'digest')} planned for ${countWords(looked, 'member')} whose hour came`;
    },
  };
}
