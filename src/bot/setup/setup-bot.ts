import type { AdminsService } from '../../domain/orgs/admins-service.js';
import { MOST_ORG_NAME, type SetupService } from '../../domain/orgs/setup-service.js';
import type { SpacesService } from '../../domain/orgs/spaces-service.js';
import { AboutVerified, ORG_VERIFIED } from '../../domain/orgs/verified-message.js';
import type { City } from '../../domain/places/city.js';
import type { Places } from '../../domain/places/places.js';
import { onAction } from '../actions.js';
import { type MemberActor, rightsOf, spaceOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { choiceOption, required, textOption } from '../options.js';
import { ORG_TYPE_LABELS } from '../orgs/orgs-views.js';
import { cityOption, suggestPlaces } from '../places/city-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { connectedView } from '../spaces/spaces-views.js';
import { message, type View } from '../views.js';
import { cancelSetup, connectInstead, goOn, type Told } from './setup-actions.js';
import { checklistView, similarView, verifiedView, whichCityView } from './setup-views.js';

/** `/manage setup`: makes an org of the server or workspace it is run in. */
export function setupBot(parts: {
  setup: SetupService;
  spaces: SpacesService;
  admins: AdminsService;
  places: Places;
}): BotModule {
  const { setup, spaces, admins, places } = parts;

  /** Goes as far as what was told reaches: a question, or the org with its checklist. */
  const proceed = async (actor: MemberActor, told: Told): Promise<View> => {
    const by = { space: spaceOf(actor), rights: rightsOf(actor), memberId: actor.memberId };
    await setup.check(by.space, by.rights);
    const city = await findCity(told.city);
    if (city.kind === 'ask') return whichCityView(told, city.match);
    const { name, type, isSureOfName = false } = told;
    const made = await setup.setUp({ name, type, city: city.city }, by, { isSureOfName });
    return made.kind === 'created' ? checklistView(made.org) : similarView(told, made.similar);
  };

  const findCity = async (
    text: string | undefined,
  ): Promise<
    | { kind: 'known'; city: City | undefined }
    | { kind: 'ask'; match: { kind: 'ambiguous' | 'unknown'; cities: City[] } }
  > => {
    if (text === undefined) return { kind: 'known', city: undefined };
    const match = await places.resolve(text);
    switch (match.kind) {
      case 'found':
        return { kind: 'known', city: match.city };
      case 'ambiguous':
        return { kind: 'ask', match: { kind: 'ambiguous', cities: match.candidates } };
      case 'unknown':
        return { kind: 'ask', match: { kind: 'unknown', cities: match.nearest } };
    }
  };

  const setupCommand = command({
    name: 'manage setup',
    description: 'Make an org of this server or workspace; for those who manage it',
    options: {
      name: required(textOption('What the org is called', { most: MOST_ORG_NAME, example: 'BAISH' })),
      city: cityOption('The city it meets in; none for one that is online only', suggestPlaces(places)),
      type: choiceOption('What kind of org it is', ORG_TYPE_LABELS),
    },
    run: async (actor, { name, city, type }) =>
      show(await proceed(actor, { name, ...(city ? { city } : {}), ...(type ? { type } : {}) })),
  });

  return {
    commands: [setupCommand],
    actions: [
      onAction(goOn, async (actor, told) => replace(await proceed(actor, told))),
      onAction(connectInstead, async (actor, { org }) => {
        const by = { space: spaceOf(actor), rights: rightsOf(actor), memberId: actor.memberId };
        return replace(connectedView('connected', await spaces.connectOwn(org, by)));
      }),
      onAction(cancelSetup, async () => replace(message('Nothing was set up.'))),
    ],
    messages: [
      onDelivery(ORG_VERIFIED, AboutVerified, async ({ member }, { org }) => {
        const own = await admins.findOrgOfAdmin(org, member.id);
        return own && !member.stoppedAt ? verifiedView(own) : undefined;
      }),
    ],
  };
}
