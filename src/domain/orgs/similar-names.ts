import { distance } from 'fastest-levenshtein';
import { plainKey } from '../places/place-key.js';

/** Letters for each of which one may differ. */
const LETTERS_A_SLIP = 6;

/**
 * Whether one name is so like another that people would take them for the same: equal but for accents, case and
 * punctuation, or a slip of the finger in every six letters away.
 */
export function areAlike(one: string, other: string): boolean {
  const [first, second] = [plainKey(one), plainKey(other)];
  if (first === '' || second === '') return one.trim() === other.trim();
  const slips = Math.floor(Math.min(first.length, second.length) / LETTERS_A_SLIP);
  // Too different in length to be alike, which is quickly seen.
  if (Math.abs(first.length - second.length) > slips) return false;
  return first === second || (slips > 0 && distance(first, second) <= slips);
}
