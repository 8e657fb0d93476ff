import type { Org } from '../../domain/orgs/org.js';
import type { SimilarOrg } from '../../domain/orgs/setup-service.js';
import { type City, cityNames, cityText } from '../../domain/places/city.js';
import { runs } from '../actions.js';
import { editDetails, editListing } from '../manage/manage-actions.js';
import { reviewNote } from '../manage/settings-views.js';
import { showOrg } from '../orgs/orgs-actions.js';
import { short } from '../short-text.js';
import { bold, code, commandName, type RichText, rich, type TextInput } from '../text.js';
import { type Button, button, buttons, type ListItem, list, message, note, paragraph, type View } from '../views.js';
import { cancelSetup, connectInstead, goOn, type Told } from './setup-actions.js';

const nothingYet = note('Nothing is set up yet.');
const cancelButton = (): Button => button('Cancel', cancelSetup.with({}));

/** Asks which of several cities was meant, or those nearest to one that nobody knows. */
export function whichCityView(told: Told, match: { kind: 'ambiguous' | 'unknown'; cities: City[] }): View {
  const names = cityNames(match.cities);
  const { city: asked = '', ...rest } = told;
  return message(
    cityQuestion(short(asked), match),
    buttons(
      ...match.cities.map((city, index) =>
        button(names[index] ?? city.name, goOn.with({ ...rest, city: cityText(city) })),
      ),
      button('Without a city', goOn.with(rest)),
      cancelButton(),
    ),
    nothingYet,
  );
}

function cityQuestion(asked: string, { kind, cities }: { kind: 'ambiguous' | 'unknown'; cities: City[] }): RichText {
  if (kind === 'ambiguous') return rich`Which ${bold(asked)} do you mean?`;
  const said = rich`I don’t know a city called ${bold(asked)}.`;
  if (cities.length > 0) return [...said, ' Did you mean one of these?'];
  return [...said, ' A larger one near by will do, too; you can tell it later.'];
}

/** The card for a name that another org has, or nearly. */
export function similarView(told: Told, similar: readonly SimilarOrg[]): View {
  const isOneOwn = similar.some(({ isOwn }) => isOwn);
  return {
    title: rich`Set up ${short(told.name)}?`,
    tone: 'careful',
    blocks: [
      paragraph(
        similar.length === 1
          ? 'There is an org with such a name already. If it is the same one, connect this place to it instead.'
          : 'There are orgs with such a name already. If one of them is the same, connect this place to it instead.',
      ),
      list(similar.map(similarItem)),
      ...(isOneOwn
        ? []
        : [
            paragraph(
              rich`To connect to it, ask one of its admins for a code: ${commandName('manage connect')} gives them one.`,
            ),
          ]),
      buttons(button('Create anyway', goOn.with({ ...told, isSureOfName: true }), 'danger'), cancelButton()),
      nothingYet,
    ],
  };
}

function similarItem({ id, name, place, isOwn }: SimilarOrg): ListItem {
  const lines: TextInput[] = [isOwn ? `${place} · you’re an admin` : place];
  return {
    title: name,
    lines,
    button: isOwn
      ? button('Connect to it instead', connectInstead.with({ org: id }))
      : button('Show', showOrg.with({ org: id })),
  };
}

/** After an org was set up: what to do next. */
export function checklistView(org: Org): View {
  return {
    title: rich`${org.name} is set up`,
    tone: 'good',
    blocks: [
      paragraph(
        rich`This place is connected to it, you are its first admin, and ${org.joinPolicy === 'open' ? 'everyone can join' : 'people ask to join'}: ${commandName('orgs join')} with ${code(org.slug)}.`,
      ),
      ...reviewNote({ org }),
      list([
        {
          title: '1. Describe it',
          lines: ['What you do and for whom, the languages, a website.'],
          button: button('Describe it', editDetails.with({ org: org.id })),
        },
        {
          title: '2. Choose how people come in',
          lines: ['Open or by approval; in the directory or not.'],
          button: button('Listing and joining', editListing.with({ org: org.id })),
        },
        {
          title: '3. Connect your lu.ma calendar',
          lines: ['Its events come in by themselves, and stay in step.'],
          button: button('Connect a calendar', runs('manage luma connect', { org: org.slug })),
        },
        {
          title: '4. Announce your events',
          lines: ['New ones are posted in a channel here.'],
          button: button('Announcements', runs('manage announce show', { org: org.slug })),
        },
        {
          title: '5. Invite people',
          lines: ['A link and a code that let them straight in.'],
          button: button('Invite people', runs('manage invite create', { org: org.slug })),
        },
        {
          title: '6. Share the work',
          lines: ['Once somebody has joined, make them an admin, too.'],
          button: button('Admins', runs('manage admins list', { org: org.slug })),
        },
        {
          title: '7. Connect more places',
          lines: ['A second server or workspace of the same org.'],
          button: button('Get a code', runs('manage connect', { org: org.slug })),
        },
      ]),
      note(rich`You find all of this again with ${commandName('manage show')}.`),
    ],
  };
}

/** To the admins of an org that whoever runs this Rollcall has looked at. */
export function verifiedView(org: Org): View {
  return {
    title: rich`${org.name} has a yes`,
    tone: 'good',
    blocks: [
      paragraph(
        org.isListed
          ? 'Whoever runs this Rollcall has looked at it: the directory shows it from now on.'
          : 'Whoever runs this Rollcall has looked at it. You chose to keep it out of the directory, so it stays out.',
      ),
      buttons(
        button('Settings', runs('manage show', { org: org.slug })),
        button('Show org', runs('orgs show', { org: org.slug })),
      ),
      note('You get this because you are an admin of it.'),
    ],
  };
}
