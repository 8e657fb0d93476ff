import { placeKey } from '../../domain/places/place-key.js';

/** What is needed of a place here. */
interface Located {
  name: string;
  country: string;
  population: number;
  loc: { coordinates: [longitude: number, latitude: number] };
}

/** The fewest people in a place that others are told apart by. */
const KNOWN_FROM = 20_000;

/**
 * For each place that has a namesake in its country, in the same region where regions are known: the nearest place in
 * that country that more people know.
 */
export function nearestBigger<Place extends Located>(
  places: readonly Place[],
  regionOf: (place: Place) => string,
): Map<Place, Place> {
  const byCountry = groups(places, ({ country }) => country);
  const found = new Map<Place, Place>();
  for (const [, inCountry] of byCountry) {
    const known = inCountry.filter(({ population }) => population >= KNOWN_FROM);
    for (const [, namesakes] of groups(inCountry, (place) => `${regionOf(place)}/${placeKey(place.name)}`)) {
      if (namesakes.length === 1) continue;
      const others = known.filter(({ name }) => name !== namesakes[0]?.name);
      for (const place of namesakes) {
        const near = nearest(place, others);
        if (near) found.set(place, near);
      }
    }
  }
  return found;
}

function nearest<Place extends Located>(place: Place, others: readonly Place[]): Place | undefined {
  let best: { place: Place; away: number } | undefined;
  for (const other of others) {
    if (other.population <= place.population) continue;
    const away = awayFrom(place, other);
    if (!best || away < best.away) best = { place: other, away };
  }
  return best?.place;
}

/** Grows with the distance of two places in one country; told in nothing, as it is only compared. */
function awayFrom(one: Located, other: Located): number {
  // Millions of pairs are compared when the file is built; a great circle for each would take a minute.
  const [longitude, latitude] = one.loc.coordinates;
  const [otherLongitude, otherLatitude] = other.loc.coordinates;
  const east = Math.abs(longitude - otherLongitude);
  const aside = Math.min(east, 360 - east) * Math.cos((latitude * Math.PI) / 180);
  return aside ** 2 + (latitude - otherLatitude) ** 2;
}

function groups<Item>(items: readonly Item[], keyOf: (item: Item) => string): Map<string, Item[]> {
  const found = new Map<string, Item[]>();
  for (const item of items) {
    const key = keyOf(item);
    const group = found.get(key);
    if (group) group.push(item);
    else found.set(key, [item]);
  }
  return found;
}
