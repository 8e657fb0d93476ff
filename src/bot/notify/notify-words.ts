import type { DateTime } from 'luxon';
import { EVENT_TYPES } from '../../domain/events/event.js';
import type { Choices, Frequency, Reminder } from '../../domain/notifications/choices.js';
import type { Settings } from '../../domain/notifications/choices-service.js';
import { clockText } from '../../domain/notifications/quiet-hours-text.js';
import { EVENT_TYPE_LABELS } from '../events/event-labels.js';
import { countWords } from '../numbers.js';
import { short } from '../short-text.js';
import { bold, joined, type RichText, rich, time } from '../text.js';

/** The choices of `/notify frequency`. */
export const FREQUENCY_LABELS: Readonly<Record<Frequency, string>> = {
  all: 'Each as it is found',
  daily: 'Daily digest, at 9:00',
  weekly: 'Weekly digest, Sunday 18:00',
  none: 'None',
};

/** The reminders that can be chosen. */
export const REMINDER_LABELS: Readonly<Record<Reminder, string>> = {
  '1w': '1 week before',
  '1d': '1 day before',
  '1h': '1 hour before',
};

const REMINDER_SPANS: Readonly<Record<Reminder, string>> = { '1w': '1 week', '1d': '1 day', '1h': '1 hour' };

/** "1 day and 1 hour before"; empty for none. */
export function remindersWords(reminders: readonly Reminder[]): string {
  return reminders.length === 0 ? '' : `${listed(reminders.map((one) => REMINDER_SPANS[one]))} before`;
}

/** "Talk, workshop and social"; "All types" while nothing was narrowed. */
export function typesWords(types: Choices['types']): string {
  if (types === undefined) return 'All types';
  const [first = '', ...others] = types.map((type) => EVENT_TYPE_LABELS[type]);
  return listed([first, ...others.map((label) => label.toLowerCase())]);
}

/** All that are chosen, as a select shows them. */
export const chosenTypes = ({ types }: Choices) => types ?? EVENT_TYPES;

/** "22:00–08:00"; "Off". */
export function quietWords(hours: Choices['quietHours']): string {
  return hours === undefined ? 'Off' : `${clockText(hours.from)}–${clockText(hours.to)}`;
}

/** "Lisbon" for `Europe/Lisbon`, as people call their zone. */
export function zoneWords(zone: string): string {
  const city = zone.includes('/') ? zone.slice(zone.lastIndexOf('/') + 1) : zone.toUpperCase();
  return city.replaceAll('_', ' ');
}

/** "a, b and c". */
export function listed(words: readonly string[]): string {
  const last = words.at(-1) ?? '';
  return words.length < 2 ? last : `${words.slice(0, -1).join(', ')} and ${last}`;
}

const MOST_TITLE = 80;

/** What happens next, in a sentence or two: "Sunday 18:00 Lisbon: digest of 3 events." */
export function nextWords(settings: Settings): RichText {
  const { isStopped, digest, reminder } = settings.next;
  if (isStopped) return rich`${bold('Messages are off.')} Nothing comes to you unasked.`;
  const digesting = digestWords(settings);
  if (!reminder) return digesting;
  const title = bold(short(reminder.event.title, MOST_TITLE));
  const reminding = rich`${moment(reminder.at, settings)}: reminder of ${title}.`;
  const isFirst = digest !== undefined && reminder.at < digest.at;
  return joined(isFirst ? [reminding, digesting] : [digesting, reminding], ' ');
}

function digestWords(settings: Settings): RichText {
  const { choices, orgs } = settings;
  const { digest } = settings.next;
  if (!digest) return rich`${bold('No digests:')} new events are not told to you.`;
  if (orgs.length === 0) return rich`${bold('Nothing yet:')} digests come once you are in an org.`;
  if (orgs.every(({ isMuted }) => isMuted)) return rich`${bold('Nothing:')} all your orgs are muted.`;
  const at = moment(digest.at, settings);
  const first = choices.frequency === 'all' ? rich`New events come as they are found. ` : rich``;
  if (digest.events === 0) {
    return choices.frequency === 'all'
      ? rich`${first}What is too much at once comes at ${at}.`
      : rich`${at}: your next digest. So far it would hold nothing new, and then none is sent.`;
  }
  return rich`${first}${at}, ${time(digest.at, 'relative')}: digest of ${countWords(digest.events, 'event')}.`;
}

/** "Sunday 18:00 Lisbon", with the date where the weekday alone could be another week's. */
function moment(at: DateTime, { now, zone }: Pick<Settings, 'now' | 'zone'>) {
  const there = at.setZone(zone).setLocale('en');
  const isThisWeek = at.diff(now, 'days').days <= 7;
  return bold(`${there.toFormat(isThisWeek ? 'cccc HH:mm' : 'cccc d LLLL HH:mm')} ${zoneWords(zone)}`);
}
