import type { Settings } from '../../domain/notifications/choices-service.js';
import type { Org } from '../../domain/orgs/org.js';
import { short } from '../short-text.js';
import { bold, type RichText, rich } from '../text.js';
import { quietWords, remindersWords, typesWords, zoneWords } from './notify-words.js';

const MOST_ORG_NAME = 80;

/** What is true after each kind of change, in a sentence. */
export function frequency({ choices }: Settings): RichText {
  switch (choices.frequency) {
    case 'all':
      return rich`You hear of ${bold('each new event as it is found')}: at most 5 messages an hour, the rest with the daily digest.`;
    case 'daily':
      return rich`You get a ${bold('daily digest')} of new events, at 9:00.`;
    case 'weekly':
      return rich`You get a ${bold('weekly digest')} of new events, on Sunday at 18:00.`;
    case 'none':
      return rich`You hear of ${bold('no new events')}. Reminders of events you answered go on.`;
  }
}

export function reminders({ choices }: Settings): RichText {
  if (choices.reminders.length === 0)
    return rich`You get ${bold('no reminders')}, but where you chose some for one event.`;
  return rich`You are reminded ${bold(remindersWords(choices.reminders))} events you go to or are interested in.`;
}

export function types({ choices }: Settings): RichText {
  return choices.types === undefined
    ? rich`You hear of ${bold('all types')} of events, also those that come later.`
    : rich`You hear of new events of these types only: ${bold(typesWords(choices.types))}.`;
}

export function quietHours({ choices, zone }: Settings): RichText {
  return choices.quietHours === undefined
    ? rich`Quiet hours are ${bold('off')}.`
    : rich`You are left alone ${bold(quietWords(choices.quietHours))}, ${zoneWords(zone)} time.`;
}

export function zone({ zone: name, now }: Settings): RichText {
  return rich`Your time zone is ${bold(name.replaceAll('_', ' '))}, where it is ${now.setZone(name).toFormat('HH:mm')} now.`;
}

export function muted({ name }: Pick<Org, 'name'>, isMuted: boolean): RichText {
  const org = bold(short(name, MOST_ORG_NAME));
  return isMuted
    ? rich`${org} is muted: you hear of no new events there. Reminders of events you answered go on.`
    : rich`You hear of new events of ${org} again.`;
}
