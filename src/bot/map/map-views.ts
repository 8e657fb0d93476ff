import { countOrgMap, MAP_REGIONS, type MapCity, type MapRegion, type OrgMap } from '../../domain/orgs/org-map.js';
import { cityName, countryName } from '../../domain/places/city.js';
import { runs } from '../actions.js';
import { countWords } from '../numbers.js';
import { type Block, button, buttons, type ImageFile, note, paragraph, type Select, type View } from '../views.js';
import { mapRegion } from './map-actions.js';

/** Regions as people choose them. */
const REGION_LABELS: Readonly<Record<MapRegion, string>> = {
  world: 'World',
  africa: 'Africa',
  asia: 'Asia',
  europe: 'Europe',
  north_america: 'North America',
  oceania: 'Oceania',
  south_america: 'South America',
  near: 'Near me',
};

/** The words over the picture, which are the words of the message too. */
export function mapTitle(map: OrgMap): { title: string; subtitle: string } {
  const { orgs, cities, countries } = countOrgMap(map);
  const where = whereWords(map);
  if (orgs === 0) {
    return {
      title: where === '' ? 'No orgs on the map yet' : `No orgs ${where} yet`,
      subtitle: 'The first one puts a dot here.',
    };
  }
  const online = map.region === 'world' && map.withoutCity > 0 ? `, and ${map.withoutCity} more online` : '';
  const spread = `across ${countWords(countries, 'country', 'countries')}`;
  return {
    title: `${countWords(orgs, 'org')} in ${countWords(cities, 'city', 'cities')}`,
    subtitle: `${where === '' ? `Worldwide, ${spread}` : `${capital(where)}, ${spread}`}${online}`,
  };
}

function whereWords({ region, home }: OrgMap): string {
  if (region === 'world') return '';
  return region === 'near' && home ? `around ${home.name}` : `in ${REGION_LABELS[region]}`;
}

const capital = (text: string): string => text.slice(0, 1).toUpperCase() + text.slice(1);

/** How many cities the words name; the picture has more. */
const MOST_NAMED = 5;

/** What the picture shows, in words: the same numbers. */
export function mapWords(map: OrgMap): string {
  const { title, subtitle } = mapTitle(map);
  const named = map.cities.slice(0, MOST_NAMED).map(cityWords);
  const rest = map.cities.length - named.length;
  const all = rest > 0 ? [...named, `and ${countWords(rest, 'more city', 'more cities')}`] : named;
  return all.length === 0 ? `${title}. ${subtitle}` : `${title}. ${subtitle}. ${all.join(' · ')}.`;
}

/** "Lisbon, Portugal: 3"; Singapore is said once. */
function cityWords(city: MapCity): string {
  const place = city.name === countryName(city.country) ? city.name : cityName(city);
  return `${place}: ${city.orgs}`;
}

/** The map, its numbers in words, and other regions to choose. */
export function mapView(map: OrgMap, bytes: Uint8Array): View {
  const words = mapWords(map);
  const image: ImageFile = { name: `orgs-${map.region.replace('_', '-')}.png`, type: 'image/png', bytes, alt: words };
  return {
    title: 'Where the orgs are',
    blocks: [
      { kind: 'image', image },
      paragraph(words),
      regionSelect(map),
      buttons(button('Orgs near me', runs('orgs nearby')), button('Browse orgs', runs('orgs browse'))),
      ...homeNote(map),
    ],
  };
}

function regionSelect({ region, home }: OrgMap): Select {
  const regions = MAP_REGIONS.filter((one) => one !== 'near' || home);
  return {
    kind: 'select',
    placeholder: 'Look at another part of the world',
    action: mapRegion.with({}),
    options: regions.map((value) => ({ value, label: REGION_LABELS[value], isChosen: value === region })),
  };
}

function homeNote({ home }: OrgMap): Block[] {
  return home
    ? [note(`The ring is around ${home.name}, as you made your city discoverable. Only you see this message.`)]
    : [];
}
