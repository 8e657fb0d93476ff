import { LRUCache } from 'lru-cache';

/** Discord delivers an event "0, 1 or N times" (reference, "Consistency"); the first one counts. */
export interface Recent {
  /** Whether this id came before; from now on it did. */
  hasSeen(id: string): boolean;
}

const MOST_KEPT = 10_000;
/** As long as an interaction's token lives. */
const KEPT_MS = 15 * 60_000;

export function createRecent(): Recent {
  const seen = new LRUCache<string, true>({ max: MOST_KEPT, ttl: KEPT_MS, ttlResolution: 1000 });
  return {
    hasSeen(id) {
      if (seen.has(id)) return true;
      seen.set(id, true);
      return false;
    },
  };
}
