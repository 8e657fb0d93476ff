import type { TimeStyle } from '../wire.js';

/** Whose eyes a time is for: their zone and habits, and the product's present in milliseconds. */
export interface Reader {
  zone: string;
  locale: string;
  now: number;
}

/** The words are English, as all of Rollcall's are; the order and the hour cycle are the reader's own. */
function formatter({ zone, locale }: Reader, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  const { hourCycle } = new Intl.DateTimeFormat(locale, { hour: 'numeric' }).resolvedOptions();
  const language = locale.endsWith('-US') ? 'en-US' : 'en-GB';
  if (!options.hour && !options.timeStyle) return new Intl.DateTimeFormat(language, { timeZone: zone, ...options });
  const isHalfDays = hourCycle === 'h12' || hourCycle === 'h11';
  const hours = isHalfDays || !options.hour ? {} : { hour: '2-digit' as const };
  return new Intl.DateTimeFormat(language, { timeZone: zone, hourCycle: hourCycle ?? 'h23', ...options, ...hours });
}

const HOUR = { hour: 'numeric', minute: '2-digit' } as const;
const DAY = { weekday: 'short', day: 'numeric', month: 'short', year: 'numeric' } as const;

export function formatTime(at: string, style: TimeStyle, reader: Reader): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  switch (style) {
    case 'moment':
      return formatter(reader, { ...DAY, ...HOUR }).format(moment);
    case 'day':
      return formatter(reader, DAY).format(moment);
    case 'hour':
      return formatter(reader, HOUR).format(moment);
    case 'relative':
      return relative(moment.getTime() - reader.now);
  }
}

/** All there is to know of a moment, for tooltips. */
export function fullTime(at: string, reader: Reader): string {
  const moment = new Date(at);
  if (Number.isNaN(moment.getTime())) return at;
  const here = formatter(reader, { dateStyle: 'full', timeStyle: 'short' }).format(moment);
  return `${here}, ${zoneName(reader.zone)} (${at.slice(0, 16).replace('T', ' ')} UTC)`;
}

const UNITS: readonly [Intl.RelativeTimeFormatUnit, number][] = [
  ['year', 365 * 86_400_000],
  ['month', 30 * 86_400_000],
  ['week', 7 * 86_400_000],
  ['day', 86_400_000],
  ['hour', 3_600_000],
  ['minute', 60_000],
];

function relative(awayMs: number): string {
  const words = new Intl.RelativeTimeFormat('en', { numeric: 'auto' });
  const [unit, unitMs] = UNITS.find(([, ms]) => Math.abs(awayMs) >= ms) ?? ['minute', 60_000];
  const count = Math.round(awayMs / unitMs);
  return count === 0 && unit === 'minute' ? 'now' : words.format(count, unit);
}

/** The calendar day of a moment in the reader's zone, `2026-05-04`. */
export function dayOf(at: string | number, { zone }: Reader): string {
  return new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(new Date(at));
}

/** What a day is called above the messages of that day. */
export function dayName(at: string, reader: Reader): string {
  const day = dayOf(at, reader);
  if (day === dayOf(reader.now, reader)) return 'Today';
  if (day === dayOf(reader.now - 86_400_000, reader)) return 'Yesterday';
  return formatter(reader, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' }).format(new Date(at));
}

/** A moment as a date-time input takes it, on the reader's own clock: `2026-05-04T09:00`. */
export function inputTime(at: number, { zone }: Reader): string {
  const time = new Intl.DateTimeFormat('en-GB', {
    timeZone: zone,
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
  });
  return `${new Intl.DateTimeFormat('en-CA', { timeZone: zone }).format(at)}T${time.format(at)}`;
}

/** `America/Argentina/Buenos_Aires` as people say it. */
export function zoneName(zone: string): string {
  return (zone.split('/').at(-1) ?? zone).replaceAll('_', ' ');
}

/** How far the product's clock is ahead: "3 days and 4 hours". */
export function duration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  const parts: [number, string][] = [
    [Math.floor(minutes / 1440), 'day'],
    [Math.floor((minutes % 1440) / 60), 'hour'],
    [minutes % 60, 'minute'],
  ];
  const said = parts.filter(([count]) => count > 0).slice(0, 2);
  return said.map(([count, unit]) => `${count} ${unit}${count === 1 ? '' : 's'}`).join(' and ') || 'a moment';
}

/** The same in one number and letter: "3d". */
export function shortDuration(ms: number): string {
  const minutes = Math.round(ms / 60_000);
  if (minutes < 60) return `${minutes}m`;
  return minutes < 1440 ? `${Math.round(minutes / 60)}h` : `${Math.round(minutes / 1440)}d`;
}
