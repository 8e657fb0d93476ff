import { EVENT_TYPES } from '../../domain/events/event.js';
import { FREQUENCIES, REMINDERS } from '../../domain/notifications/choices.js';
import type { HeardOrg, Settings } from '../../domain/notifications/choices-service.js';
import { runs } from '../actions.js';
import { EVENT_TYPE_LABELS } from '../events/event-labels.js';
import { numberWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, rich, type TextInput } from '../text.js';
import { type Block, type Button, button, buttons, fields, note, paragraph, type Select, type View } from '../views.js';
import * as actions from './notify-actions.js';
import {
  chosenTypes,
  FREQUENCY_LABELS,
  nextWords,
  quietWords,
  REMINDER_LABELS,
  typesWords,
  zoneWords,
} from './notify-words.js';

/** As many as the narrowest select takes; the others are muted by command. */
const MOST_ORGS = 25;
const MOST_ORG_NAME = 60;

/** Everything a member can choose to hear, on one card, below what happens next. `before` says what was just changed. */
export function panelView(settings: Settings, before?: TextInput): View {
  const { choices, zone, member } = settings;
  return {
    title: 'Your notifications',
    blocks: [
      ...(before === undefined ? [] : [note(before)]),
      paragraph(nextWords(settings)),
      ...labelled('New events', frequencySelect(settings)),
      ...labelled('Reminders of events you answered', remindersSelect(settings)),
      ...labelled('Types of new events', typesSelect(settings)),
      ...orgBlocks(settings.orgs),
      fields(
        { label: 'Quiet hours', value: quietWords(choices.quietHours) },
        {
          label: 'Time zone',
          value: member.zone === undefined && zone === 'utc' ? 'UTC: not told yet' : zoneWords(zone),
        },
      ),
      buttons(...panelButtons(settings)),
      note(
        'Quiet hours hold everything but reminders of events you said you go to. Write “stop” at any time to end it all.',
      ),
    ],
  };
}

const labelled = (label: string, select: Select): Block[] => [paragraph(rich`${bold(label)}`), select];

function panelButtons({ member, orgs }: Settings): Button[] {
  return [
    ...(member.stoppedAt ? [button('Turn messages on again', actions.startAgain.with({}), 'primary')] : []),
    button('Change quiet hours', actions.askQuietHours.with({})),
    button('Change time zone', actions.askZone.with({}), member.zone === undefined ? 'primary' : undefined),
    ...(orgs.length === 0 ? [button('Orgs near me', runs('orgs nearby'))] : []),
    ...(member.stoppedAt ? [] : [button('Stop everything', actions.stopAll.with({}))]),
  ];
}

function frequencySelect({ choices }: Settings): Select {
  return {
    kind: 'select',
    placeholder: 'How often',
    action: actions.chooseFrequency.with({}),
    options: FREQUENCIES.map((value) => ({
      value,
      label: FREQUENCY_LABELS[value],
      isChosen: value === choices.frequency,
    })),
  };
}

function remindersSelect({ choices }: Settings): Select {
  return {
    kind: 'select',
    placeholder: choices.reminders.length === 0 ? 'No reminders' : 'Remind me',
    action: actions.chooseReminders.with({}),
    most: REMINDERS.length,
    least: 0,
    options: REMINDERS.map((value) => ({
      value,
      label: REMINDER_LABELS[value],
      isChosen: choices.reminders.includes(value),
    })),
  };
}

function typesSelect({ choices }: Settings): Select {
  return {
    kind: 'select',
    placeholder: choices.types === undefined ? typesWords(undefined) : 'Only these',
    action: actions.chooseTypes.with({}),
    most: EVENT_TYPES.length,
    options: EVENT_TYPES.map((value) => ({
      value,
      label: EVENT_TYPE_LABELS[value],
      isChosen: chosenTypes(choices).includes(value),
    })),
  };
}

/** Which orgs are heard, with a select in which each can be muted or heard again. */
function orgBlocks(orgs: readonly HeardOrg[]): Block[] {
  if (orgs.length === 0) return [];
  const muted = orgs.filter(({ isMuted }) => isMuted).length;
  const words = muted === 0 ? 'none muted' : `${numberWords(muted)} of ${numberWords(orgs.length)} muted`;
  return [
    paragraph(rich`${bold('Your orgs')}: ${words}`),
    {
      kind: 'select',
      placeholder: 'Mute or unmute an org',
      action: actions.chooseMuted.with({}),
      options: orgs.slice(0, MOST_ORGS).map(({ org, isMuted }) => ({
        value: `${isMuted ? 'unmute' : 'mute'}:${org.id}`,
        label: `${isMuted ? 'Unmute' : 'Mute'} ${short(org.name, MOST_ORG_NAME)}`,
        description: isMuted ? 'Muted: its new events are not told to you' : 'Its new events are told to you',
      })),
    },
    ...(orgs.length > MOST_ORGS ? [note('For the others, use “/notify mute” and “/notify unmute”.')] : []),
  ];
}
