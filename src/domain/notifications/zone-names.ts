import { distance } from 'fastest-levenshtein';
import { IANAZone } from 'luxon';
import { fold } from '../../shared/fold.js';
import { cityText } from '../places/city.js';
import type { Places } from '../places/places.js';

/** The zones that are offered: of several names of one zone, the one that `Intl` prefers. */
const NAMES: readonly string[] = [...new Set([...Intl.supportedValuesOf('timeZone'), 'UTC'])];

const keyOf = (text: string): string => fold(text).replace(/[\s_]+/g, '_');
const byKey = new Map(NAMES.map((name) => [keyOf(name), name]));
/** The last part of a name is a city, such as `lisbon` of `Europe/Lisbon`. */
const lastOf = (key: string): string => key.slice(key.lastIndexOf('/') + 1);

/** The zone that somebody means, or some near ones, the nearest first. All are IANA names. */
export type ZoneMatch = { kind: 'found'; zone: string } | { kind: 'unknown'; nearest: string[] };

const MOST_NEAREST = 3;
const LONGEST_NAME = 60;

/**
 * The zone that somebody means by `Europe/Lisbon`, in any case and with spaces for underscores, or by a city. Offsets
 * and abbreviations are none: they do not know when the clocks change.
 */
export async function findZone(text: string, places: Places): Promise<ZoneMatch> {
  const written = text.trim();
  const key = keyOf(written);
  const known = byKey.get(key) ?? aliasOf(written);
  if (known) return { kind: 'found', zone: known };
  const cities = NAMES.filter((name) => lastOf(keyOf(name)) === key);
  const [only] = cities;
  if (only && cities.length === 1) return { kind: 'found', zone: only };
  const match = await places.resolve(written);
  if (match.kind === 'found') return { kind: 'found', zone: match.city.zone };
  if (match.kind === 'ambiguous') {
    const zones = [...new Set(match.candidates.map(({ zone }) => zone))];
    const [zone] = zones;
    if (zone && zones.length === 1) return { kind: 'found', zone };
    return { kind: 'unknown', nearest: zones.slice(0, MOST_NEAREST) };
  }
  const near = [...nearestNames(key), ...match.nearest.map(({ zone }) => zone)];
  return { kind: 'unknown', nearest: [...new Set(near)].slice(0, MOST_NEAREST) };
}

/** Zones to offer while somebody types: by their names first, then by the cities that keep them. */
export async function suggestZones(
  text: string,
  places: Places,
  most: number,
): Promise<{ zone: string; city: string }[]> {
  const key = keyOf(text);
  const starting = NAMES.filter((name) => lastOf(keyOf(name)).startsWith(key) || keyOf(name).startsWith(key));
  const holding = NAMES.filter((name) => keyOf(name).includes(key));
  const named = [...new Set([...starting, ...holding])].map((zone) => ({ zone, city: '' }));
  if (key === '' || named.length >= most) return named.slice(0, most);
  const taken = new Set(named.map(({ zone }) => zone));
  const cities = (await places.suggest(text, most)).filter(({ zone }) => !taken.has(zone));
  return [...named, ...cities.map((city) => ({ zone: city.zone, city: cityText(city) }))].slice(0, most);
}

/** An older name of a zone, such as `Asia/Kolkata` where `Intl` prefers another; written as such names are. */
function aliasOf(written: string): string | undefined {
  const name = written.replaceAll(/\s+/g, '_');
  if (name.length > LONGEST_NAME || !/^[a-z_]+(\/[a-z0-9_+-]+)+$/i.test(name) || !IANAZone.isValidZone(name))
    return undefined;
  const capital = (_: string, before: string, letter: string) => before + letter.toUpperCase();
  return name.replaceAll(/(^|[/_-])([a-z])/g, capital).replace(/^Us\//, 'US/');
}

function nearestNames(key: string): string[] {
  const asked = key.slice(0, LONGEST_NAME);
  const most = Math.max(2, Math.floor(lastOf(asked).length / 3));
  const scored = NAMES.map((name) => {
    const whole = keyOf(name);
    return { name, slips: Math.min(distance(asked, whole), distance(lastOf(asked), lastOf(whole))) };
  }).sort((one, other) => one.slips - other.slips);
  // Beside a name that is a slip away, those that are three away were hardly meant.
  const worst = Math.min(most, (scored[0]?.slips ?? 0) + 1);
  return scored
    .filter(({ slips }) => slips <= worst)
    .slice(0, MOST_NEAREST)
    .map(({ name }) => name);
}
