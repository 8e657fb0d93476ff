import { distance } from 'fastest-levenshtein';
import { placeKey } from '../../domain/places/place-key.js';
import { CLEARLY_LARGER, type PlaceMatch, type Places } from '../../domain/places/places.js';
import { type AskedPlace, endingAsQualifier, passesQualifiers, readPlace } from './asked-place.js';
import { type PlaceQueries, type PlaceRow, placeQueries, toCity } from './place-queries.js';
import { openPlacesFile } from './places-file.js';

/** Longest text that is looked at; the longest name has some 60 letters, its region and country as many again. */
const MOST_TYPED = 120;
const MOST_CANDIDATES = 5;
const MOST_NEAREST = 3;

/** A candidate this many times smaller than the largest is not worth a button. */
const NOT_WORTH_ASKING = 20;

/** The packaged places; the file is opened at the first question. */
export function createPlaces(file?: string): Places {
  let opening: Promise<PlaceQueries> | undefined;
  const opened = () => {
    opening ??= openPlacesFile(file).then(placeQueries);
    return opening;
  };
  return {
    async resolve(text) {
      return resolve(await opened(), text.slice(0, MOST_TYPED));
    },
    async suggest(text, most) {
      return suggest(await opened(), readPlace(text.slice(0, MOST_TYPED)), most).map(toCity);
    },
  };
}

function resolve(queries: PlaceQueries, text: string): PlaceMatch {
  const asWritten = queries.named(placeKey(text));
  if (asWritten.length > 0) return choose(asWritten);
  const asked = readPlace(text);
  const readings = asked.qualifiers.length > 0 ? [asked] : endingAsQualifier(asked.key);
  for (const { key, qualifiers } of readings) {
    const found = queries.named(key).filter((row) => passesQualifiers(row, qualifiers));
    if (found.length > 0) return choose(found);
  }
  const elsewhere = asked.qualifiers.length > 0 ? queries.named(asked.key) : [];
  const nearest = elsewhere.length > 0 ? elsewhere : misspelt(queries, asked.key);
  return { kind: 'unknown', nearest: nearest.slice(0, MOST_NEAREST).map(toCity) };
}

/** The first of the rows, the heaviest first, unless another one comes close. */
function choose(rows: PlaceRow[]): PlaceMatch {
  const [first, second] = rows;
  if (!first) return { kind: 'unknown', nearest: [] };
  if (!second || first.weight > second.weight * CLEARLY_LARGER) return { kind: 'found', city: toCity(first) };
  const worthy = rows.filter(({ weight }) => weight * NOT_WORTH_ASKING >= first.weight);
  return { kind: 'ambiguous', candidates: worthy.slice(0, MOST_CANDIDATES).map(toCity) };
}

function suggest(queries: PlaceQueries, { key, qualifiers }: AskedPlace, most: number): PlaceRow[] {
  if (key === '') return queries.largest(most);
  if (qualifiers.length > 0) {
    const begun = queries.beginning(key, Number.MAX_SAFE_INTEGER);
    return once(begun.filter((row) => passesQualifiers(row, qualifiers, 'begun'))).slice(0, most);
  }
  const beginning = once(queries.beginning(key, most * 2));
  if (beginning.length >= most) return beginning.slice(0, most);
  const found = once([...beginning, ...queries.holding(key, most)]).slice(0, most);
  return found.length > 0 ? found : misspelt(queries, key).slice(0, most);
}

/** Places whose name is a few slips of the finger away, the nearest first, of like near ones the largest. */
function misspelt(queries: PlaceQueries, key: string): PlaceRow[] {
  const slips = Math.ceil(key.length / 4);
  const near = queries
    .alike(key)
    .map((row) => ({ row, slips: distance(key, row.key) }))
    .filter((candidate) => candidate.slips <= slips)
    .sort((one, other) => one.slips - other.slips || other.row.weight - one.row.weight);
  return once(near.map(({ row }) => row));
}

/** A place that was found by several of its names, once. */
function once(rows: readonly PlaceRow[]): PlaceRow[] {
  const seen = new Set<number>();
  return rows.filter(({ id }) => !seen.has(id) && seen.add(id));
}
