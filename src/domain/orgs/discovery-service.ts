import { fold } from '../../shared/fold.js';
import type { MemberId } from '../ids.js';
import type { Member } from '../members/member.js';
import { type City, cityText } from '../places/city.js';
import { findCountry } from '../places/countries.js';
import { boundsAround, FAR_KM, kmBetween, MOST_FAR, NEAR_KM, nearOnes, type Point } from '../places/distance.js';
import type { PlaceMatch, Places } from '../places/places.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Browsed, type CityAway, mostAlike, type Nearby, wordsOf } from './discovery.js';
import type { CityFilter, DiscoveryRepository, OrgCity, OrgSearch } from './discovery-repository.js';
import type { FoundOrg, OrgFilter, OrgSummary, Page } from './org.js';

export type DiscoveryService = ReturnType<typeof createDiscoveryService>;

/** How many orgs `/orgs nearby` suggests (product.md section 3). */
const MOST_SUGGESTED = 5;

/** How many like-named orgs are looked at, and how many shown. */
const MOST_LOOKED_AT = 60;
const MOST_ALIKE = 6;

/** How many cities an empty page points to. */
const MOST_CLOSEST = 3;

/** Somebody who looks at the directory. */
export interface Reader {
  memberId: MemberId | undefined;
  /** Where they are, for the distances; only what they have turned on. */
  city: City | undefined;
}

/** A member's city as it may be used: nothing at all while location is off (product.md section 12, "Location"). */
export function usableCity(member: Pick<Member, 'city' | 'privacy'> | undefined): City | undefined {
  return member?.privacy.isLocationDiscoverable ? member.city : undefined;
}

/** Finding orgs: by where one is, by words, by place. */
export function createDiscoveryService({ inTransaction, places }: { inTransaction: InTransaction; places: Places }) {
  const reading = <Result>(work: (repositories: Repositories) => Promise<Result>) =>
    inTransaction(work, { isReadOnly: true });

  return {
    /** One page of the directory. A place to look around is used for this answer and stored nowhere. */
    async browse(asked: { filter: OrgFilter; page: number; pageSize: number }, reader: Reader): Promise<Browsed> {
      const { filter } = asked;
      const around = filter.near === undefined ? undefined : await places.resolve(filter.near);
      if (around && around.kind !== 'found') return whichPlace(filter.near ?? '', around);
      const named = filter.city === undefined ? undefined : await places.resolve(filter.city);
      const inCity = named?.kind === 'found' ? named.city : undefined;
      const search: OrgSearch = {
        words: wordsOf(filter.query),
        city: filter.city === undefined ? undefined : cityFilter(filter.city, inCity),
        country: filter.country,
        type: filter.type,
      };
      const browsed = await reading(({ discovery }) =>
        around
          ? browseAround(discovery, around.city, search, asked, reader)
          : browseAll(discovery, inCity, search, asked, reader),
      );
      const isMisspelt = browsed.kind === 'nothing' && named?.kind === 'unknown';
      return isMisspelt ? { ...browsed, meant: named.nearest } : browsed;
    },

    /** Up to five orgs to join: local ones first, filled up with global ones. Orgs joined already are no suggestion. */
    async nearby(member: Member): Promise<Nearby> {
      const city = usableCity(member);
      return reading(async ({ discovery }) => {
        const local = city ? await localOrgs(discovery, member.id, city) : [];
        const known = new Set(local.map(({ org }) => org.id));
        const missing = MOST_SUGGESTED - local.length;
        const global = missing > 0 ? await discovery.listGlobalToJoin(member.id, MOST_SUGGESTED) : [];
        return {
          location: !member.privacy.isLocationDiscoverable ? 'off' : city ? 'on' : 'no-city',
          city,
          hasCity: member.city !== undefined,
          reach: reachOf(local),
          local,
          global: global.filter(({ org }) => !known.has(org.id)).slice(0, missing),
        };
      });
    },

    /** Cities to offer while somebody types: those with orgs first, then the world's. */
    async suggestCities(text: string, most: number): Promise<{ value: string; city: City | OrgCity; orgs: number }[]> {
      const [name = ''] = text.split(',');
      const withOrgs = await reading(({ discovery }) => discovery.listCitiesNamed(fold(name), most));
      const rest = withOrgs.length < most ? await places.suggest(text, most) : [];
      const offered = text.includes(',') ? [] : withOrgs;
      const known = new Set(offered.map(placeOf));
      return [
        ...offered.map((city) => ({ value: placeOf(city), city, orgs: city.orgs })),
        ...rest.filter((city) => !known.has(placeOf(city))).map((city) => ({ value: cityText(city), city, orgs: 0 })),
      ].slice(0, most);
    },
  };
}

const placeOf = ({ name, country }: Pick<City, 'name' | 'country'>): string => `${name}, ${country}`;

function whichPlace(asked: string, match: Exclude<PlaceMatch, { kind: 'found' }>): Browsed {
  const isKnown = match.kind === 'ambiguous';
  return { kind: 'which-place', asked, isKnown, candidates: isKnown ? match.candidates : match.nearest };
}

/** What a city's name stands for: the place it means, else the beginning of a name. */
function cityFilter(text: string, meant: City | undefined): CityFilter {
  if (meant) return { name: fold(meant.name), isWhole: true, country: meant.country };
  const [name = '', ...rest] = text.split(',');
  return { name: fold(name), isWhole: false, country: findCountry(rest.at(-1) ?? '') };
}

async function browseAll(
  discovery: DiscoveryRepository,
  inCity: City | undefined,
  search: OrgSearch,
  { page, pageSize }: { page: number; pageSize: number },
  { memberId, city }: Reader,
): Promise<Browsed> {
  const total = await discovery.count(search);
  if (total === 0) return like(discovery, inCity, search, { memberId, city });
  const pages = Math.ceil(total / pageSize);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const slice = { limit: pageSize, offset: shown * pageSize, reader: memberId };
  const items = (await discovery.list(search, slice)).map((found) => away(found, city));
  return { kind: 'found', page: { items, page: shown, pages, total }, how: 'as-asked', around: inCity };
}

/** Where nothing fits: orgs with words like those, else the nearest cities that have any. */
async function like(
  discovery: DiscoveryRepository,
  around: City | undefined,
  search: OrgSearch,
  { memberId, city }: Reader,
): Promise<Browsed> {
  const looked = await discovery.listAlike(search, { limit: MOST_LOOKED_AT, offset: 0, reader: memberId });
  const items = mostAlike(looked, search.words, MOST_ALIKE).map((found) => away(found, city));
  if (items.length > 0) return { kind: 'found', page: onePage(items), how: 'alike', around };
  const anything = { ...search, words: [], city: undefined };
  const closest = around ? await citiesAround(discovery, around, anything) : [];
  return { kind: 'nothing', around, closest: closest.slice(0, MOST_CLOSEST), meant: [] };
}

async function browseAround(
  discovery: DiscoveryRepository,
  around: City,
  search: OrgSearch,
  { page, pageSize }: { page: number; pageSize: number },
  { memberId }: Reader,
): Promise<Browsed> {
  const cities = nearOnes(await citiesAround(discovery, around, search));
  const reach = reachOf(cities);
  const everyone = cities.reduce((sum, { orgs }) => sum + orgs, 0);
  const total = reach === 'near' ? everyone : Math.min(everyone, MOST_FAR);
  if (total === 0) return like(discovery, around, search, { memberId, city: around });
  const pages = Math.ceil(total / pageSize);
  const shown = Math.min(Math.max(0, page), pages - 1);
  const offset = shown * pageSize;
  const items = await walk(cities, { limit: Math.min(pageSize, total - offset), offset }, (city, slice) =>
    discovery.listAt(city, search, { ...slice, reader: memberId }),
  );
  return { kind: 'found', page: { items, page: shown, pages, total }, how: reach, around };
}

async function citiesAround(discovery: DiscoveryRepository, around: Point, search: OrgSearch): Promise<CityAway[]> {
  const cities = await discovery.listCitiesWithin(boundsAround(around, FAR_KM), search);
  return nearOnesFirst(cities, around);
}

async function localOrgs(discovery: DiscoveryRepository, memberId: MemberId, city: City): Promise<FoundOrg[]> {
  const cities = await discovery.listCitiesToJoin(memberId, boundsAround(city, FAR_KM));
  const chosen = nearOnes(nearOnesFirst(cities, city));
  return walk(chosen, { limit: MOST_SUGGESTED, offset: 0 }, (at, { limit }) =>
    discovery.listToJoinAt(memberId, at, limit),
  );
}

function nearOnesFirst(cities: readonly OrgCity[], around: Point): CityAway[] {
  return cities
    .map((city) => ({ ...city, distanceKm: kmBetween(city, around) }))
    .filter(({ distanceKm }) => distanceKm <= FAR_KM)
    .sort((one, other) => one.distanceKm - other.distanceKm);
}

/** Takes a slice of the orgs of several cities, one city after the other. */
async function walk(
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

function reachOf(items: readonly { distanceKm: number | undefined }[]): 'near' | 'far' {
  return (items[0]?.distanceKm ?? 0) <= NEAR_KM ? 'near' : 'far';
}

function away(summary: OrgSummary, from: City | undefined): FoundOrg {
  const { city } = summary.org;
  return { ...summary, distanceKm: from && city ? kmBetween(from, city) : undefined };
}

function onePage(items: FoundOrg[]): Page<FoundOrg> {
  return { items, page: 0, pages: 1, total: items.length };
}
