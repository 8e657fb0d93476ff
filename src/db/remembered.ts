import { LRUCache } from 'lru-cache';

/** Look-ups of one kind that are remembered at once; the least recently used make room. */
const MOST_REMEMBERED = 10_000;

/**
 * A look-up that is answered from memory for as long as nobody has written to the database: no other process, and not
 * this one. Every command asks who is acting; between two writes the answer is the same.
 *
 * What was read while something was written is not remembered, so a memory is never older than the stamp it is kept
 * under. Those who ask share the value, so it must not be changed.
 *
 * @param stamp differs after every write, also one that is not yet committed.
 */
export function remembered<Args extends unknown[], Result>(
  stamp: () => string,
  keyOf: (...args: Args) => string,
  lookUp: (...args: Args) => Promise<Result>,
): (...args: Args) => Promise<Result> {
  const known = new LRUCache<string, { result: Result }>({ max: MOST_REMEMBERED });
  let knownAt = '';
  return async (...args) => {
    const askedAt = stamp();
    if (askedAt !== knownAt) {
      known.clear();
      knownAt = askedAt;
    }
    const key = keyOf(...args);
    const already = known.get(key);
    if (already) return already.result;
    const result = await lookUp(...args);
    if (stamp() === knownAt && askedAt === knownAt) known.set(key, { result });
    return result;
  };
}
