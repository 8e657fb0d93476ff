import type { OrgId } from '../../domain/ids.js';
import type { Nearby } from '../../domain/orgs/discovery.js';
import type { FoundOrg, OrgSummary } from '../../domain/orgs/org.js';
import { type City, cityName } from '../../domain/places/city.js';
import { NEAR_KM } from '../../domain/places/distance.js';
import { runs } from '../actions.js';
import { distanceWords } from '../distances.js';
import { askForCity } from '../profile/location-views.js';
import { bold, rich, type TextInput } from '../text.js';
import { type Block, type Button, button, buttons, type ListItem, list, note, paragraph, type View } from '../views.js';
import { askToJoin, turnLocationOn } from './orgs-actions.js';
import { factsLine, firstSentence } from './orgs-views.js';

/** Orgs to join: local ones first, with how far they are, then those open to people everywhere. */
export function nearbyView(nearby: Nearby, events: ReadonlyMap<OrgId, number>, locale: string): View {
  const { local, global } = nearby;
  const isEmpty = local.length === 0 && global.length === 0;
  return {
    title: 'Orgs near you',
    blocks: [
      ...whyThese(nearby, locale),
      ...(local.length > 0 ? [list(local.map((found) => localItem(found, nearby.city, events, locale)))] : []),
      ...(global.length > 0
        ? [paragraph('Open to people everywhere:'), list(global.map((summary) => item(summary, events)))]
        : []),
      ...(isEmpty
        ? [paragraph('There is nothing to suggest just now: you’re in all there is here, or have asked to be.')]
        : []),
      buttons(...moreButtons(nearby)),
      ...(nearby.location === 'on'
        ? [note('Your city is used for this list and for your own map; admins of your orgs see its name.')]
        : []),
    ],
  };
}

function whyThese({ location, city, hasCity, local, reach }: Nearby, locale: string): Block[] {
  switch (location) {
    case 'off':
      return [
        paragraph(
          hasCity
            ? 'Location is off, so your city is used for nothing and I can’t tell what is near you. Turn it on, and local orgs come first.'
            : 'Location is off, so I can’t tell what is near you. Turn it on with your city, and local orgs come first.',
        ),
      ];
    case 'no-city':
      return [paragraph('Location is on, but I don’t know your city yet. Tell me, and local orgs come first.')];
    case 'on':
      return [paragraph(localWords(city ? cityName(city) : '', local, reach, locale))];
  }
}

function localWords(place: string, local: FoundOrg[], reach: Nearby['reach'], locale: string): TextInput {
  const near = distanceWords(NEAR_KM, locale);
  if (local.length === 0) return rich`No org that you could join is within reach of ${bold(place)} yet.`;
  if (reach === 'far') return rich`Nothing within ${near} of ${bold(place)}. The nearest:`;
  return rich`Within ${near} of ${bold(place)}:`;
}

function moreButtons({ location, hasCity }: Nearby): Button[] {
  const more = [button('Browse orgs', runs('orgs browse')), button('Location', runs('profile location'))];
  if (location === 'on') return more;
  const on = location === 'off' && hasCity;
  const turn = on ? turnLocationOn.with({}) : askForCity.with({ turnsOn: true });
  return [button(location === 'off' ? 'Turn on location' : 'Tell my city', turn, 'primary'), ...more];
}

function localItem(
  found: FoundOrg,
  home: City | undefined,
  events: ReadonlyMap<OrgId, number>,
  locale: string,
): ListItem {
  const { city } = found.org;
  const isAtHome = city?.name === home?.name && city?.country === home?.country;
  return item(found, events, isAtHome ? 'in your city' : `${distanceWords(found.distanceKm ?? 0, locale)} away`);
}

function item(summary: OrgSummary, events: ReadonlyMap<OrgId, number>, distance?: string): ListItem {
  const { org } = summary;
  return {
    title: org.name,
    lines: [factsLine(summary, distance, events.get(org.id)), firstSentence(org.description)].filter(
      (line) => line !== '',
    ),
    button: button('Join', askToJoin.with({ org: org.id })),
  };
}
