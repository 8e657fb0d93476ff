import type { City } from '../places/city.js';
import { kmBetween, MOST_FAR, nearOnes } from '../places/distance.js';
import { citiesAround, reachOf, walk } from './around.js';
import { type Browsed, mostAlike, type Reader } from './discovery.js';
import type { DiscoveryRepository, OrgSearch } from './discovery-repository.js';
import type { FoundOrg, OrgSummary, Page } from './org.js';

/** How many like-named orgs are looked at, and how many shown. */
const MOST_LOOKED_AT = 60;
const MOST_ALIKE = 6;

/** How many cities an empty page points to. */
const MOST_CLOSEST = 3;

/** A page of what passes; where nothing does, what is like it. */
export async function browseAll(
  discovery: DiscoveryRepository,
  inCity: City | undefined,
  search: OrgSearch,
  { page, pageSize }: { page: number; pageSize: number },
  { memberId, city }: Reader,
): Promise<Browsed> {
  const listPage = (at: number) => discovery.list(search, { limit: pageSize, offset: at * pageSize, reader: memberId });
  const asked = await listPage(page);
  if (asked.total === 0) return like(discovery, inCity, search, { memberId, city });
  const pages = Math.ceil(asked.total / pageSize);
  const shown = Math.min(page, pages - 1);
  const { items, total } = shown === page ? asked : await listPage(shown);
  const found = items.map((summary) => away(summary, city));
  return { kind: 'found', page: { items: found, page: shown, pages, total }, how: 'as-asked', around: inCity };
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

/** A page of what passes around a place, the nearest first. */
export async function browseAround(
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

function away(summary: OrgSummary, from: City | undefined): FoundOrg {
  const { city } = summary.org;
  return { ...summary, distanceKm: from && city ? kmBetween(from, city) : undefined };
}

function onePage(items: FoundOrg[]): Page<FoundOrg> {
  return { items, page: 0, pages: 1, total: items.length };
}
