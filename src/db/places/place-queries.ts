import type { City } from '../../domain/places/city.js';
import type { SqliteFile } from '../sqlite-driver.js';
import { termsQuery, trigramsOf } from '../sqlite-search.js';

/** A place as its file has it, by one of its names. */
export interface PlaceRow {
  id: number;
  key: string;
  name: string;
  region: string;
  region_keys: string;
  country: string;
  weight: number;
  latitude: number;
  longitude: number;
  zone: string;
}

/** Look-ups in the file of places; each gives the heaviest first. Keys are those of `placeKey`. */
export type PlaceQueries = ReturnType<typeof placeQueries>;

/** More namesakes than anybody is asked about. */
const MOST_NAMESAKES = 200;

/** How many names with letters in common are looked at for a misspelt one. */
const MOST_ALIKE = 150;

/** How much heavier a place counts when its name is just what was typed: York before Yorkton. */
const JUST_SO = 20;

/** Fewest letters that bring the other names of a place: "bomb" finds Mumbai, "sa" does not find all that were Saint. */
const LEAST_OF_AN_ALIAS = 4;

/** How many names, the heaviest first, a single letter is looked for in: the rest would take longer to sort out. */
const HEAVIEST = 20_000;

/** Greater than any letter that follows. */
const END = '\u{10FFFF}';

export function placeQueries(sqlite: SqliteFile) {
  const prepare = <Parameters extends object>(text: string) => {
    const statement = sqlite.prepare<Parameters, PlaceRow>(text);
    return (parameters: Parameters): PlaceRow[] => statement.all(parameters);
  };
  const COLUMNS = `places.id, found.key, name, region, region_keys, country, found.weight, latitude, longitude, zone`;
  const join = (found: string, order = 'found.weight desc') =>
    `select ${COLUMNS} from (${found}) as found join places on places.id = found.place_id order by ${order}`;

  const justSoFirst = (table: string) => `${table}.weight * iif(${table}.key = @key, ${JUST_SO}, 1) desc`;

  const named = prepare<{ key: string }>(
    join(`select key, weight, place_id from names where key = @key order by weight desc limit ${MOST_NAMESAKES}`),
  );
  const beginning = prepare<{ key: string; end: string; most: number }>(
    join(
      `select key, weight, place_id from names
       where key >= @key and key < @end and (is_own = 1 or key = @key or length(@key) >= ${LEAST_OF_AN_ALIAS})
       order by ${justSoFirst('names')} limit @most`,
      justSoFirst('found'),
    ),
  );
  const beginningBriefly = prepare<{ key: string; end: string; most: number }>(
    join(
      `select key, weight, place_id from (select * from names order by weight desc limit ${HEAVIEST})
       where key >= @key and key < @end and (is_own = 1 or key = @key) order by weight desc limit @most`,
    ),
  );
  const largest = prepare<{ most: number }>(`select *, '' as key from places order by weight desc limit @most`);
  const holding = prepare<{ terms: string; word: string; most: number }>(
    join(
      `select names.key, names.weight, place_id from names_fts join names on names.id = names_fts.rowid
       where names_fts match @terms and ' ' || names.key like @word order by names.weight desc limit @most`,
    ),
  );
  const alike = prepare<{ terms: string }>(
    join(
      `select names.key, names.weight, place_id from names_fts join names on names.id = names_fts.rowid
       where names_fts match @terms order by names_fts.rank limit ${MOST_ALIKE}`,
    ),
  );

  return {
    /** Places of exactly this name. */
    named: (key: string) => named({ key }),
    /** Places with a name that begins with this. */
    beginning: (key: string, most: number) =>
      ([...key].length === 1 ? beginningBriefly : beginning)({ key, end: key + END, most }),
    largest: (most: number) => largest({ most }),
    /** Larger places with a word in their name that begins with this: "york" in "New York". */
    holding(key: string, most: number) {
      const terms = trigramsOf(key);
      return terms.length === 0 ? [] : holding({ terms: termsQuery(terms, 'and'), word: `% ${key}%`, most });
    },
    /** Larger places whose name shares letters with this one, the most alike first. */
    alike(key: string) {
      const terms = trigramsOf(key);
      return terms.length === 0 ? [] : alike({ terms: termsQuery(terms, 'or') });
    },
  };
}

/** The place as the domain knows it. */
export function toCity({ name, region, country, latitude, longitude, zone }: PlaceRow): City {
  return { name, region, country, latitude, longitude, zone };
}
