/** A place on the map, no finer than a city. */
export interface City {
  name: string;
  /** State, province or the like; empty where a country has none worth naming. */
  region: string;
  /** ISO 3166-1 alpha-2. */
  country: string;
  latitude: number;
  longitude: number;
  /** IANA name. */
  zone: string;
}

const countryNames = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'code' });

/** Names asked for before; there are some 250 countries. */
const named = new Map<string, string>();

/** The English name of a country by its ISO 3166-1 alpha-2 code. */
export function countryName(code: string): string {
  const known = named.get(code);
  if (known) return known;
  const name = countryNames.of(code) ?? code;
  named.set(code, name);
  return name;
}
