import { distance as slipsBetween } from 'fastest-levenshtein';
import { fold } from '../../shared/fold.js';
import type { MemberId } from '../ids.js';
import { type City, countryName } from '../places/city.js';
import type { OrgCity } from './discovery-repository.js';
import type { FoundOrg, OrgSummary, Page } from './org.js';

/** Words of a query that are looked at. */
const MOST_WORDS = 8;

/** The words of a query, folded, as they are searched for. */
export function wordsOf(query: string | undefined): string[] {
  const words = fold(query ?? '').split(/[\s\-–—,;:/()[\]"“”„«»]+/u);
  return words.filter((word) => word !== '').slice(0, MOST_WORDS);
}

/** A city with orgs, and how far away it is. */
export interface CityAway extends OrgCity {
  distanceKm: number;
}

/** Somebody who looks at the directory. */
export interface Reader {
  memberId: MemberId | undefined;
  /** Where they are, for the distances; only what they have turned on. */
  city: City | undefined;
}

/** What `/orgs browse` comes to. */
export type Browsed =
  | { kind: 'found'; page: Page<FoundOrg>; how: HowFound; around: City | undefined }
  /**
   * Nothing has these words or is there. `closest` are the nearest cities that have orgs, if a place was named;
   * `meant` are places whose name is a slip of the finger away, if it was none.
   */
  | { kind: 'nothing'; around: City | undefined; closest: CityAway[]; meant: City[] }
  /** The place to look around could be several; or it is not known, and these are the nearest names. */
  | { kind: 'which-place'; asked: string; isKnown: boolean; candidates: City[] };

/**
 * - `as-asked`: all that pass the filter, by how well the name fits, then by size;
 * - `near`: those within 100 km of the place that was named, the nearest first; `far`: the nearest beyond;
 * - `alike`: nothing has these words, but these have words like them.
 */
export type HowFound = 'as-asked' | 'near' | 'far' | 'alike';

/** Orgs suggested to a member, with why they are these. */
export interface Nearby {
  /** `off`: the member has not turned location on; `no-city`: they have, and told no city. */
  location: 'off' | 'no-city' | 'on';
  /** The member's own city, while location is on. */
  city: City | undefined;
  /** Whether the member's city is stored; it is used for nothing while location is off. */
  hasCity: boolean;
  /** Local orgs are within 100 km (`near`), or only within 500 km (`far`). */
  reach: 'near' | 'far';
  local: FoundOrg[];
  global: OrgSummary[];
}

/** How many slips of the finger a word may be away; short words are taken as they are. */
function slipsFor(word: string): number {
  return word.length < 4 ? 0 : Math.ceil(word.length / 4);
}

/**
 * Those of the orgs whose name, place or languages have words like the ones asked for, the most alike first. At least
 * half of the words must be found again.
 */
export function mostAlike(orgs: readonly OrgSummary[], words: readonly string[], most: number): OrgSummary[] {
  return orgs
    .map((summary) => ({ summary, ...likeness(summary, words) }))
    .filter(({ missing }) => missing * 2 <= words.length && missing < words.length)
    .sort((one, other) => one.missing - other.missing || one.slips - other.slips)
    .slice(0, most)
    .map(({ summary }) => summary);
}

function likeness({ org }: OrgSummary, words: readonly string[]): { missing: number; slips: number } {
  const place = org.city ? `${org.city.name} ${countryName(org.city.country)}` : '';
  const own = wordsIn(`${org.name} ${org.slug} ${place}`);
  const asked = words.join('');
  const inOne = slipsBetween(asked, wordsIn(org.name).join(''));
  if (inOne <= slipsFor(asked)) return { missing: 0, slips: inOne };
  const slips = words.map((word) => {
    const least = Math.min(...own.map((one) => slipsBetween(word, one)));
    return least <= slipsFor(word) ? least : undefined;
  });
  const found = slips.filter((count) => count !== undefined);
  return { missing: words.length - found.length, slips: found.reduce((sum, count) => sum + count, 0) };
}

function wordsIn(text: string): string[] {
  return fold(text)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
}
