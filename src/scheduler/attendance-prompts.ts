import { countWords } from '../bot/numbers.js';
import type { PromptsService } from '../domain/attendance/prompts-service.js';
import type { Job } from './job.js';

/** Asks who came to what has ended; product.md section 7. */
export function attendancePromptsJob({ prompts }: { prompts: Pick<PromptsService, 'plan' | 'nextDueAt'> }): Job {
  return {
    name: 'attendance-prompts',
    does: 'asks who came to what has ended, and plans recaps',
    nextDue: (_lastRunAt, now) => prompts.nextDueAt(now),
    async run(now) {
      const events = await prompts.plan(now);
      return events === 0 ? 'nothing had ended' : `asked about ${countWords(events, 'event')}`;
    },
  };
}
