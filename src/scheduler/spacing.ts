import { setTimeout as wait } from 'node:timers/promises';
import { LRUCache } from 'lru-cache';

/** Conversations of which it is remembered when they were last written to; a second matters, so the latest do. */
const MOST_CONVERSATIONS = 10_000;

/** Keeps messages into one conversation apart. Resolves when this one may be written to, which counts as writing to it. */
export function createSpacing(): (conversation: string, leastMs: number) => Promise<void> {
  const lastMs = new LRUCache<string, number>({ max: MOST_CONVERSATIONS });
  return async (conversation, leastMs) => {
    if (leastMs === 0) return;
    const nowMs = performance.now();
    const startMs = Math.max(nowMs, (lastMs.get(conversation) ?? Number.NEGATIVE_INFINITY) + leastMs);
    lastMs.set(conversation, startMs);
    if (startMs > nowMs) await wait(startMs - nowMs);
  };
}
