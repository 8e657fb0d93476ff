import type { NamedPerson, ShownEventAttendance } from '../../domain/attendance/event-attendance-service.js';
import type { EventChoice } from '../../domain/errors.js';
import type { Event } from '../../domain/events/event.js';
import type { Guest } from '../../domain/events/guests.js';
import type { Page } from '../../domain/orgs/org.js';
import { whenWords } from '../events/event-times.js';
import { guestName, guestState } from '../guests/guest-words.js';
import { guestsButton } from '../guests/guests-actions.js';
import { countWords, numberWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, joined, rich } from '../text.js';
import {
  type Block,
  button,
  buttons,
  type ListItem,
  list,
  message,
  note,
  pager,
  paragraph,
  type Select,
  type View,
} from '../views.js';
import * as actions from './event-attendance-actions.js';
import {
  answersWords,
  averageWords,
  cameInAll,
  countsWords,
  HELD_BACK,
  knownOfWords,
  LIST_LABELS,
} from './event-attendance-words.js';

/** People on one page of a list. */
export const PEOPLE_A_PAGE = 12;

/** Who came to an event, in numbers, with what its organisers can do about it. */
export function eventAttendanceView(shown: ShownEventAttendance): View {
  const { event, org, counts } = shown;
  const came = cameInAll(counts);
  const isEmpty = came + counts.byStatus.absent + counts.byStatus.unknown === 0;
  return {
    title: rich`Who came to ${event.title}`,
    blocks: [
      paragraph(rich`${bold(org.name)}\n${whenWords(event)}`),
      ...(isEmpty
        ? [paragraph('Nobody said they would come, and of nobody is it known that they did.')]
        : [paragraph(rich`${bold(`${numberWords(came)} came`)}. ${countsWords(counts)}.`), listSelect(shown)]),
      ...(counts.erased > 0
        ? [note(`${countWords(counts.erased, 'person', 'people')} who came erased their data since.`)]
        : []),
      ...feedbackLine(shown),
      buttons(
        button('Mark by hand', actions.choosePeopleToMark.with({ event: event.id, page: 0 }), 'primary'),
        button('Feedback', actions.feedbackPage.with({ event: event.id, page: 0 })),
        guestsButton(event),
        button('Other events', actions.latestEvents.with({})),
      ),
      note('Seen by admins only. An organiser’s mark counts over what members say, and that over lu.ma’s check-ins.'),
    ],
  };
}

function feedbackLine({ feedback, counts }: ShownEventAttendance): Block[] {
  if (feedback.people === 0) return feedback.isHeldBack ? [paragraph(`Feedback: ${HELD_BACK}`)] : [];
  const average = averageWords(feedback);
  const words = [...(average ? [average] : []), answersWords(feedback, counts)];
  return [paragraph(rich`Feedback: ${words.join(' · ')}.`)];
}

function listSelect({ event, counts }: ShownEventAttendance): Select {
  const sizes: [actions.List, number][] = [
    ['attended', counts.byStatus.attended],
    ['partial', counts.byStatus.partial],
    ['absent', counts.byStatus.absent],
    ['unknown', counts.byStatus.unknown],
    ['walk-ins', counts.walkIns],
  ];
  const options = sizes
    .filter(([, size]) => size > 0)
    .map(([value, size]) => ({ value: value as string, label: `${LIST_LABELS[value]} (${numberWords(size)})` }));
  return {
    kind: 'select',
    placeholder: 'Show who',
    action: actions.choosePeople.with({ event: event.id }),
    options: [...options, { value: 'newcomers', label: `${LIST_LABELS.newcomers}: came for the first time` }],
  };
}

/** One page of an event's people, with how it is known whether they came. */
export function peopleView(
  { event, page }: { event: Event; page: Page<NamedPerson> },
  which: Exclude<actions.List, 'walk-ins'>,
): View {
  return listView(event, which, page, page.items.map(personItem));
}

/** One page of the guests whom lu.ma checked in and whom nobody here knows. */
export function walkInsView({ event, page }: { event: Event; page: Page<Guest> }): View {
  const items = page.items.map((guest) => ({ title: guestName(guest), lines: [guestState(guest)] }));
  return listView(event, 'walk-ins', page, items);
}

function listView(event: Event, which: actions.List, page: Page<unknown>, items: ListItem[]): View {
  const people = which === 'walk-ins' ? countWords(page.total, 'walk-in') : countWords(page.total, 'person', 'people');
  return {
    title: rich`${LIST_LABELS[which]}: ${event.title}`,
    blocks: [
      ...(page.total === 0 ? [paragraph('Nobody.')] : [paragraph(people), list(items)]),
      ...pager(page, (to) => actions.peoplePage.with({ event: event.id, list: which, page: to })),
      buttons(
        backButton(event),
        which === 'walk-ins'
          ? guestsButton(event)
          : button('Mark by hand', actions.choosePeopleToMark.with({ event: event.id, page: 0 })),
      ),
      ...(which === 'walk-ins'
        ? [note('lu.ma checked them in, and I know no member for them. Under Guests you can say who somebody is.')]
        : []),
    ],
  };
}

function personItem(person: NamedPerson): ListItem {
  return { title: person.name, lines: [joined([knownOfWords(person), ...saidWords(person)], ' · ')] };
}

/** What somebody had said before. */
export function saidWords({ response }: Pick<NamedPerson, 'response'>): string[] {
  return response === undefined ? [] : [response === 'going' ? 'said Going' : 'said Interested'];
}

/** Back to the numbers. */
export const backButton = ({ id }: Pick<Event, 'id'>, label = 'All numbers') =>
  button(label, actions.showEventAttendance.with({ event: id }));

/** The latest events of somebody's orgs, to choose from. */
export function latestEventsView(events: readonly EventChoice[]): View {
  if (events.length === 0) return message('No event of yours has begun yet. Once one has, you see here who came.');
  return {
    title: 'Who came?',
    blocks: [
      paragraph('Choose an event, the last first. Older ones are found by words of their title.'),
      list(events.map(eventItem)),
    ],
  };
}

/** Which of several events is meant. */
export function whichEventAttendanceView(asked: string, candidates: readonly EventChoice[]): View {
  return message(
    rich`“${bold(short(asked))}” fits several events. Which one do you mean?`,
    list(candidates.map(eventItem)),
  );
}

/** An event to choose. */
export function eventItem(event: EventChoice): ListItem {
  return {
    title: event.title,
    lines: [rich`${whenWords(event)} · ${event.orgName}`],
    button: button('Who came', actions.showEventAttendance.with({ event: event.id })),
  };
}
