import { createHash } from 'node:crypto';
import type { DateTime } from 'luxon';
import { type Answer, type Asked, refusal } from './answer.js';
import type { FakeCalendar } from './calendar.js';
import type { FakeEvent } from './world.js';

/** lu.ma folds by bytes, in the middle of words (RFC 5545, 3.1). */
const MOST_BYTES = 75;

/** The calendar's public feed: one document, past events too, private ones never. */
export function answerFeed(calendar: FakeCalendar | undefined, { headers }: Asked, now: DateTime): Answer {
  if (!calendar) return refusal(404, 'Calendar not found');
  const text = calendar.feedText ?? feedOf(calendar, now);
  // What was written, without when it was read: that part changes with every read.
  const etag = `"${createHash('sha1')
    .update(text.replace(/^(DTSTAMP|SEQUENCE):.*$/gm, ''))
    .digest('hex')}"`;
  if (headers['if-none-match'] === etag) return { status: 304, body: '', headers: { etag } };
  return { status: 200, body: text, headers: { etag, 'content-type': 'text/calendar; charset=utf-8' } };
}

function feedOf(calendar: FakeCalendar, now: DateTime): string {
  const isPublished = ({ isListed, visibility }: FakeEvent) => isListed && visibility === 'public';
  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Luma//Calendar Subscription//EN',
    `X-WR-CALNAME:${escaped(calendar.facts.name)}`,
    'METHOD:PUBLISH',
    ...[...calendar.events.values()].filter(isPublished).flatMap((event) => eventLines(event, now)),
    'END:VCALENDAR',
  ];
  return `${lines.map(folded).join('\r\n')}\r\n`;
}

function eventLines(event: FakeEvent, now: DateTime): string[] {
  const { id, platform, name, url, startAt, endAt, place, isForGuestsOnly, hostName } = event;
  const isAtPlace = place && !isForGuestsOnly;
  const address = isAtPlace ? `\n\nAddress:\n${place.fullAddress ?? place.address}` : '';
  const lead = platform === 'luma' ? 'Get up-to-date information at' : 'Find more information on';
  const link = platform === 'luma' ? `${url}?pk=g-Ab3dEf6hIj` : url;
  const elsewhere = platform === 'luma' ? `https://luma.com/event/${id}` : url;
  return [
    'BEGIN:VEVENT',
    `UID:${id}@events.lu.ma`,
    `DTSTAMP:${stamp(now)}`,
    `SEQUENCE:${now.toUnixInteger() % 100_000}`,
    `DTSTART:${stamp(startAt)}`,
    ...(endAt ? [`DTEND:${stamp(endAt)}`] : []),
    `SUMMARY:${escaped(platform === 'external' ? name.replaceAll('&', '&amp;') : name)}`,
    `DESCRIPTION:${escaped(`${lead}: ${link}${address}\n\nHosted by ${hostName} & 3 others`)}`,
    `LOCATION:${escaped(isAtPlace ? (place.fullAddress ?? place.address) : elsewhere)}`,
    ...(isAtPlace ? [`GEO:${place.latitude};${place.longitude}`] : []),
    `ORGANIZER;CN="${hostName}":MAILTO:calendar-invite@lu.ma`,
    'STATUS:TENTATIVE',
    'END:VEVENT',
  ];
}

function stamp(moment: DateTime): string {
  return moment.toUTC().toFormat("yyyyMMdd'T'HHmmss'Z'");
}

function escaped(text: string): string {
  return text.replaceAll(/[\\;,]/g, '\\$&').replaceAll('\n', '\\n');
}

/** Never in the middle of a character; each further line begins with a space. */
function folded(line: string): string {
  const lines = [''];
  for (const character of line) {
    const last = lines.at(-1) ?? '';
    const room = lines.length === 1 ? MOST_BYTES : MOST_BYTES - 1;
    if (Buffer.byteLength(last + character) > room) lines.push(character);
    else lines[lines.length - 1] = last + character;
  }
  return lines.join('\r\n ');
}
