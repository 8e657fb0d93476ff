import { ATTENDANCE_ANSWERS, closesAt, hasCome } from '../../domain/attendance/attendance.js';
import type { ShownAttendance } from '../../domain/attendance/attendance-service.js';
import { MOST_STARS } from '../../domain/attendance/feedback.js';
import type { ToAsk } from '../../domain/attendance/prompts-service.js';
import { runs } from '../actions.js';
import { whenAndThere } from '../events/event-card.js';
import type { TimeReader } from '../events/event-times.js';
import { goerWords } from '../reminders/reminder-words.js';
import { short } from '../short-text.js';
import { bold, type RichText, rich, time } from '../text.js';
import { type Block, type Button, button, buttons, note, paragraph, type View } from '../views.js';
import * as actions from './attendance-actions.js';
import { ANSWER_LABELS, knownWords, PROMISES, starsWords } from './attendance-words.js';
import { answerWords } from './comment-form.js';

/** Fits a button beside a few words. */
const MOST_ORG_NAME = 24;
const MOST_QUOTED = 300;

/** What taps on a card carry: its event, and which revision it shows if it is a message that follows. */
type OnCard = Parameters<typeof actions.askTomorrow.with>[0];

/** "Did you attend?", to somebody who said they would come. */
export function promptView({ event, org, goer, attendance }: ToAsk, reader: TimeReader): View {
  const isLast = attendance.prompts > 0;
  const card = { event: event.id, seen: attendance.revision };
  return {
    title: event.title,
    blocks: [
      paragraph(rich`${bold(org.name)}\n${whenAndThere(event, reader)}`),
      paragraph(rich`${bold('Did you attend?')}`),
      buttons(...answerButtons(card), ...(isLast ? [] : [laterButton(card)]), leaveButton(card)),
      note(
        `${goerWords(goer)}, so you are asked whether you came${isLast ? ', for the last time.' : '; at most twice.'}`,
      ),
    ],
  };
}

/** How things stand with a member and an event, and what they can do about it. `isCopy` for messages that follow. */
export function attendanceView(shown: ShownAttendance, reader: TimeReader, { isCopy }: { isCopy: boolean }): View {
  const { event, org, attendance, isOpen } = shown;
  const card: OnCard = { event: event.id, ...(isCopy ? { seen: attendance.revision } : {}) };
  const isKnown = attendance.status !== 'unknown';
  return {
    title: event.title,
    ...(isKnown ? { tone: 'good' as const } : {}),
    blocks: [
      paragraph(rich`${bold(org.name)}\n${whenAndThere(event, reader)}`),
      ...(isKnown ? knownBlocks(shown, card) : unknownBlocks(shown, card)),
      note(
        isOpen
          ? rich`You can ${isKnown ? 'change your answer' : 'answer'} until ${time(closesAt(event), 'day')}.`
          : rich`Answers closed ${time(closesAt(event), 'day')}; an organiser can still put it right.`,
      ),
    ],
  };
}

/** The question once more, for whoever wants to answer otherwise. */
export function changeView({ event, org, attendance }: ShownAttendance, isCopy: boolean): View {
  const card: OnCard = { event: event.id, ...(isCopy ? { seen: attendance.revision } : {}) };
  const known = knownWords(attendance);
  return {
    title: event.title,
    blocks: [
      paragraph(rich`${bold(org.name)}${known === undefined ? '' : `\n${known}.`}`),
      paragraph(rich`${bold('Did you attend?')}`),
      buttons(...answerButtons(card)),
    ],
  };
}

function knownBlocks(shown: ShownAttendance, card: OnCard): Block[] {
  const { attendance, own, feedback, isOpen, event, questions, visibility } = shown;
  const isOverruled = attendance.source === 'admin' && own !== undefined && own.status !== attendance.status;
  const overruled = isOverruled && own.status !== 'none' ? ` You said: ${ANSWER_LABELS[own.status]}.` : '';
  const words = rich`${bold('Thank you!')} ${knownWords(attendance) ?? ''}.${overruled}`;
  const change = button('Change answer', actions.changeAnswer.with(card));
  if (!hasCome(attendance)) {
    return [paragraph(words), buttons(...(isOpen ? [change] : []), button('Upcoming events', runs('events upcoming')))];
  }
  const comment = feedback?.answers.map(answerWords).join(' · ') ?? '';
  const said: RichText[] = [
    ...(feedback?.stars === undefined ? [] : [rich`Your stars: ${starsWords(feedback.stars)}`]),
    ...(comment === '' ? [] : [rich`Your comment: ${short(comment, MOST_QUOTED)}`]),
  ];
  return [
    paragraph(words),
    ...said.map(paragraph),
    ...(isOpen
      ? [
          ...(feedback?.stars === undefined ? [paragraph('How was it?')] : []),
          buttons(...starButtons(shown, card)),
          buttons(
            ...(questions.length === 0
              ? []
              : [
                  button(
                    comment === '' ? 'Add a comment' : 'Change the comment',
                    actions.writeComment.with({ event: event.id }),
                  ),
                ]),
            change,
          ),
          note(PROMISES[visibility]),
        ]
      : []),
  ];
}

function unknownBlocks(shown: ShownAttendance, card: OnCard): Block[] {
  const { attendance, org, isOpen, isOrgUnasked, canDefer } = shown;
  if (!isOpen) return [paragraph('You have not said whether you came.')];
  if (attendance.declinedAt) {
    const ofOrg = { ...card, org: org.id };
    return [
      paragraph(
        isOrgUnasked
          ? rich`You are not asked about events of ${bold(org.name)} any more.`
          : rich`You are not asked about this event any more. Other events of ${bold(org.name)} go on asking.`,
      ),
      buttons(
        isOrgUnasked
          ? button('Ask me again', actions.askOfOrg.with(ofOrg))
          : button(`Don’t ask about ${short(org.name, MOST_ORG_NAME)} at all`, actions.dontAskOfOrg.with(ofOrg)),
      ),
      paragraph('If you want to answer after all: did you attend?'),
      buttons(...answerButtons(card)),
    ];
  }
  if (attendance.deferredAt && attendance.againAt) {
    return [
      paragraph(rich`You are asked again ${time(attendance.againAt, 'moment')}. Did you attend?`),
      buttons(...answerButtons(card), leaveButton(card)),
    ];
  }
  return [
    paragraph(rich`${bold('Did you attend?')}`),
    buttons(...answerButtons(card), ...(canDefer ? [laterButton(card)] : []), leaveButton(card)),
  ];
}

function answerButtons(card: OnCard): Button[] {
  return ATTENDANCE_ANSWERS.map((status) =>
    button(
      ANSWER_LABELS[status],
      actions.answerAttendance.with({ ...card, status }),
      status === 'attended' ? 'primary' : undefined,
    ),
  );
}

const laterButton = (card: OnCard): Button => button('Ask me tomorrow', actions.askTomorrow.with(card));
const leaveButton = (card: OnCard): Button => button('Don’t ask', actions.dontAsk.with(card));

function starButtons({ feedback, visibility }: ShownAttendance, card: OnCard): Button[] {
  const given = feedback?.stars;
  const promise = visibility === 'attributed' ? {} : { as: visibility };
  return Array.from({ length: MOST_STARS }, (_, position) => position + 1).map((stars) =>
    button(
      `${stars} ★`,
      actions.giveStars.with({ ...card, ...promise, stars }),
      stars === given ? 'primary' : undefined,
    ),
  );
}
