import { runs } from '../actions.js';
import { bold, code, commandName, rich } from '../text.js';
import { type Block, button, buttons, linkButton, message, note, paragraph, type View } from '../views.js';
import * as actions from './calendar-actions.js';
import { CALENDARS, type Calendar } from './calendar-actions.js';
import { subscribeLinks } from './subscribe-links.js';

/** Where a member's private feed is reached. */
export interface FeedAddress {
  feedId: string;
  url: string;
  /** When no other machine reaches it. */
  isLocal: boolean;
  /** For only what they go to. */
  going: boolean;
}

const LABELS: Readonly<Record<Calendar, string>> = {
  google: 'Google Calendar',
  apple: 'Apple Calendar',
  outlook: 'Outlook',
};

/** A member's private feed: the address, and what can be done with it. */
export function feedView(address: FeedAddress): View {
  const { feedId, going } = address;
  return {
    title: going ? 'What you go to, in your calendar' : 'Your orgs’ events, in your calendar',
    blocks: [
      paragraph(
        going
          ? 'Subscribe to this address, and the events you said Going to are there, wherever they are; changes and cancellations come by themselves.'
          : 'Subscribe to this address, and the events of your orgs are there; changes and cancellations come by themselves.',
      ),
      ...addressBlocks(address),
      paragraph('How do I add it?'),
      buttons(...CALENDARS.map((calendar) => button(LABELS[calendar], actions.feedSteps.with({ calendar, going })))),
      buttons(
        going
          ? button('All of my orgs’ events', actions.showFeed.with({ going: false }))
          : button('Only what I go to', actions.showFeed.with({ going: true })),
        button('Make a new address', actions.askRenew.with({ feed: feedId })),
        button('Turn it off', actions.askTurnOff.with({})),
      ),
      note('It is yours alone: whoever has the address sees these events. Show it to nobody.'),
    ],
  };
}

/** The same, after the address was changed. */
export function renewedView(address: FeedAddress): View {
  const view = feedView(address);
  return {
    ...view,
    tone: 'good',
    blocks: [paragraph('Here is your new address. The old one does not work any more.'), ...view.blocks],
  };
}

function addressBlocks({ url, isLocal }: FeedAddress): Block[] {
  return [
    paragraph([code(url)]),
    ...(isLocal
      ? [
          note(
            'Only the computer that Rollcall runs on reaches that address. Whoever runs it sets PUBLIC_URL to change that.',
          ),
        ]
      : []),
  ];
}

/** How to subscribe, in three steps. */
const STEPS: Readonly<Record<Calendar, readonly string[]>> = {
  google: [
    'Open calendar.google.com on a computer; the app on a phone cannot add one.',
    'Beside “Other calendars” press +, then “From URL”.',
    'Paste the address and press “Add calendar”.',
  ],
  apple: [
    'On a Mac: File → New Calendar Subscription. On an iPhone: Calendars → Add Calendar → Add Subscription Calendar.',
    'Paste the address and choose Subscribe.',
    'Choose iCloud as its place, and it is on all your devices.',
  ],
  outlook: [
    'Open the calendar at outlook.com, or in the new Outlook.',
    'Add calendar → Subscribe from web.',
    'Paste the address, give it a name and press Import.',
  ],
};

/** How often each looks for changes, as far as is known. */
const LOOKS: Readonly<Record<Calendar, string>> = {
  google: 'Google looks for changes once or twice a day, however often things change.',
  apple: 'Apple looks for changes as often as the calendar’s own settings say.',
  outlook: 'Outlook looks for changes every few hours.',
};

/** How to add the feed to one of the calendars, with the address at hand. */
export function feedStepsView(calendar: Calendar, address: FeedAddress): View {
  const { url, going } = address;
  const links = subscribeLinks(url, going ? 'Events I go to' : 'Events of my orgs');
  const link = calendar === 'apple' ? undefined : links?.[calendar];
  return {
    title: `Add it to ${LABELS[calendar]}`,
    blocks: [
      paragraph(STEPS[calendar].map((step, position) => `${position + 1}. ${step}`).join('\n')),
      ...addressBlocks(address),
      buttons(
        ...(link === undefined ? [] : [linkButton(`Open ${LABELS[calendar]} with it`, link)]),
        button('Back', actions.showFeed.with({ going })),
        button('Upcoming events', runs('events upcoming')),
      ),
      note(LOOKS[calendar]),
    ],
  };
}

/** Before the old address stops working. */
export function renewCard(feedId: string): View {
  return {
    title: 'Make a new address?',
    tone: 'careful',
    blocks: [
      paragraph(
        rich`The old one ${bold('stops working at once')}, in every calendar that has it; you add the new one there again. Do this if somebody else has come by it.`,
      ),
      buttons(
        button('Make a new address', actions.renewFeed.with({ feed: feedId }), 'danger'),
        button('Cancel', actions.showFeed.with({ going: false })),
      ),
    ],
  };
}

/** For an address that was sealed with a key that is gone. */
export function closedFeedCard(feedId: string): View {
  return {
    title: 'Your address cannot be shown again',
    tone: 'careful',
    blocks: [
      paragraph(
        rich`The key that it was locked away with is gone. Calendars that have the address go on as before. A new one can be made; then ${bold('the old one stops working at once')}.`,
      ),
      buttons(
        button('Make a new address', actions.renewFeed.with({ feed: feedId }), 'danger'),
        button('Turn it off', actions.askTurnOff.with({})),
        button('Upcoming events', runs('events upcoming')),
      ),
    ],
  };
}

/** Before the feed ends. */
export function turnOffCard(): View {
  return {
    title: 'Turn your calendar’s address off?',
    tone: 'careful',
    blocks: [
      paragraph(
        rich`It ${bold('stops working at once')}, and calendars that have it show nothing new. You can have another address later, but not this one.`,
      ),
      buttons(
        button('Turn it off', actions.turnOffFeed.with({}), 'danger'),
        button('Cancel', actions.showFeed.with({ going: false })),
      ),
    ],
  };
}

/** After it was turned off, or when there is none. */
export function feedOffView(): View {
  return message(
    rich`You have no calendar address at the moment. ${commandName('events calendar')} makes one whenever you like.`,
    buttons(button('Make one', runs('events calendar')), button('Upcoming events', runs('events upcoming'))),
  );
}
