/** A place on the map, no finer than a city. */
export interface City {
  name: string;
  /**
   * What tells it from namesakes in its country: a state, province or the like, else "near" and a bigger place; empty
   * where neither is worth naming.
   */
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

/** "Lisbon, Portugal"; "Singapore" alone. */
export function cityName({ name, country }: Pick<City, 'name' | 'country'>): string {
  const land = countryName(country);
  return name === land ? name : `${name}, ${land}`;
}

/** "Cambridge, Massachusetts, US": short, and read back as the very same place. */
export function cityText({ name, region, country }: City): string {
  return [name, region, country].filter((part) => part !== '').join(', ');
}

/** Names for a list of places, in its order: with the country, and with the region where the list needs it. */
export function cityNames(cities: readonly Pick<City, 'name' | 'region' | 'country'>[]): string[] {
  const plain = cities.map(cityName);
  return cities.map((city, index) => {
    const name = plain[index] ?? '';
    const hasNamesake = plain.indexOf(name) !== plain.lastIndexOf(name);
    return hasNamesake && city.region !== '' ? `${city.name}, ${city.region}, ${countryName(city.country)}` : name;
  });
}
