import { LRUCache } from 'lru-cache';
import { IANAZone } from 'luxon';

/** Asking `Intl` costs far more than remembering; the world has some 600 names, hostile feeds any number. */
const known = new LRUCache<string, string | false>({ max: 1_000 });

/** An IANA name, or nothing: Windows' names, offsets and inventions are none. */
export function ianaZone(name: string | null | undefined): string | undefined {
  if (!name || name.length > 60) return undefined;
  const before = known.get(name);
  if (before !== undefined) return before || undefined;
  // Etc/GMT+5 and the like are IANA names; "GMT+5" and "EST5EDT" would be taken for ones.
  const isName = (name === 'UTC' || name.includes('/')) && IANAZone.isValidZone(name);
  known.set(name, isName ? name : false);
  return isName ? name : undefined;
}
