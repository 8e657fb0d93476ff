import { CITIES, type DemoCity } from './demo-cities.js';
import type { DemoMember } from './demo-member.js';
import { createMembershipDraw, type HomePlace, homePlaces } from './demo-memberships.js';
import { drawName } from './demo-names.js';
import { drawProfile, EMPTY_PROFILE } from './demo-profiles.js';
import { FEATURED_MEMBERS } from './featured-members.js';
import { createSeededRandom, type SeededRandom } from './random.js';

export type { DemoMember, DemoMembership } from './demo-member.js';

const MEMBER_COUNT = 300;
const NAME_ONLY_SHARE = 0.19;
/** Whom the playground knows although they are no member yet; nobody else may bear that name. */
const NEWCOMER_KEY = 'noor-haddad';

const LOCALES_BY_COUNTRY: Record<string, readonly string[]> = {
  AR: ['es-AR'],
  AT: ['de-AT'],
  AU: ['en-AU'],
  BR: ['pt-BR'],
  CA: ['en-CA', 'fr-CA'],
  CH: ['de-CH'],
  CL: ['es-CL'],
  CO: ['es-CO'],
  CZ: ['cs-CZ'],
  DE: ['de-DE'],
  EE: ['et-EE'],
  EG: ['ar-EG'],
  ES: ['es-ES'],
  FR: ['fr-FR'],
  GB: ['en-GB'],
  GH: ['en-GH'],
  ID: ['id-ID'],
  IE: ['en-IE'],
  IL: ['he-IL'],
  IN: ['en-IN', 'en-IN', 'en-IN', 'hi-IN'],
  JP: ['ja-JP'],
  KE: ['en-KE', 'sw-KE'],
  KR: ['ko-KR'],
  MX: ['es-MX'],
  NG: ['en-NG'],
  NL: ['nl-NL'],
  NP: ['ne-NP'],
  NZ: ['en-NZ'],
  PH: ['en-PH', 'fil-PH'],
  PL: ['pl-PL'],
  PT: ['pt-PT'],
  SE: ['sv-SE'],
  SG: ['en-SG'],
  TR: ['tr-TR'],
  TW: ['zh-TW'],
  UA: ['uk-UA'],
  US: ['en-US'],
  UY: ['es-UY'],
  VN: ['vi-VN'],
  ZA: ['en-ZA'],
};

/**
 * The 300 invented members of the playground, in the order in which they joined.
 * The same seed gives the same people everywhere; the five who are written by hand are always among them.
 */
export function demoMembers(seed = 20_261_101): DemoMember[] {
  const random = createSeededRandom(seed);
  const takenKeys = new Set([NEWCOMER_KEY, ...FEATURED_MEMBERS.map(({ key }) => key)]);
  const places = homePlaces(MEMBER_COUNT - FEATURED_MEMBERS.length, random);
  const draw = createMembershipDraw(sizesWith(places), random);
  const drawn = places.map((place) => drawMember(place, { takenKeys, draw, random }));
  const members = [...structuredClone(FEATURED_MEMBERS), ...drawn];
  return members.sort((a, b) => (a.joinedAt < b.joinedAt ? -1 : a.joinedAt > b.joinedAt ? 1 : 0));
}

function sizesWith(places: readonly HomePlace[]): Map<string, number> {
  const featured = FEATURED_MEMBERS.flatMap(({ memberships }) => memberships.map(({ org }) => org));
  const sizes = new Map<string, number>();
  for (const key of [...featured, ...places.map(({ org }) => org.key)]) sizes.set(key, (sizes.get(key) ?? 0) + 1);
  return sizes;
}

interface Drawing {
  takenKeys: Set<string>;
  draw: ReturnType<typeof createMembershipDraw>;
  random: SeededRandom;
}

function drawMember(place: HomePlace, { takenKeys, draw, random }: Drawing): DemoMember {
  const livesIn: DemoCity = place.org.city ?? random.pick(Object.values(CITIES));
  const { name, key } = drawName(livesIn.country, takenKeys, random);
  // Whoever runs an org has introduced themselves.
  const isNameOnly = place.rank > 0 && random.chance(NAME_ONLY_SHARE);
  const city = isNameOnly || random.chance(0.12) ? undefined : livesIn;
  const first = draw.home(place, livesIn.zone);
  return {
    key,
    name,
    ...(isNameOnly ? structuredClone(EMPTY_PROFILE) : drawProfile(city?.name, random)),
    city,
    zone: livesIn.zone,
    locale: random.chance(0.1) ? 'en-GB' : random.pick(LOCALES_BY_COUNTRY[livesIn.country] ?? ['en-GB']),
    isLocationDiscoverable: city !== undefined && random.chance(0.46),
    isAttendanceShared: random.chance(0.5),
    isProfileShared: random.chance(0.75),
    memberships: [first, ...draw.further(place, first.joinedAt, livesIn.zone)],
    joinedAt: first.joinedAt,
  };
}
