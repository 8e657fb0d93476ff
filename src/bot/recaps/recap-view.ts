import type { ShownFeedbackSettings } from '../../domain/attendance/feedback-settings-service.js';
import type { FeedbackSummary } from '../../domain/attendance/feedback-summary.js';
import type { Recap, RecappedEvent } from '../../domain/attendance/recaps-service.js';
import { attendanceButton } from '../event-attendance/event-attendance-actions.js';
import {
  answersWords,
  averageWords,
  cameInAll,
  countsWords,
  HELD_BACK,
} from '../event-attendance/event-attendance-words.js';
import { whenWords } from '../events/event-times.js';
import { showFeedbackSettings, switchRecapsThere } from '../feedback/feedback-actions.js';
import { countWords, numberWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, commandName, joined, type RichText, rich } from '../text.js';
import { type Block, button, buttons, note, paragraph, type View } from '../views.js';

/** Events told in full; the others are there by their button. */
const MOST_TOLD = 4;
const MOST_QUOTES = 2;
const MOST_QUOTED = 200;
const MOST_NAME = 40;

/** Who came the day before and what they said, with what to do next. */
export function recapView({ org, events }: Recap): View {
  const told = events.slice(0, MOST_TOLD);
  const more = events.length - told.length;
  const [only] = events;
  return {
    title:
      events.length === 1 && only
        ? rich`Recap: ${only.event.title}`
        : rich`Recap: ${countWords(events.length, 'event')}`,
    blocks: [
      ...told.flatMap((event) => eventBlocks(event, { isOnly: events.length === 1 })),
      ...(more > 0
        ? [paragraph(rich`And ${countWords(more, 'more event')}; ${commandName('crm attendance')} has them all.`)]
        : []),
      buttons(button('Switch recaps off', switchRecapsThere.with({ org: org.id, isOn: false }))),
      note(
        `You look after ${short(org.name, MOST_NAME)}, so you get one recap the morning after its events. Write “stop” and I’ll send no more of any kind.`,
      ),
    ],
  };
}

function eventBlocks(recapped: RecappedEvent, { isOnly }: { isOnly: boolean }): Block[] {
  const { event, org, counts, newcomers, feedback } = recapped;
  const heading = isOnly ? bold(org.name) : bold(event.title);
  return [
    paragraph(rich`${heading}\n${whenWords(event)}`),
    paragraph(rich`${bold(`${numberWords(cameInAll(counts))} came`)}. ${countsWords(counts)}.`),
    ...(newcomers.total > 0 ? [paragraph(newcomersWords(newcomers))] : []),
    ...feedbackBlocks(recapped),
    ...quotes(feedback).map(paragraph),
    buttons(attendanceButton(event)),
  ];
}

function newcomersWords({ items, total }: RecappedEvent['newcomers']): RichText {
  const names = items.map(({ name }) => rich`${bold(short(name, MOST_NAME))}`);
  const more = total - items.length;
  return rich`For the first time here: ${joined(names)}${more > 0 ? ` and ${numberWords(more)} more` : ''}.`;
}

function feedbackBlocks({ feedback, counts }: RecappedEvent): Block[] {
  if (feedback.people === 0)
    return feedback.isHeldBack ? [paragraph(HELD_BACK)] : [paragraph('Nobody has given feedback yet.')];
  const average = averageWords(feedback);
  return [paragraph(rich`${bold(average ?? 'Feedback')} · ${answersWords(feedback, counts)}.`)];
}

/** The comments that say most, as they may be shown. */
function quotes({ comments }: FeedbackSummary): RichText[] {
  return comments
    .flatMap(({ name, answers }) =>
      answers.filter(({ kind }) => kind === 'text').map(({ answer }) => ({ name, answer })),
    )
    .sort((one, other) => other.answer.length - one.answer.length)
    .slice(0, MOST_QUOTES)
    .map(({ name, answer }) =>
      name === undefined
        ? rich`“${short(answer, MOST_QUOTED)}”`
        : rich`“${short(answer, MOST_QUOTED)}” (${short(name, MOST_NAME)})`,
    );
}

/** After recaps were switched from the recap itself. */
export function recapsSwitchedView({ org, settings }: ShownFeedbackSettings): View {
  return {
    tone: 'good',
    blocks: [
      paragraph(
        settings.sendsRecaps
          ? rich`The admins of ${bold(org.name)} get a recap the morning after its events.`
          : rich`No admin of ${bold(org.name)} gets recaps any more. ${commandName('crm attendance')} tells the same at any time.`,
      ),
      buttons(
        button(
          settings.sendsRecaps ? 'Switch recaps off' : 'Switch recaps on',
          switchRecapsThere.with({ org: org.id, isOn: !settings.sendsRecaps }),
        ),
        button('What is asked', showFeedbackSettings.with({ org: org.id })),
      ),
    ],
  };
}
