import { countryName } from '../../domain/places/city.js';
import { findCountry } from '../../domain/places/countries.js';
import { placeKey } from '../../domain/places/place-key.js';

/** A place as somebody wrote it: the key of its name, and of the region or country behind it. */
export interface AskedPlace {
  key: string;
  qualifiers: string[];
}

/** Most words at the end that may be a region or country written without a comma, as in "Cambridge United Kingdom". */
const MOST_WORDS_BEHIND = 3;

/** Fewest letters by which the beginning of a region stands for it: "Mass", but not "Ma", in "Cambridge, Mass". */
const LEAST_OF_A_REGION = 3;

/** Reads "Cambridge, Massachusetts, US". */
export function readPlace(text: string): AskedPlace {
  const [name = '', ...rest] = text.split(',');
  return { key: placeKey(name), qualifiers: rest.map(placeKey).filter((part) => part !== '') };
}

/** The ways to read a name without commas as a name with a region or country behind it: "paris texas". */
export function endingAsQualifier(key: string): AskedPlace[] {
  const words = key.split(' ');
  const most = Math.min(MOST_WORDS_BEHIND, words.length - 1);
  return Array.from({ length: Math.max(0, most) }, (_, index) => {
    const cut = words.length - 1 - index;
    return { key: words.slice(0, cut).join(' '), qualifiers: [words.slice(cut).join(' ')] };
  });
}

/** Whether a place lies where it was said to; `begun` takes a qualifier that is still being typed. */
export function passesQualifiers(
  place: { country: string; region_keys: string },
  qualifiers: readonly string[],
  state: 'written' | 'begun' = 'written',
): boolean {
  return qualifiers.every((qualifier) => {
    if (findCountry(qualifier) === place.country) return true;
    const isBegun = state === 'begun' || qualifier.length >= LEAST_OF_A_REGION;
    const named = place.region_keys.split('|').filter((name) => name !== '');
    if (named.some((name) => name === qualifier || (isBegun && name.startsWith(qualifier)))) return true;
    return state === 'begun' && placeKey(countryName(place.country)).startsWith(qualifier);
  });
}
