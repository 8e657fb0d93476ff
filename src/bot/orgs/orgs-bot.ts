import type { OrgFilter } from '../../domain/orgs/org.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { countryName } from '../../domain/places/city.js';
import { onAction } from '../actions.js';
import type { Actor } from '../actor.js';
import { choiceOption, lookupOption, required, textOption } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { countryOption } from './countries.js';
import { orgOption } from './org-option.js';
import * as actions from './orgs-actions.js';
import { browseView, mineView, ORG_TYPE_LABELS, ORGS_A_PAGE, orgView } from './orgs-views.js';

const MOST_SUGGESTIONS = 25;

/** `/orgs`: finding an org. Joining and leaving are in `joining/`. */
export function orgsBot({ orgs }: { orgs: OrgsService }): BotModule {
  const suggestCities = async (_actor: Actor, text: string) =>
    (await orgs.suggestCities(text, MOST_SUGGESTIONS)).map(({ city, country }) => ({
      value: city,
      label: `${city}, ${countryName(country)}`,
    }));
  const org = required(orgOption(orgs, 'The org’s name'));

  const listPage = async (actor: Actor, filter: OrgFilter, page: number) =>
    browseView(await orgs.browse({ filter, page, pageSize: ORGS_A_PAGE }, actor.memberId), filter);

  const browse = command({
    name: 'orgs browse',
    description: 'Search and filter the directory of orgs',
    access: 'anyone',
    options: {
      query: textOption('Words from the name or the description', { most: 100, example: 'reading group' }),
      city: lookupOption('Only in this city', suggestCities, { example: 'Lisbon' }),
      country: countryOption('Only in this country'),
      type: choiceOption('Only this kind of org', ORG_TYPE_LABELS),
    },
    run: async (actor, { query, city, country, type }) =>
      show(await listPage(actor, { query, city, country, type }, 0)),
  });

  const showCommand = command({
    name: 'orgs show',
    description: 'What an org does, where, and how to join it',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) => show(orgView(await orgs.summary((await orgs.resolve(org)).id, actor.memberId))),
  });

  const mine = command({
    name: 'orgs mine',
    description: 'The orgs you are in',
    run: async (actor) => show(mineView(await orgs.listOfMember(actor.memberId), 0)),
  });

  return {
    groups: { orgs: 'Find your local org, join it, leave it' },
    commands: [browse, showCommand, mine],
    actions: [
      onAction(actions.browsePage, async (actor, { page, ...filter }) =>
        replace(await listPage(actor, wholeFilter(filter), page)),
      ),
      onAction(actions.minePage, async (actor, { page }) =>
        replace(mineView(await orgs.listOfMember(actor.memberId), page)),
      ),
      onAction(actions.showOrg, async (actor, { org }) => show(orgView(await orgs.summary(org, actor.memberId)))),
      onAction(actions.cancel, async (actor, { org }) => replace(orgView(await orgs.summary(org, actor.memberId)))),
    ],
  };
}

function wholeFilter(filter: Partial<OrgFilter>): OrgFilter {
  const { query, city, country, type } = filter;
  return { query, city, country, type };
}
