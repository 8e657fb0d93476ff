import type { AttendanceAnswer } from '../../domain/attendance/attendance.js';
import type { AttendedEvent } from '../../domain/attendance/attendance-repository.js';
import type { EventChoice } from '../../domain/errors.js';
import type { EventHost } from '../../domain/events/listed-event.js';
import type { Page } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { whenWords } from '../events/event-times.js';
import { countWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, joined, rich } from '../text.js';
import { type Block, button, buttons, type ListItem, list, message, pager, paragraph, type View } from '../views.js';
import { answerAttendance, askAgain, historyPage, openAttendance } from './attendance-actions.js';
import { STATUS_LABELS, starsWords, statusWords } from './attendance-words.js';

/** Events on a page: as many as fit every platform with a button each. */
export const HISTORY_A_PAGE = 6;
/** A row of buttons takes as many. */
const MOST_UNASKED = 5;
const MOST_ORG_NAME = 24;
/** So that what counts is not cut off. */
const MOST_TITLE = 100;

/** What a member came to, the last first, and whose events they are not asked about. */
export function historyView({ page, unasked }: { page: Page<AttendedEvent>; unasked: EventHost[] }): View {
  return {
    title: 'My attendance',
    blocks: [
      ...(page.total === 0
        ? nothing()
        : [paragraph(`${countWords(page.total, 'event')}, the last first.`), ...some(page)]),
      ...unaskedBlocks(unasked),
    ],
  };
}

function nothing(): Block[] {
  return [
    paragraph('Nothing yet. Say Going to an event, and a while after it you are asked whether you came.'),
    buttons(button('Upcoming events', runs('events upcoming'), 'primary'), button('Past events', runs('events past'))),
  ];
}

function some(page: Page<AttendedEvent>): Block[] {
  return [
    list(page.items.map(historyItem)),
    ...pager(page, (to) => historyPage.with({ page: to })),
    buttons(button('Past events', runs('events past')), button('Who sees it', runs('profile privacy'))),
  ];
}

function historyItem({ event, org, attendance, feedback, isHere }: AttendedEvent): ListItem {
  const given = [
    ...(feedback?.stars === undefined ? [] : [starsWords(feedback.stars)]),
    ...(feedback && feedback.answers.length > 0 ? ['with a comment'] : []),
  ];
  return {
    title: short(event.title, MOST_TITLE),
    lines: [rich`${whenWords(event)} · ${org.name}`, joined([rich`${bold(statusWords(attendance))}`, ...given], ' · ')],
    ...(isHere ? { button: button('Open', openAttendance.with({ event: event.id })) } : {}),
  };
}

function unaskedBlocks(unasked: EventHost[]): Block[] {
  if (unasked.length === 0) return [];
  return [
    paragraph(rich`You are not asked about events of ${joined(unasked.map(({ name }) => rich`${bold(name)}`))}.`),
    buttons(
      ...unasked
        .slice(0, MOST_UNASKED)
        .map(({ id, name }) => button(`Ask about ${short(name, MOST_ORG_NAME)}`, askAgain.with({ org: id }))),
    ),
  ];
}

/** Which of several events somebody means, each to be marked by a tap. */
export function whichEventView(asked: string, candidates: readonly EventChoice[], status: AttendanceAnswer): View {
  return message(
    rich`“${bold(short(asked))}” fits several events. Which one do you mean?`,
    list(
      candidates.map((event) => ({
        title: event.title,
        lines: [rich`${whenWords(event)} · ${event.orgName}`],
        button: button(STATUS_LABELS[status], answerAttendance.with({ event: event.id, status })),
      })),
    ),
  );
}
