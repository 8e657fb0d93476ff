import { EVENT_TYPES, type Event, type EventType } from '../../domain/events/event.js';
import type { EventDetails } from '../../domain/events/events-service.js';
import type { ResponseValue } from '../../domain/events/response.js';
import type { Responded } from '../../domain/events/responses-service.js';
import type { EventReminders } from '../../domain/notifications/event-reminders-service.js';
import { runs } from '../actions.js';
import { attendanceButton } from '../event-attendance/event-attendance-actions.js';
import { guestsButton } from '../guests/guests-actions.js';
import { askToJoin } from '../orgs/orgs-actions.js';
import { bold, type RichText, rich } from '../text.js';
import {
  type Block,
  type Button,
  button,
  buttons,
  linkButton,
  note,
  paragraph,
  type Select,
  type View,
} from '../views.js';
import { cancelledWords, eventFacts, orgButton, responseButtons, whenAndThere } from './event-card.js';
import { countsWords, EVENT_TYPE_LABELS, OWN_RESPONSE_WORDS, placeWords } from './event-labels.js';
import { remindersLine } from './event-reminders-views.js';
import type { TimeReader } from './event-times.js';
import { BY_THE_RULES, changeType, respondTo, showEvent } from './events-actions.js';

/** An event for one reader: with their answer, their link, and what they may change of it. */
export function eventView(details: EventDetails, reader: TimeReader, reminders?: EventReminders): View {
  const { event, org, counts, phase, response, isAdmin } = details;
  const isOpen = phase === 'ahead' || phase === 'now';
  const answers = isOpen ? responseButtons(event, { own: true, said: response }) : [];
  const first = [...answers, ...lumaButton(details)];
  return {
    title: event.title,
    ...(phase === 'cancelled' ? { tone: 'careful' as const } : {}),
    blocks: [
      ...phaseWords(details),
      ...eventFacts(event, org, counts, reader),
      ...(first.length > 0 ? [buttons(...first)] : []),
      ...remindersLine(reminders),
      buttons(
        orgButton(org),
        ...(isAdmin ? [guestsButton(event)] : []),
        ...(isAdmin && (phase === 'now' || phase === 'over') ? [attendanceButton(event)] : []),
        button('Upcoming events', runs('events upcoming')),
      ),
      ...(isAdmin ? [typeSelect(event)] : []),
      ...audienceNote(event),
    ],
  };
}

/** Where it stands, and what the reader said. */
function phaseWords({ phase, response }: EventDetails): Block[] {
  if (phase === 'cancelled') return [cancelledWords()];
  if (phase === 'over') return [paragraph('This event is over.')];
  const words = [
    ...(phase === 'now' ? ['Happening now'] : []),
    ...(response === undefined ? [] : [OWN_RESPONSE_WORDS[response]]),
  ];
  return words.length === 0 ? [] : [paragraph(rich`${bold(`${words.join('. ')}.`)}`)];
}

function lumaButton(
  { event, personalUrl }: Pick<EventDetails, 'event' | 'personalUrl'>,
  label = 'View on lu.ma',
): Button[] {
  const url = personalUrl ?? event.url;
  return url === undefined ? [] : [linkButton(label, url)];
}

/** For admins: what kind of event it is, as they see it or by the rules. */
function typeSelect({ id, ruledType, chosenType }: Event): Select {
  const option = (value: EventType) => ({ value, label: EVENT_TYPE_LABELS[value], isChosen: value === chosenType });
  const ruled = `By its words: ${EVENT_TYPE_LABELS[ruledType]}`;
  return {
    kind: 'select',
    placeholder: 'Change type',
    action: changeType.with({ event: id }),
    options: [{ value: BY_THE_RULES, label: ruled, isChosen: chosenType === undefined }, ...EVENT_TYPES.map(option)],
  };
}

function audienceNote({ visibility }: Event): Block[] {
  if (visibility === 'members-only') return [note('For members of this org: only they see it here.')];
  if (visibility === 'private') return [note('Private on lu.ma: only admins of this org see it here.')];
  return [];
}

/** The answer to an answer: what was noted, what happens next, and how to change it. */
export function respondedView(
  answer: ResponseValue | 'none',
  responded: Responded,
  reader: TimeReader,
  reminders?: EventReminders,
): View {
  const { event, org, counts, response, standing } = responded;
  const mayJoin = standing === undefined || standing === 'left';
  const said = countsWords(counts);
  const label = response === 'going' || response === 'interested' ? 'Register on lu.ma' : 'View on lu.ma';
  return {
    title: event.title,
    tone: 'good',
    blocks: [
      paragraph(answer === 'none' ? takenBackWords(responded) : respondedWords(answer, responded)),
      paragraph(rich`${whenAndThere(event, reader)}\n${placeWords(event.place)}`),
      ...(said === '' ? [] : [note(`${said} so far.`)]),
      ...remindersLine(reminders),
      buttons(
        ...lumaButton(responded, label),
        ...responseButtons(event, { own: true, said: response }),
        ...(answer === 'none' ? [] : undoButton(responded)),
      ),
      buttons(
        ...(mayJoin ? [button('Join', askToJoin.with({ org: org.id }))] : []),
        button('Show event', showEvent.with({ event: event.id })),
        button('Upcoming events', runs('events upcoming')),
      ),
      ...(mayJoin
        ? [note(rich`You’re not in ${bold(org.name)} yet. Once you join, its events come first in your list.`)]
        : []),
    ],
  };
}

function takenBackWords({ response }: Responded): RichText {
  if (response === undefined) return rich`${bold('Your answer is taken back.')} You can answer again until it is over.`;
  return rich`${bold('Your answer is taken back.')} By lu.ma’s guest list, though: ${OWN_RESPONSE_WORDS[response]}.`;
}

function respondedWords(answer: ResponseValue, { event }: Responded): RichText {
  const hasPage = event.url !== undefined;
  switch (answer) {
    case 'going':
      return rich`${bold('You’re going.')} ${
        hasPage ? 'Places are given on lu.ma: register there too, if you haven’t yet.' : 'There is nothing else to do.'
      }`;
    case 'interested':
      return rich`${bold('You’re interested.')} ${
        hasPage ? 'Nothing is booked: you can register on lu.ma whenever you like.' : 'You can still make up your mind.'
      }`;
    case 'not_going':
      return rich`${bold('You’re not going.')} ${
        hasPage
          ? 'If you have registered on lu.ma, please cancel there too: somebody may be glad of the place.'
          : 'Thanks for telling.'
      }`;
  }
}

function undoButton({ event, response }: Responded): Button[] {
  if (response === undefined) return [];
  return [button('Undo', respondTo.with({ event: event.id, response: 'none', own: true }))];
}
