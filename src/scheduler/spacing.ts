import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

/** Conversations of which it is remembered when they were last written to; a second matters, so the latest do. */
const MOST_CONVERSATIONS = 10_000;

/**
 * Keeps messages into one conversation apart: writes once the least time has passed since the answer to the one before,
 * as nobody knows when before that it got there.
 */
export function createSpacing() {
  const answeredMs = new LRUCache<string, number>({ max: MOST_CONVERSATIONS });
  return async <Result>(conversation: string, leastMs: number, write: () => Promise<Result>): Promise<Result> => {
    if (leastMs === 0) return write();
    const waitMs = (answeredMs.get(conversation) ?? Number.NEGATIVE_INFINITY) + leastMs - performance.now();
    if (waitMs > 0) await wait(waitMs);
    try {
      return await write();
    } finally {
      answeredMs.set(conversation, performance.now());
    }
  };
}
