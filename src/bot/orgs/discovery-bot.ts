import type { EventsService } from '../../domain/events/events-service.js';
import { usableCity } from '../../domain/members/location.js';
import type { Member } from '../../domain/members/member.js';
import type { MembersService } from '../../domain/members/members-service.js';
import type { DiscoveryService } from '../../domain/orgs/discovery-service.js';
import type { OrgFilter } from '../../domain/orgs/org.js';
import { cityNames } from '../../domain/places/city.js';
import { onAction } from '../actions.js';
import type { Actor } from '../actor.js';
import { countWords } from '../numbers.js';
import { choiceOption, type Suggest, textOption } from '../options.js';
import { cityOption } from '../places/city-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import { browsedView } from './browse-views.js';
import { countryOption } from './countries.js';
import { nearbyView } from './nearby-views.js';
import { browsePage, turnLocationOn } from './orgs-actions.js';
import { ORG_TYPE_LABELS, ORGS_A_PAGE } from './orgs-views.js';

const MOST_SUGGESTIONS = 25;

/** `/orgs nearby` and `/orgs browse`: finding an org by where one is, by words, by place. */
export function discoveryBot({
  discovery,
  events,
  members,
}: {
  discovery: DiscoveryService;
  events: EventsService;
  members: MembersService;
}): BotModule {
  const suggestCities: Suggest = async (_actor, text) => {
    const cities = await discovery.suggestCities(text, MOST_SUGGESTIONS);
    const names = cityNames(cities);
    return cities.map(({ value, orgs }, index) => ({
      value,
      label: [names[index] ?? value, ...(orgs > 0 ? [countWords(orgs, 'org')] : [])].join(' · '),
    }));
  };

  const listPage = async (actor: Actor, filter: OrgFilter, page: number): Promise<View> => {
    const reader = { memberId: actor.memberId, city: usableCity(actor.member) };
    const browsed = await discovery.browse({ filter, page, pageSize: ORGS_A_PAGE }, reader);
    return browsedView(browsed, filter, actor.locale);
  };

  const around = async (member: Member, locale: string): Promise<View> => {
    const nearby = await discovery.nearby(member);
    const ids = [...nearby.local, ...nearby.global].map(({ org }) => org.id);
    return nearbyView(nearby, await events.countAhead(ids), locale);
  };

  const nearby = command({
    name: 'orgs nearby',
    description: 'Orgs near you to join, then those that meet online',
    run: async (actor) => show(await around(actor.member, actor.locale)),
  });

  const browse = command({
    name: 'orgs browse',
    description: 'Search and filter the directory of orgs',
    access: 'anyone',
    options: {
      query: textOption('Words from its name, city, language or description', { most: 100, example: 'reading group' }),
      city: cityOption('Only in this city', suggestCities),
      country: countryOption('Only in this country'),
      type: choiceOption('Only this kind of org', ORG_TYPE_LABELS),
      near: cityOption('Around this city, the nearest first; it is not stored', suggestCities),
    },
    run: async (actor, filter) => show(await listPage(actor, wholeFilter(filter), 0)),
  });

  return {
    commands: [nearby, browse],
    actions: [
      onAction(browsePage, async (actor, { page, ...filter }) =>
        replace(await listPage(actor, wholeFilter(filter), page)),
      ),
      onAction(turnLocationOn, async (actor) => {
        const member = await members.setLocation(actor.memberId, { isDiscoverable: true });
        return replace(await around(member, actor.locale));
      }),
    ],
  };
}

function wholeFilter({ query, city, country, type, near }: Partial<OrgFilter>): OrgFilter {
  return { query, city, country, type, near };
}
