import { fold } from '../../shared/fold.js';
import { usableCity } from '../members/location.js';
import type { Member } from '../members/member.js';
import { type City, cityText } from '../places/city.js';
import { findCountry } from '../places/countries.js';
import type { PlaceMatch, Places } from '../places/places.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { localOrgs, reachOf } from './around.js';
import { browseAll, browseAround } from './browsing.js';
import { type Browsed, type Nearby, type Reader, wordsOf } from './discovery.js';
import type { CityFilter, NamedCity, OrgSearch } from './discovery-repository.js';
import type { OrgFilter } from './org.js';

export type DiscoveryService = ReturnType<typeof createDiscoveryService>;

/** How many orgs `/orgs nearby` suggests (product.md section 3). */
const MOST_SUGGESTED = 5;

/** A city that is offered while somebody types; `value` is read back as that city. */
export interface SuggestedCity extends NamedCity {
  /** As in `City`; empty for a city that has orgs. */
  region: string;
  value: string;
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
        const local = city ? await localOrgs(discovery, member.id, city, MOST_SUGGESTED) : [];
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
    async suggestCities(text: string, most: number): Promise<SuggestedCity[]> {
      const isQualified = text.includes(',');
      const beginning = fold(text);
      const withOrgs = isQualified ? [] : await reading(({ discovery }) => discovery.listCitiesNamed(beginning, most));
      const known = new Set(withOrgs.map(placeOf));
      const world = withOrgs.length < most ? await places.suggest(text, most) : [];
      return [
        ...withOrgs.map((city) => ({ ...city, region: '', value: placeOf(city) })),
        ...world.filter((city) => !known.has(placeOf(city))).map(fromTheWorld),
      ].slice(0, most);
    },
  };
}

function fromTheWorld(city: City): SuggestedCity {
  const { name, region, country } = city;
  return { name, region, country, orgs: 0, value: cityText(city) };
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
