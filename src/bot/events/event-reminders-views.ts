import { REMINDERS } from '../../domain/notifications/choices.js';
import type { EventReminders } from '../../domain/notifications/event-reminders-service.js';
import { runs } from '../actions.js';
import { resumeAction } from '../messages/resume-action.js';
import { REMINDER_LABELS, remindersWords } from '../notify/notify-words.js';
import { bold, type RichText, rich } from '../text.js';
import { type Block, type Button, button, buttons, list, note, paragraph, type View } from '../views.js';
import * as actions from './event-reminders-actions.js';
import { whenWords } from './event-times.js';
import { showEvent } from './events-actions.js';

/** Below an event that a member goes to or may: how they are reminded of it, with the way to change it. */
export function remindersLine(reminders: EventReminders | undefined): Block[] {
  if (!reminders || !isReminded(reminders)) return [];
  const change = button('Change', actions.changeReminders.with({ event: reminders.event.id }));
  return [list([{ title: willRemindWords(reminders), lines: [], button: change }])];
}

/** Only those who said they come, or may, are reminded. */
const isReminded = ({ response, event }: EventReminders): boolean =>
  event.state === 'on' && (response === 'going' || response === 'interested');

/** "I’ll remind you 1 day and 1 hour before." */
function willRemindWords(told: EventReminders): RichText {
  const { isStopped, isLeftAlone, reminders, ahead, possible } = told;
  if (isStopped) return rich`No reminders: you turned all messages off.`;
  if (isLeftAlone)
    return rich`No reminders, as you want to hear of nothing new here. Choose some for this event if you like.`;
  if (ahead.length > 0) return rich`I’ll remind you ${bold(remindersWords(ahead))}.`;
  if (possible.length === 0) return rich`It begins soon, so no reminder will come any more.`;
  if (reminders.length === 0) return rich`I won’t remind you of it.`;
  return rich`It is too close for your reminders (${remindersWords(reminders)}), so none will come.`;
}

/** The reminders of one event, with a select for it alone. */
export function eventRemindersView(told: EventReminders): View {
  const { event, possible } = told;
  return {
    title: event.title,
    blocks: [
      paragraph(whenWords(event)),
      paragraph(isReminded(told) ? willRemindWords(told) : notReminded(told)),
      ...(isReminded(told) && possible.length > 0 ? [reminderSelect(told)] : []),
      buttons(...viewButtons(told)),
      ...(isReminded(told) && possible.length > 0
        ? [
            note(
              told.isOwn
                ? 'Chosen for this event alone.'
                : 'These are your usual reminders. A choice here holds for this event alone.',
            ),
          ]
        : []),
    ],
  };
}

function notReminded({ event }: EventReminders): string {
  return event.state === 'on'
    ? 'Reminders go to those who are going or interested. Say so, and you can choose yours.'
    : 'This event is cancelled, so no reminders come.';
}

function reminderSelect({ event, reminders, possible }: EventReminders): Block {
  return {
    kind: 'select',
    placeholder: possible.some((one) => reminders.includes(one)) ? 'Remind me' : 'No reminders',
    action: actions.chooseReminders.with({ event: event.id }),
    most: possible.length,
    least: 0,
    options: REMINDERS.filter((one) => possible.includes(one)).map((value) => ({
      value,
      label: REMINDER_LABELS[value],
      isChosen: reminders.includes(value),
    })),
  };
}

function viewButtons(told: EventReminders): Button[] {
  return [
    ...(told.isStopped ? [button('Turn messages on again', resumeAction.with({}), 'primary')] : []),
    ...(told.isOwn && isReminded(told)
      ? [button('My usual ones', actions.usualReminders.with({ event: told.event.id }))]
      : []),
    button('Show event', showEvent.with({ event: told.event.id })),
    button('All notification settings', runs('notify show')),
  ];
}
