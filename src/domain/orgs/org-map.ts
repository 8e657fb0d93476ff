import type { City } from '../places/city.js';
import { CONTINENTS } from '../places/continents.js';

/** What a map may show; `near` is what lies within 500 km of the reader's own city. */
export const MAP_REGIONS = ['world', ...CONTINENTS, 'near'] as const;
export type MapRegion = (typeof MAP_REGIONS)[number];

/** A city with listed orgs. */
export interface MapCity {
  name: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  latitude: number;
  longitude: number;
  /** Listed orgs there; at least one. */
  orgs: number;
}

/** Where the listed orgs of a region are. */
export interface OrgMap {
  region: MapRegion;
  /** The one with most orgs first. */
  cities: MapCity[];
  /** Listed orgs of the world that meet in no city. */
  withoutCity: number;
  /** The reader's own city; only when they made their location discoverable. */
  home: Pick<City, 'name' | 'latitude' | 'longitude'> | undefined;
}

/** What a map shows in numbers. */
export interface OrgMapCounts {
  orgs: number;
  cities: number;
  countries: number;
}

/** The numbers of a map. */
export function countOrgMap({ cities }: Pick<OrgMap, 'cities'>): OrgMapCounts {
  return {
    orgs: cities.reduce((sum, { orgs }) => sum + orgs, 0),
    cities: cities.length,
    countries: new Set(cities.map(({ country }) => country)).size,
  };
}

/** A map with the words over it. */
export interface OrgMapPicture {
  map: OrgMap;
  title: string;
  subtitle: string;
}

/** Draws a map as PNG, 1600 by 850 pixels, without holding up anything else. The same picture is drawn once. */
export type DrawOrgMap = (picture: OrgMapPicture) => Promise<Uint8Array>;
