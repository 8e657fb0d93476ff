import type { DateTime } from 'luxon';
import { dailyAt, type Job } from './job.js';

/** Daily upkeep, in the small hours (UTC): drops what is no longer needed, and tends the database file. */
export function maintenanceJob(parts: {
  dropOldTexts: (now: DateTime) => Promise<number>;
  dropOldCodes: (now: DateTime) => Promise<void>;
  pruneOutbox: (now: DateTime) => Promise<number>;
  dropOldNews: (now: DateTime) => Promise<void>;
  tend: () => Promise<void>;
}): Job {
  return {
    name: 'maintenance',
    does: 'drops what is no longer needed, and tends the database file',
    nextDue: dailyAt(3),
    async run(now) {
      const dropped = await parts.dropOldTexts(now);
      await parts.dropOldCodes(now);
      const pruned = await parts.pruneOutbox(now);
      await parts.dropOldNews(now);
      await parts.tend();
      return `${dropped} old button texts and ${pruned} old deliveries dropped`;
    },
  };
}
