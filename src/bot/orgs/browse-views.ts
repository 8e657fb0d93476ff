import type { z } from 'zod';
import type { Browsed, CityAway, HowFound } from '../../domain/orgs/discovery.js';
import type { FoundOrg, OrgFilter, Page } from '../../domain/orgs/org.js';
import { type City, cityName, cityNames, cityText, countryName } from '../../domain/places/city.js';
import { FAR_KM, NEAR_KM } from '../../domain/places/distance.js';
import { type ActionRef, runs } from '../actions.js';
import { distanceWords } from '../distances.js';
import { countWords } from '../numbers.js';
import { bold, joined, type RichText, rich } from '../text.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  type ListItem,
  list,
  message,
  pager,
  paragraph,
  type View,
} from '../views.js';
import { type BrowsePage, browsePage, showOrg } from './orgs-actions.js';
import { factsLine, firstSentence, ORG_TYPE_LABELS } from './orgs-views.js';

/** What `/orgs browse` came to, for a reader with this locale. */
export function browsedView(browsed: Browsed, filter: OrgFilter, locale: string): View {
  switch (browsed.kind) {
    case 'found':
      return foundView(browsed, filter, locale);
    case 'nothing':
      return nothingView(browsed, filter, locale);
    case 'which-place':
      return whichPlaceView(browsed, filter);
  }
}

function foundView(
  { page, how, around }: { page: Page<FoundOrg>; how: HowFound; around: City | undefined },
  filter: OrgFilter,
  locale: string,
): View {
  return {
    title: 'Orgs',
    blocks: [
      paragraph(headline(page, how, around, filter, locale)),
      list(page.items.map((found) => orgItem(found, locale))),
      ...pager(page, (to) => browsePage.with(pagePayload(filter, to))),
      ...widerButtons(how, around, filter),
    ],
  };
}

function headline(
  { total }: Page<FoundOrg>,
  how: HowFound,
  around: City | undefined,
  filter: OrgFilter,
  locale: string,
): RichText {
  const what = countWords(total, 'org');
  const rest = filterWords({ ...filter, near: undefined });
  const asked = rest.length > 0 ? rich`${what} ${joined(rest)}` : rich`${what}`;
  const place = around ? cityName(around) : '';
  switch (how) {
    case 'as-asked':
      return rest.length > 0 ? asked : rich`${what}, the largest first`;
    case 'near':
      return rich`${asked} within ${distanceWords(NEAR_KM, locale)} of ${bold(place)}, the nearest first`;
    case 'far':
      return rich`Nothing within ${distanceWords(NEAR_KM, locale)} of ${bold(place)}. The nearest:`;
    case 'alike':
      return rich`Nothing called “${bold(filter.query ?? '')}”; nearest:`;
  }
}

/** From the orgs of one city to those around it. */
function widerButtons(how: HowFound, around: City | undefined, filter: OrgFilter): Block[] {
  if (how !== 'as-asked' || !around) return [];
  return [buttons(aroundButton(around, filter))];
}

function aroundButton(city: City, { query, country, type }: OrgFilter): Button {
  const near = browsePage.with({ query, country, type, near: cityText(city), page: 0 });
  return button(`Around ${city.name}`, near);
}

function pagePayload({ query, city, country, type, near }: OrgFilter, page: number): z.input<typeof BrowsePage> {
  return { query, city, country, type, near, page };
}

function nothingView(
  { around, closest, meant }: Extract<Browsed, { kind: 'nothing' }>,
  filter: OrgFilter,
  locale: string,
): View {
  if (filterWords(filter).length === 0) {
    return {
      title: 'Orgs',
      ...message('No orgs are listed yet. If you run one, ask your server’s admin to set it up.'),
    };
  }
  const isAround = filter.near !== undefined && around !== undefined;
  const where = isAround ? [rich`within ${distanceWords(FAR_KM, locale)} of ${bold(cityName(around))}`] : [];
  const words = [...filterWords({ ...filter, near: undefined }), ...where];
  return {
    title: 'Orgs',
    blocks: [
      paragraph(rich`Nothing found ${joined(words)}. ${nextWords(closest, meant, locale)}`),
      buttons(
        ...cityButtons(meant, (city) => browsePage.with(pagePayload({ ...filter, city }, 0))),
        ...(!isAround && around && closest.length > 0 ? [aroundButton(around, filter)] : []),
        button('Show all orgs', runs('orgs browse')),
      ),
    ],
  };
}

function nextWords(closest: CityAway[], meant: City[], locale: string): RichText {
  if (meant.length > 0) return rich`Did you mean another city?`;
  if (closest.length === 0) return rich`Fewer words or filters find more.`;
  const cities = closest.map((city) => rich`${bold(city.name)} (${distanceWords(city.distanceKm, locale)})`);
  return rich`The nearest with orgs: ${joined(cities)}.`;
}

function whichPlaceView(
  { asked, isKnown, candidates }: Extract<Browsed, { kind: 'which-place' }>,
  filter: OrgFilter,
): View {
  const unknown = rich`I don’t know a place called “${bold(asked)}”.`;
  const words = isKnown
    ? rich`Which ${bold(asked)} do you mean?`
    : [...unknown, candidates.length > 0 ? ' Did you mean:' : ' A larger city near by will do, too.'];
  return {
    title: 'Orgs',
    tone: isKnown ? 'plain' : 'careful',
    blocks: [
      paragraph(words),
      buttons(
        ...cityButtons(candidates, (near) => browsePage.with(pagePayload({ ...filter, near }, 0))),
        button('Show all orgs', runs('orgs browse')),
      ),
    ],
  };
}

/** A button for each city, which does something with it as `Places` reads it back. */
function cityButtons(cities: City[], tapOf: (city: string) => ActionRef): Button[] {
  const names = cityNames(cities);
  return cities.map((city, index) => button(names[index] ?? city.name, tapOf(cityText(city))));
}

/** What was asked for, to stand behind a number of orgs: "for “chess”, in Berlin". */
function filterWords({ query, city, country, type, near }: OrgFilter): RichText[] {
  return [
    ...(query ? [rich`for “${bold(query)}”`] : []),
    ...(type ? [rich`of the kind ${bold(ORG_TYPE_LABELS[type].toLowerCase())}`] : []),
    ...(city ? [rich`in ${bold(city)}`] : []),
    ...(country ? [rich`in ${bold(countryName(country))}`] : []),
    ...(near ? [rich`near ${bold(near)}`] : []),
  ];
}

function orgItem(found: FoundOrg, locale: string): ListItem {
  const { org, distanceKm } = found;
  const away = distanceKm === undefined ? undefined : `${distanceWords(distanceKm, locale)} away`;
  return {
    title: org.name,
    lines: [factsLine(found, away), firstSentence(org.description)].filter((line) => line !== ''),
    button: button('Show', showOrg.with({ org: org.id })),
  };
}
