import type { DateTime } from 'luxon';
import type { Event } from '../../domain/events/event.js';
import type { Actor } from '../actor.js';
import { type RichText, rich, time } from '../text.js';

/** Whose eyes a time is for. Their platform draws the moments; the rest is reckoned here. */
export interface TimeReader {
  /** IANA name; nothing while their zone is not known. */
  zone: string | undefined;
  /** BCP 47. */
  locale: string | undefined;
}

/** Somebody acting: by the zone they chose, else the one their platform knows. */
export function timeReaderOf({ member, zone, locale }: Actor): TimeReader {
  return { zone: member?.zone ?? zone, locale };
}

/** Everybody in a channel at once. */
export const ANYBODY: TimeReader = { zone: undefined, locale: undefined };

type Timed = Pick<Event, 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'>;

/** Beyond that the end is given with its day; a party until the morning is not. */
const LONGEST_EVENING_HOURS = 16;

/**
 * When an event is, in the reader's zone as their platform shows it: "Thursday, 5 March 2026 18:30 – 20:30". Whole days
 * are days wherever one reads of them, so they are written out.
 */
export function whenWords(event: Timed): RichText {
  const { startsAt, endsAt } = event;
  if (event.isAllDay) return [wholeDays(event)];
  if (!endsAt || endsAt <= startsAt) return [time(startsAt, 'moment')];
  const isOneEvening = endsAt.diff(startsAt, 'hours').hours <= LONGEST_EVENING_HOURS;
  return rich`${time(startsAt, 'moment')} – ${time(endsAt, isOneEvening ? 'hour' : 'moment')}`;
}

/**
 * The same by the clocks where the event is: "19:00–21:00 in Lisbon", with the day where the reader's may be another.
 * Nothing when those clocks show what the reader's own do, nor for whole days.
 */
export function localWhenWords(event: Timed, reader: TimeReader): string | undefined {
  const there = spanIn(event, event.zone);
  if (event.isAllDay || !there) return undefined;
  const here = reader.zone === undefined ? undefined : spanIn(event, reader.zone);
  if (here && here.start.offset === there.start.offset && here.end?.offset === there.end?.offset) return undefined;
  const isSameDay = here?.start.toISODate() === there.start.toISODate();
  return `${spanWords(there, !isSameDay, reader)} ${inZone(there.start)}`;
}

interface Span {
  start: DateTime<true>;
  end: DateTime<true> | undefined;
}

function spanIn({ startsAt, endsAt }: Timed, zone: string): Span | undefined {
  const start = startsAt.setZone(zone);
  const end = endsAt && endsAt > startsAt ? endsAt.setZone(zone) : undefined;
  if (!start.isValid || end?.isValid === false) return undefined;
  return { start: start as DateTime<true>, end: end as DateTime<true> | undefined };
}

function spanWords({ start, end }: Span, hasDay: boolean, reader: TimeReader): string {
  const isOneEvening = !end || end.diff(start, 'hours').hours <= LONGEST_EVENING_HOURS;
  if (!isOneEvening) return `${dayAndHour(start, reader)} – ${dayAndHour(end, reader)}`;
  const first = hasDay ? `${start.toFormat('ccc')} ${hour(start, reader)}` : hour(start, reader);
  return end ? `${first}–${hour(end, reader)}` : first;
}

const dayAndHour = (at: DateTime, reader: TimeReader): string => `${at.toFormat('ccc d LLL')} ${hour(at, reader)}`;

/** As the platforms draw it: by the hours of the reader's locale. */
const hour = (at: DateTime, { locale }: TimeReader): string => at.toFormat(hasHalfDays(locale) ? 'h:mm a' : 'HH:mm');

const halfDays = new Map<string, boolean>();
/** More than there are locales on any platform. */
const MOST_KEPT = 500;

/** Whether the clocks of a locale go to twelve. Kept, as a formatter takes longer to make than a whole answer. */
function hasHalfDays(locale: string | undefined): boolean {
  if (locale === undefined) return false;
  const known = halfDays.get(locale);
  if (known !== undefined) return known;
  const isHalf = ['h11', 'h12'].includes(hourCycleOf(locale) ?? '');
  if (halfDays.size < MOST_KEPT) halfDays.set(locale, isHalf);
  return isHalf;
}

/** Nothing for what is no locale. */
function hourCycleOf(locale: string): string | undefined {
  try {
    return new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions().hourCycle;
  } catch {
    return undefined;
  }
}

/** "in Lisbon"; "UTC+05:45" for a zone that bears no city's name. */
function inZone(at: DateTime): string {
  const [area = '', ...rest] = (at.zoneName ?? '').split('/');
  const city = rest.at(-1);
  if (city === undefined || area === 'Etc') return at.offset === 0 ? 'UTC' : `UTC${at.toFormat('ZZ')}`;
  return `in ${city.replaceAll('_', ' ')}`;
}

/** "Thu 5 March 2026, all day", "Fri 6 – Sun 8 March 2026": the end is the midnight after the last day. */
function wholeDays(event: Timed): string {
  const { start, end } = spanIn(event, event.zone) ?? { start: event.startsAt, end: event.endsAt };
  const last = end ? end.minus({ milliseconds: 1 }) : start;
  if (start.hasSame(last, 'day')) return `${start.toFormat('ccc d LLLL yyyy')}, all day`;
  const form = start.hasSame(last, 'month') ? 'ccc d' : start.hasSame(last, 'year') ? 'ccc d LLLL' : 'ccc d LLLL yyyy';
  return `${start.toFormat(form)} – ${last.toFormat('ccc d LLLL yyyy')}`;
}

/** A day as plain text, for choices and labels: "Thu 5 Mar, 18:30", in the reader's zone, else the event's own. */
export function shortWhen(event: Timed, reader: TimeReader): string {
  if (event.isAllDay) return wholeDays(event).replace(/, all day$/u, '');
  const span = spanIn(event, reader.zone ?? event.zone) ?? spanIn(event, 'utc');
  return span ? `${span.start.toFormat('ccc d LLL')}, ${hour(span.start, reader)}` : '';
}
