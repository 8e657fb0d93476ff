import type { Difference } from '../../domain/notifications/change-notices.js';
import type { Reminder } from '../../domain/notifications/choices.js';
import type { GoersEvent } from '../../domain/notifications/goers-service.js';
import { runs } from '../actions.js';
import { orgButton, responseButtons, whenAndThere } from '../events/event-card.js';
import { placeWords } from '../events/event-labels.js';
import { changeReminders } from '../events/event-reminders-actions.js';
import { localWhenWords, type TimeReader, whenWords } from '../events/event-times.js';
import { showEvent } from '../events/events-actions.js';
import { REMINDER_LABELS } from '../notify/notify-words.js';
import { short } from '../short-text.js';
import { bold, type RichText, rich } from '../text.js';
import { type Block, type Button, button, buttons, linkButton, note, paragraph, type View } from '../views.js';
import { goerWords, soonWords } from './reminder-words.js';

const MOST_PLACE = 100;

/** An event that comes near, to somebody who goes there. */
export function reminderView(told: GoersEvent, reminder: Reminder, reader: TimeReader): View {
  const { event, org, goer, now } = told;
  return {
    title: event.title,
    blocks: [
      paragraph(rich`${bold(org.name)}\n${soonWords(event, now)}`),
      paragraph(rich`${whenAndThere(event, reader)}\n${placeWords(event.place)}`),
      buttons(...lumaButton(told), ...answers(told)),
      buttons(button('Change reminders', changeReminders.with({ event: event.id })), settings()),
      note(`${goerWords(goer)}; reminder ${REMINDER_LABELS[reminder]}.`),
    ],
  };
}

/** What is not as somebody knew it who goes there: both as it was and as it is. */
export function changeView(told: GoersEvent & Difference, reader: TimeReader): View {
  const { event, org, goer, what } = told;
  const isOff = what.includes('cancelled');
  return {
    title: event.title,
    tone: isOff ? 'bad' : 'careful',
    blocks: [
      paragraph(rich`${bold(org.name)}\n${changeWords(told, reader)}`),
      ...(isOff ? [] : whereAndWhen(told, reader)),
      isOff
        ? buttons(orgButton(org), button('Upcoming events', runs('events upcoming')), settings())
        : buttons(
            ...lumaButton(told),
            ...answers(told),
            button('Show event', showEvent.with({ event: event.id })),
            settings(),
          ),
      note(`${goerWords(goer)}, so you are told when it changes.`),
    ],
  };
}

function changeWords({ event, was, what }: GoersEvent & Difference, reader: TimeReader): RichText {
  if (what.includes('cancelled')) return rich`${bold('Cancelled.')} It was to be on ${whenIn(was, reader)}.`;
  const lines: RichText[] = [
    ...(what.includes('back') ? [rich`${bold('It takes place after all.')}`] : []),
    ...(what.includes('moved')
      ? [rich`${bold('Moved:')} from ${whenIn(was, reader)} to ${whenIn(event, reader)}.`]
      : []),
    ...(what.includes('relocated')
      ? [
          rich`${bold('New place:')} ${short(placeWords(event.place), MOST_PLACE)}, was ${short(placeWords(was.place), MOST_PLACE)}.`,
        ]
      : []),
  ];
  return lines.flatMap((line, position) => (position === 0 ? line : ['\n', ...line]));
}

/** What the lines above do not say: how it stands now as a whole. */
function whereAndWhen({ event, what }: Difference & GoersEvent, reader: TimeReader): Block[] {
  const when = what.includes('moved') ? [] : [whenAndThere(event, reader)];
  const where = what.includes('relocated') ? [] : [[placeWords(event.place)]];
  const lines: RichText[] = [...when, ...where];
  return lines.length === 0 ? [] : [paragraph(lines.flatMap((line, at) => (at === 0 ? line : ['\n', ...line])))];
}

function whenIn(event: Parameters<typeof whenWords>[0], reader: TimeReader): RichText {
  const there = localWhenWords(event, reader);
  return there === undefined ? whenWords(event) : rich`${whenWords(event)} (${there})`;
}

function lumaButton({ event, personalUrl }: GoersEvent): Button[] {
  const url = personalUrl ?? event.url;
  return url === undefined ? [] : [linkButton('View on lu.ma', url)];
}

/** Somebody who thinks of it can make up their mind; either can drop out. */
function answers({ event, goer: { response } }: GoersEvent): Button[] {
  const all = responseButtons(event, { own: true, said: 'interested' });
  return response === 'interested' ? all : all.slice(1);
}

const settings = (): Button => button('Settings', runs('notify show'));
