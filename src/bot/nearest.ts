import { distance } from 'fastest-levenshtein';

/** The name that was most likely meant: at most two letters off, or one in three of a longer name. */
export function nearest(typed: string, names: readonly string[]): string | undefined {
  const asked = typed.toLowerCase();
  const scored = names.map((name) => ({ name, off: distance(asked, name) })).sort((one, other) => one.off - other.off);
  const [best] = scored;
  return best && best.off <= Math.max(2, Math.floor(best.name.length / 3)) && best.off < best.name.length
    ? best.name
    : undefined;
}
