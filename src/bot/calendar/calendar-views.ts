import { runs } from '../actions.js';
import { bold, code, commandName, rich } from '../text.js';
import { type Block, button, buttons, list, message, note, paragraph, type View } from '../views.js';
import { askRenew, feedHelp, renewFeed, showFeed, turnOffFeed } from './calendar-actions.js';

/** Where a feed is reached; `isLocal` when no other machine reaches it. */
export interface FeedAddress {
  url: string;
  isLocal: boolean;
}

/** A member's private feed: the address, and what can be done with it. */
export function feedView({ url, isLocal }: FeedAddress, going: boolean, isNew = false): View {
  return {
    title: going ? 'What you go to, in your calendar' : 'Your orgs’ events, in your calendar',
    ...(isNew ? { tone: 'good' as const } : {}),
    blocks: [
      ...(isNew ? [paragraph('Here is your new address. The old one does not work any more.')] : []),
      paragraph(
        going
          ? 'Subscribe to this address, and the events you said Going to are there, wherever they are; changes and cancellations come by themselves.'
          : 'Subscribe to this address, and the events of your orgs are there; changes and cancellations come by themselves.',
      ),
      paragraph([code(url)]),
      ...localNote(isLocal),
      buttons(
        button('How to add it', feedHelp.with({}), 'primary'),
        going
          ? button('All of my orgs’ events', showFeed.with({ going: false }))
          : button('Only what I go to', showFeed.with({ going: true })),
        button('Make a new address', askRenew.with({})),
        button('Turn it off', turnOffFeed.with({})),
      ),
      note('It is yours alone: whoever has the address sees these events. Show it to nobody.'),
    ],
  };
}

function localNote(isLocal: boolean): Block[] {
  if (!isLocal) return [];
  return [note('Only this machine reaches that address, as this Rollcall has no public one yet.')];
}

/** How to subscribe in the calendars that most people use. */
export function feedHelpView(): View {
  return {
    title: 'Add it to your calendar',
    blocks: [
      list([
        {
          title: 'Google Calendar',
          lines: [
            'On a computer: beside “Other calendars” press +, then “From URL”; paste the address; “Add calendar”.',
          ],
        },
        {
          title: 'Apple Calendar',
          lines: [
            'File → New Calendar Subscription (on a phone: Calendars → Add → Subscription); paste the address; Subscribe.',
          ],
        },
        {
          title: 'Outlook',
          lines: ['Add calendar → Subscribe from web; paste the address; Import.'],
        },
      ]),
      buttons(
        button('Show the address', showFeed.with({ going: false })),
        button('Upcoming events', runs('events upcoming')),
      ),
      note('Calendars look for changes by themselves: Apple and Outlook within hours, Google within a day.'),
    ],
  };
}

/** Before the old address stops working. */
export function renewCard(): View {
  return {
    title: 'Make a new address?',
    tone: 'careful',
    blocks: [
      paragraph(
        rich`The old one ${bold('stops working at once')}, in every calendar that has it; you add the new one there again. Do this if somebody else has come by it.`,
      ),
      buttons(
        button('Make a new address', renewFeed.with({}), 'danger'),
        button('Cancel', showFeed.with({ going: false })),
      ),
    ],
  };
}

/** After it was turned off. */
export function feedOffView(): View {
  return message(
    rich`Your calendar’s address works no more. ${commandName('events calendar')} makes a new one whenever you like.`,
    buttons(
      button('Make a new one', showFeed.with({ going: false })),
      button('Upcoming events', runs('events upcoming')),
    ),
  );
}
