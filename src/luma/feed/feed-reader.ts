import PQueue from 'p-queue';
import { SourceProblem } from '../../domain/events/event-source.js';
import { createOwnThread } from '../../shared/own-thread.js';
import { type FeedCalendar, type FeedTask, TOO_MANY } from './feed-task.js';

/** How long one feed may take; the largest that we read takes a few seconds. In milliseconds. */
const READ_WITHIN_MS = 20_000;

export type FeedReader = ReturnType<typeof createFeedReader>;

/**
 * Reads feeds in a thread of their own, one after another: a large one takes seconds, and a hostile rule can keep its
 * reader busy until it is stopped.
 */
export function createFeedReader({ mostMs = READ_WITHIN_MS } = {}) {
  const thread = createOwnThread<FeedTask, FeedCalendar>({
    program: 'luma/feed/feed-worker',
    mostMs,
  });
  // One at a time is handed over, so that a feed's time runs from when it is read.
  const turns = new PQueue({ concurrency: 1 });
  return {
    /** @throws SourceProblem `bad-answer` when it is no calendar, or takes too long; `too-large`. */
    async read(task: FeedTask): Promise<FeedCalendar> {
      try {
        return await turns.add(() => thread.run(task));
      } catch (error) {
        const isTooLarge = error instanceof Error && error.message === TOO_MANY;
        throw new SourceProblem(isTooLarge ? 'too-large' : 'bad-answer');
      }
    },
    close: () => thread.close(),
  };
}
