import { DomainError } from '../errors.js';
import type { City } from './city.js';

/** What a text that names a place may mean. */
export type PlaceMatch =
  | { kind: 'found'; city: City }
  /** Several that are comparable in size, the largest first: the person is asked. */
  | { kind: 'ambiguous'; candidates: City[] }
  /** None of that name; up to three that are a few slips of the finger away. */
  | { kind: 'unknown'; nearest: City[] };

/** The world's cities and towns, known offline; product.md section 4. */
export interface Places {
  /**
   * The place that somebody means by "Lisbon", "Cambridge, US", "Cambridge, Massachusetts" or "SF"; accents and case
   * do not matter.
   */
  resolve(text: string): Promise<PlaceMatch>;
  /** Places to offer while somebody types, the most populous first; a region or country may follow after a comma. */
  suggest(text: string, most: number): Promise<City[]>;
}

/** How many times a place must outweigh its namesakes to be meant without asking: Paris, but not Birmingham. */
export const CLEARLY_LARGER = 5;

/**
 * The one place that is meant, for who cannot ask back with buttons of their own.
 *
 * @throws DomainError `places.unknown` with up to three near names, `places.ambiguous` with the candidates.
 */
export async function requireCity(places: Places, text: string): Promise<City> {
  const match = await places.resolve(text);
  switch (match.kind) {
    case 'found':
      return match.city;
    case 'ambiguous':
      throw new DomainError({ code: 'places.ambiguous', asked: text, candidates: match.candidates });
    case 'unknown':
      throw new DomainError({ code: 'places.unknown', asked: text, nearest: match.nearest });
  }
}
