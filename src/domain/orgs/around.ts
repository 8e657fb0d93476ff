import type { MemberId } from '../ids.js';
import type { City } from '../places/city.js';
import { boundsAround, FAR_KM, kmBetween, NEAR_KM, nearOnes, type Point } from '../places/distance.js';
import type { CityAway } from './discovery.js';
import type { DiscoveryRepository, OrgCity, OrgSearch } from './discovery-repository.js';
import type { FoundOrg, OrgSummary } from './org.js';

/** Cities within 500 km that have orgs which pass, the nearest first. */
export async function citiesAround(
  discovery: DiscoveryRepository,
  around: Point,
  search: OrgSearch,
): Promise<CityAway[]> {
  const cities = await discovery.listCitiesWithin(boundsAround(around, FAR_KM), search);
  return byDistance(cities, around);
}

/** The nearest orgs that a member could join: within 100 km of a city, else within 500 km. */
export async function localOrgs(
  discovery: DiscoveryRepository,
  memberId: MemberId,
  city: City,
  most: number,
): Promise<FoundOrg[]> {
  const cities = await discovery.listCitiesToJoin(memberId, boundsAround(city, FAR_KM));
  const chosen = nearOnes(byDistance(cities, city));
  return walk(chosen, { limit: most, offset: 0 }, (at, { limit }) => discovery.listToJoinAt(memberId, at, limit));
}

function byDistance(cities: readonly OrgCity[], around: Point): CityAway[] {
  return cities
    .map((city) => ({ ...city, distanceKm: kmBetween(city, around) }))
    .filter(({ distanceKm }) => distanceKm <= FAR_KM)
    .sort((one, other) => one.distanceKm - other.distanceKm);
}

/** Takes a slice of the orgs of several cities, one city after the other. */
export async function walk(
  cities: readonly CityAway[],
  { limit, offset }: { limit: number; offset: number },
  orgsOf: (city: CityAway, slice: { limit: number; offset: number }) => Promise<OrgSummary[]>,
): Promise<FoundOrg[]> {
  const found: FoundOrg[] = [];
  let toSkip = offset;
  for (const city of cities) {
    if (found.length >= limit) break;
    if (toSkip < city.orgs) {
      const orgs = await orgsOf(city, { limit: limit - found.length, offset: toSkip });
      found.push(...orgs.map((summary) => ({ ...summary, distanceKm: city.distanceKm })));
    }
    toSkip = Math.max(0, toSkip - city.orgs);
  }
  return found;
}

/** Whether the nearest of what was found is near, or only within the second reach. */
export function reachOf(items: readonly { distanceKm: number | undefined }[]): 'near' | 'far' {
  return (items[0]?.distanceKm ?? 0) <= NEAR_KM ? 'near' : 'far';
}
