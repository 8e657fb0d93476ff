import { z } from 'zod';
import type { Member } from '../../domain/members/member.js';
import { type City, cityName, cityNames, cityText } from '../../domain/places/city.js';
import { defineAction, runs } from '../actions.js';
import { defineForm } from '../forms.js';
import type { Suggest } from '../options.js';
import { cityField } from '../places/city-option.js';
import { italic, rich, type TextInput } from '../text.js';
import { type Block, type Button, button, buttons, fields, message, note, paragraph, type View } from '../views.js';

/** Turns the use of the city on or off; says which, so that a second tap changes nothing. */
export const locationSwitch = defineAction('profile.location-switch', z.object({ isOn: z.boolean() }));
export const clearCity = defineAction('profile.clear-city', z.object({}));
/** Sets the city that was meant; `isDiscoverable` rides along from the command. */
export const pickCity = defineAction(
  'profile.pick-city',
  z.object({ city: z.string().max(200), isDiscoverable: z.boolean().optional() }),
);
/** Opens the form; `turnsOn` when the tap said that the city may be used from then on. */
const CityForm = z.object({ turnsOn: z.boolean() });
export const askForCity = defineAction('profile.ask-city', CityForm);
export const useZone = defineAction('profile.use-zone', z.object({ zone: z.string().max(60) }));

/** The form for the city; its suggestions come from the places. */
export const cityForm = (suggest: Suggest) =>
  defineForm({
    name: 'profile.city',
    payload: CityForm,
    title: 'Your city',
    fields: { city: cityField('City', suggest, { hint: 'Nothing finer than the city is kept' }) },
    fieldFor: { 'places.unknown': 'city' },
  });

/** Where somebody lives, with what is kept of it and what for. */
export function locationView(member: Member, ...before: Block[]): View {
  const { city, privacy, zone } = member;
  const isOn = privacy.isLocationDiscoverable;
  return {
    title: 'Your location',
    blocks: [
      ...before,
      fields(
        { label: 'City', value: city ? cityName(city) : notTold() },
        { label: 'Suggestions near you', value: isOn ? 'On' : 'Off' },
        { label: 'Time zone', value: zone?.replaceAll('_', ' ') ?? notTold() },
      ),
      paragraph(usedFor(member)),
      ...zoneOffer(member),
      buttons(...locationButtons(member)),
      note('Kept: the city’s name, region and country, where its centre is, and its time zone. Nothing finer.'),
    ],
  };
}

const notTold = (): TextInput => rich`${italic('not told yet')}`;

function usedFor({ city, privacy: { isLocationDiscoverable: isOn } }: Member): string {
  if (!isOn) {
    return city
      ? 'Location is off: your city is used for nothing and shown to nobody.'
      : 'Tell your city and turn location on, and I suggest orgs near you, with how far they are.';
  }
  return city
    ? 'Your city is used to suggest orgs near you, to say how far they are, and to mark your own map. Admins of orgs you are in see its name; nobody else does.'
    : 'Location is on, but without a city I cannot tell what is near you.';
}

function locationButtons({ city, privacy }: Member): Button[] {
  const isOn = privacy.isLocationDiscoverable;
  const turn = locationSwitch.with({ isOn: !isOn });
  return [
    isOn ? button('Turn off', turn) : button('Turn on', turn, city ? 'primary' : undefined),
    button(city ? 'Change city' : 'Tell my city', askForCity.with({ turnsOn: false }), city ? undefined : 'primary'),
    ...(city ? [button('Clear', clearCity.with({}), 'danger')] : []),
    button('Orgs near me', runs('orgs nearby'), city && isOn ? 'primary' : undefined),
  ];
}

/** Somebody whose platform tells no zone is offered their city's. */
function zoneOffer({ city, zone }: Member): Block[] {
  if (!city || zone !== undefined) return [];
  return [
    paragraph(rich`You have no time zone yet, so times are shown in UTC. ${cityName(city)} keeps ${zoneName(city)}.`),
    buttons(button(`Use ${zoneName(city)}`, useZone.with({ zone: city.zone }))),
  ];
}

const zoneName = ({ zone }: City): string => zone.replaceAll('_', ' ');

/** Asks which of several places was meant; a tap goes on with it. */
export function whichCityView(asked: string, candidates: City[], isDiscoverable: boolean | undefined): View {
  const names = cityNames(candidates);
  const carried = isDiscoverable === undefined ? {} : { isDiscoverable };
  return message(
    rich`Which ${asked} do you mean?`,
    buttons(
      ...candidates.map((city, index) =>
        button(names[index] ?? city.name, pickCity.with({ city: cityText(city), ...carried })),
      ),
    ),
    note('Nothing is stored yet. For another one, write its region or country behind the name.'),
  );
}

/** For a city that nobody knows, with those that are a slip away. */
export function unknownCityView(asked: string, nearest: City[], isDiscoverable: boolean | undefined): View {
  const said = rich`I don’t know a city called “${asked}”.`;
  if (nearest.length === 0) {
    return {
      tone: 'careful',
      ...message(
        [...said, ' A larger one near by will do, too.'],
        buttons(
          button('Try again', askForCity.with({ turnsOn: isDiscoverable ?? false }), 'primary'),
          button('My location', runs('profile location')),
        ),
      ),
    };
  }
  const { blocks } = whichCityView(asked, nearest, isDiscoverable);
  return {
    tone: 'careful',
    blocks: [
      paragraph([...said, nearest.length === 1 ? ' Did you mean this one?' : ' Did you mean one of these?']),
      ...blocks.slice(1),
    ],
  };
}
