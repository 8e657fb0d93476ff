import type { OrgId } from '../../domain/ids.js';
import type { Org } from '../../domain/orgs/org.js';
import type { OrgDetails } from '../../domain/orgs/org-settings.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import type { SettingsService } from '../../domain/orgs/settings-service.js';
import { type City, cityText } from '../../domain/places/city.js';
import { type Places, requireCity } from '../../domain/places/places.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { onForm } from '../forms.js';
import { orgOption } from '../orgs/org-option.js';
import { suggestPlaces } from '../places/city-option.js';
import { type BotModule, command } from '../registry.js';
import { type Reply, replace, show } from '../reply.js';
import { editDetails, editListing, showSettings } from './manage-actions.js';
import { detailsForm, filledDetails, filledListing, listingForm } from './settings-forms.js';
import { savedNote, settingsView } from './settings-views.js';

/** `/manage show` and `edit`: an org's settings. Who may is decided in the service, at every call. */
export function manageBot(parts: { orgs: OrgsService; settings: SettingsService; places: Places }): BotModule {
  const { orgs, settings, places } = parts;
  const details = detailsForm(suggestPlaces(places));
  const org = orgOption(orgs, 'The org; this server’s own when left out');

  const showCommand = command({
    name: 'manage show',
    description: 'An org’s settings, for its admins',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) =>
      show(settingsView(await settings.show({ org, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  const editCommand = command({
    name: 'manage edit',
    description: 'Change an org’s description, city, kind, website and languages',
    options: { org },
    run: async (actor, { org }) => {
      const found = await settings.get({ org, space: spaceOf(actor) }, rightsOf(actor));
      return { kind: 'form', form: filledDetails(details, found) };
    },
  });

  const save = async (actor: Actor, orgId: OrgId, change: Partial<OrgDetails>): Promise<Reply> => {
    const { changed } = await settings.edit(orgId, change, rightsOf(actor));
    return replace(settingsView(await settings.show(orgId, rightsOf(actor)), savedNote(changed)));
  };

  /** The city that was written; the one that stands already needs no second look. */
  const cityFor = async ({ city }: Org, text: string): Promise<City | undefined> => {
    if (text === '') return undefined;
    return city && cityText(city) === text ? city : requireCity(places, text);
  };

  return {
    groups: { manage: 'Look after an org (admins)' },
    commands: [showCommand, editCommand],
    actions: [
      onAction(showSettings, async (actor, { org }) =>
        replace(settingsView(await settings.show(org, rightsOf(actor)))),
      ),
      onAction(editDetails, async (actor, { org }) => ({
        kind: 'form',
        form: filledDetails(details, await settings.get(org, rightsOf(actor))),
      })),
      onAction(editListing, async (actor, { org }) => ({
        kind: 'form',
        form: filledListing(await settings.get(org, rightsOf(actor))),
      })),
    ],
    forms: [
      onForm(details, async (actor, { org }, { city: text, type, ...told }) => {
        const city = await cityFor(await settings.get(org, rightsOf(actor)), text);
        return save(actor, org, { ...told, city, ...(type === undefined ? {} : { type }) });
      }),
      onForm(listingForm, async (actor, { org }, { listed, joining }) =>
        save(actor, org, {
          ...(listed === undefined ? {} : { isListed: listed === 'yes' }),
          ...(joining === undefined ? {} : { joinPolicy: joining }),
        }),
      ),
    ],
  };
}
