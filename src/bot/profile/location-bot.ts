import { DomainError } from '../../domain/errors.js';
import type { MemberId } from '../../domain/ids.js';
import type { MembersService } from '../../domain/members/members-service.js';
import { type City, cityName } from '../../domain/places/city.js';
import type { Places } from '../../domain/places/places.js';
import { onAction } from '../actions.js';
import { onForm } from '../forms.js';
import { yesNoOption } from '../options.js';
import { cityOption, suggestPlaces } from '../places/city-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { note, type View } from '../views.js';
import * as views from './location-views.js';

/** `/profile location`: where a member lives, to the city, and whether that may be used. */
export function locationBot({ members, places }: { members: MembersService; places: Places }): BotModule {
  const suggest = suggestPlaces(places);
  const cityForm = views.cityForm(suggest);

  const save = async (memberId: MemberId, city: City, isDiscoverable: boolean | undefined): Promise<View> => {
    const change = isDiscoverable === undefined ? { city } : { city, isDiscoverable };
    return views.locationView(await members.setLocation(memberId, change), note(`Saved: ${cityName(city)}.`));
  };

  /** Stores the city; where it is not clear which is meant, asks, and stores nothing. */
  const tell = async (memberId: MemberId, text: string, isDiscoverable: boolean | undefined): Promise<View> => {
    const match = await places.resolve(text);
    switch (match.kind) {
      case 'found':
        return save(memberId, match.city, isDiscoverable);
      case 'ambiguous':
        return views.whichCityView(text, match.candidates, isDiscoverable);
      case 'unknown':
        return views.unknownCityView(text, match.nearest, isDiscoverable);
    }
  };

  const location = command({
    name: 'profile location',
    description: 'Tell your city, and choose whether it may suggest orgs near you',
    options: {
      city: cityOption('The city you live in', suggest),
      discoverable: yesNoOption('Whether it may be used to suggest orgs near you'),
    },
    run: async (actor, { city, discoverable }) => {
      if (city !== undefined) return show(await tell(actor.memberId, city, discoverable));
      if (discoverable === undefined) return show(views.locationView(actor.member));
      return show(views.locationView(await members.setLocation(actor.memberId, { isDiscoverable: discoverable })));
    },
  });

  const pick = onAction(views.pickCity, async (actor, { city: text, isDiscoverable }) => {
    const match = await places.resolve(text);
    if (match.kind === 'unknown') return replace(views.unknownCityView(text, match.nearest, isDiscoverable));
    const city = match.kind === 'found' ? match.city : match.candidates[0];
    return replace(city ? await save(actor.memberId, city, isDiscoverable) : views.locationView(actor.member));
  });

  const saveForm = onForm(cityForm, async (actor, { turnsOn }, { city: text }) => {
    const match = await places.resolve(text);
    if (match.kind === 'unknown')
      throw new DomainError({ code: 'places.unknown', asked: text, nearest: match.nearest });
    return replace(await tell(actor.memberId, text, turnsOn || undefined));
  });

  return {
    commands: [location],
    actions: [
      pick,
      onAction(views.askForCity, async (_actor, payload) => ({ kind: 'form', form: cityForm.with(payload) })),
      onAction(views.locationSwitch, async (actor, { isOn }) =>
        replace(views.locationView(await members.setLocation(actor.memberId, { isDiscoverable: isOn }))),
      ),
      onAction(views.clearCity, async (actor) => {
        const member = await members.setLocation(actor.memberId, { city: null });
        return replace(views.locationView(member, note('Cleared: I no longer have your city.')));
      }),
      onAction(views.useZone, async (actor, { zone }) =>
        replace(
          views.locationView(await members.setZone(actor.memberId, zone), note('Your times are shown in it now.')),
        ),
      ),
    ],
    forms: [saveForm],
  };
}
