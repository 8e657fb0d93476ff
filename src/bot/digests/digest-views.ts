import { typeOf } from '../../domain/events/event.js';
import type { ListedEvent } from '../../domain/events/listed-event.js';
import type { Frequency } from '../../domain/notifications/choices.js';
import type { News, NewsOfOrg, Rhythm } from '../../domain/notifications/digest.js';
import { runs } from '../actions.js';
import { whenLine } from '../events/event-items.js';
import { EVENT_TYPE_LABELS, OWN_RESPONSE_WORDS, placeWords } from '../events/event-labels.js';
import type { TimeReader } from '../events/event-times.js';
import { showEvent } from '../events/events-actions.js';
import { countWords, numberWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, commandName, joined, type RichText, rich, time } from '../text.js';
import { type Block, button, buttons, type ListItem, list, message, note, paragraph, type View } from '../views.js';
import { resumeDigests, stopDigests } from './digest-actions.js';

/** Events with a button of their own; of the others there is the list of all. */
const MOST_WITH_BUTTON = 5;

const MOST_TITLE = 100;
const MOST_PLACE = 70;
const MOST_DESCRIPTION = 110;
const MOST_ORG_NAME = 60;

const DIVIDER: Block = { kind: 'divider' };

/** How the message came about, in a word or two. */
const WHY: Readonly<Record<Rhythm | 'all', string>> = {
  all: 'every new event',
  daily: 'daily digest',
  weekly: 'weekly digest',
};

/** What is new to one member, grouped by org: a digest, or what was just found. */
export function newsView(news: News, kind: Rhythm | 'all', reader: TimeReader): View {
  const first = new Set(news.groups.flatMap(({ events }) => events).slice(0, MOST_WITH_BUTTON));
  return {
    title: titleOf(news, kind),
    blocks: [
      ...news.groups.flatMap((group, position) => [
        ...(position === 0 ? [] : [DIVIDER]),
        ...groupBlocks(group, first, reader),
      ]),
      ...(news.moreElsewhere > 0
        ? [DIVIDER, paragraph(`And ${countWords(news.moreElsewhere, 'more event')} elsewhere.`)]
        : []),
      buttons(
        button('All events', runs('events upcoming'), 'primary'),
        button('Change', runs('notify show')),
        button('Stop these', stopDigests.with({})),
      ),
      note(whyWords(news, kind)),
    ],
  };
}

function titleOf({ total, groups }: News, kind: Rhythm | 'all'): RichText {
  const [only, ...others] = groups;
  const count = countWords(total, 'new event');
  if (kind !== 'all') return rich`Your ${WHY[kind]}: ${count}`;
  return only && others.length === 0 ? rich`${count} at ${short(only.org.name, MOST_ORG_NAME)}` : rich`${count}`;
}

function groupBlocks({ org, events, more }: NewsOfOrg, first: ReadonlySet<ListedEvent>, reader: TimeReader): Block[] {
  const share = more > 0 ? ` · next ${numberWords(events.length)} of ${numberWords(events.length + more)}` : '';
  return [
    paragraph(rich`${bold(short(org.name, MOST_ORG_NAME))}${share}`),
    list(events.map((listed) => newsItem(listed, reader, first.has(listed)))),
  ];
}

function newsItem(listed: ListedEvent, reader: TimeReader, hasButton: boolean): ListItem {
  const { event, response } = listed;
  const type = typeOf(event);
  const about = [
    ...(type === 'other' ? [] : [EVENT_TYPE_LABELS[type]]),
    short(placeWords(event.place), MOST_PLACE),
    ...(event.visibility === 'public' ? [] : ['for members']),
  ];
  const description = short(event.description, MOST_DESCRIPTION);
  const when = event.isAllDay
    ? whenLine(listed, reader)
    : rich`${whenLine(listed, reader)} · ${time(event.startsAt, 'relative')}`;
  return {
    title: short(event.title, MOST_TITLE),
    lines: [
      when,
      joined(
        [about.join(' · '), ...(response === undefined ? [] : [rich`${bold(OWN_RESPONSE_WORDS[response])}`])],
        ' · ',
      ),
      ...(description === '' ? [] : [description]),
    ],
    ...(hasButton ? { button: button('Show', showEvent.with({ event: event.id })) } : {}),
  };
}

/** "You follow BAISH and 2 others; weekly digest." */
function whyWords({ groups, followed }: News, kind: Rhythm | 'all'): RichText {
  const [first] = groups;
  const others = followed - 1;
  const and = others <= 0 ? '' : ` and ${countWords(others, 'other')}`;
  return rich`You follow ${short(first?.org.name ?? 'no org', MOST_ORG_NAME)}${and}; ${WHY[kind]}.`;
}

/** After "Stop these": what is sent still, and the way back. */
export function digestsStoppedView(before: Frequency): View {
  const back = before === 'none' ? [] : [button('Undo', resumeDigests.with({ frequency: before }))];
  return message(
    rich`${bold('Done: no more digests.')} Reminders of events you said you go to still come; ${commandName('notify show')} changes those too.`,
    buttons(...back, button('All settings', runs('notify show'))),
  );
}

const AGAIN: Readonly<Record<Frequency, string>> = {
  all: 'You hear of new events as they come again.',
  daily: 'Your daily digest is on again: 09:00 your time.',
  weekly: 'Your weekly digest is on again: Sundays, 18:00 your time.',
  none: 'Digests stay off.',
};

/** After "Undo". */
export function digestsResumedView(frequency: Frequency): View {
  return {
    tone: 'good',
    ...message(AGAIN[frequency], buttons(button('All settings', runs('notify show')))),
  };
}
