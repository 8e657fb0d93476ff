import type { DateTime } from 'luxon';
import { countWords } from '../bot/numbers.js';
import type { Dispatcher } from './dispatcher.js';
import type { Job } from './job.js';

/**
 * Sends what is due at the clock's present, which a run by hand may have moved ahead. It has no schedule: the process
 * that runs looks by itself, every few seconds.
 */
export function dispatchJob(parts: {
  dispatcher: Pick<Dispatcher, 'run'>;
  /** Makes deliveries of the mailings that are due. */
  fanOut: (now: DateTime, signal: AbortSignal) => Promise<number>;
  countDue: (now: DateTime) => Promise<number>;
}): Job {
  return {
    name: 'dispatch',
    does: 'sends what is due; the running process does so by itself',
    nextDue: () => undefined,
    async run(now, signal) {
      await parts.fanOut(now, signal);
      const sent = await parts.dispatcher.run();
      const due = await parts.countDue(now);
      return `${countWords(sent, 'message')} sent${due === 0 ? '' : `, ${due} left for another try`}`;
    },
  };
}
