import type { DateTime } from 'luxon';
import { EVENT_TYPE_LABELS, RESPONSE_LABELS } from '../../bot/events/event-labels.js';
import type { Feed, FeedEvent } from '../../domain/events/calendar-feed.js';
import { type Event, type EventPlace, endOf, typeOf } from '../../domain/events/event.js';
import { markedUrl } from '../../domain/events/personal-links.js';
import { dayValue, instantValue, property, textValue } from './ics-lines.js';

/**
 * A feed as iCalendar text (RFC 5545). Moments are UTC, so that no program needs our zones; whole days are dates. What
 * an event's identity, version and time stamp are rests on the event alone: the same events make the same bytes.
 */
export function writeIcs({ name, events }: Feed): string {
  return [
    property('BEGIN', 'VCALENDAR'),
    property('VERSION', '2.0'),
    property('PRODID', '-//Rollcall//events//EN'),
    property('METHOD', 'PUBLISH'),
    // The same twice over: the first by RFC 7986, the other for the programs that came before it.
    property('NAME', textValue(name)),
    property('X-WR-CALNAME', textValue(name)),
    property('REFRESH-INTERVAL;VALUE=DURATION', 'PT1H'),
    property('X-PUBLISHED-TTL', 'PT1H'),
    ...events.map(eventText),
    property('END', 'VCALENDAR'),
  ].join('');
}

function eventText({ event, orgName, response, linkToken }: FeedEvent): string {
  const url = linkOf(event, linkToken);
  const about = [orgName, event.description, url].filter((part) => part).join('\n\n');
  const place = placeText(event.place);
  return [
    property('BEGIN', 'VEVENT'),
    property('UID', `${event.id}@rollcall`),
    property('SEQUENCE', String(event.sequence)),
    // When this version was made, not when the feed was read.
    property('DTSTAMP', instantValue(event.changedAt)),
    property('LAST-MODIFIED', instantValue(event.changedAt)),
    spanText(event),
    property('SUMMARY', textValue(event.title)),
    property('DESCRIPTION', textValue(about)),
    place === undefined ? '' : property('LOCATION', textValue(place)),
    geoText(event.place),
    url === undefined ? '' : property('URL', url),
    categoriesText(event, response),
    property('STATUS', event.state === 'cancelled' ? 'CANCELLED' : 'CONFIRMED'),
    // Only what somebody goes to takes up their time.
    property('TRANSP', response === 'going' ? 'OPAQUE' : 'TRANSPARENT'),
    property('END', 'VEVENT'),
  ].join('');
}

function spanText(event: Event): string {
  if (!event.isAllDay) {
    return property('DTSTART', instantValue(event.startsAt)) + property('DTEND', instantValue(endOf(event)));
  }
  const first = inZone(event.startsAt, event.zone).startOf('day');
  // Its last moment lies within the last day, whether the end was told as that or as the midnight after.
  const last = inZone(event.endsAt ?? event.startsAt, event.zone).minus({ milliseconds: 1 });
  const after = (last > first ? last : first).plus({ days: 1 });
  return property('DTSTART;VALUE=DATE', dayValue(first)) + property('DTEND;VALUE=DATE', dayValue(after));
}

function inZone(at: DateTime, zone: string): DateTime {
  const there = at.setZone(zone);
  return there.isValid ? there : at.toUTC();
}

function placeText(place: EventPlace): string | undefined {
  if (place.kind === 'online') return 'Online';
  return place.kind === 'offline' ? (place.name ?? place.city) : undefined;
}

function geoText(place: EventPlace): string {
  if (place.kind !== 'offline' || !place.at) return '';
  return property('GEO', [place.at.latitude, place.at.longitude].map((degrees) => degrees.toFixed(6)).join(';'));
}

function categoriesText(event: Event, response: FeedEvent['response']): string {
  const type = typeOf(event);
  const labels = [
    ...(type === 'other' ? [] : [EVENT_TYPE_LABELS[type]]),
    ...(response ? [RESPONSE_LABELS[response]] : []),
  ];
  return labels.length === 0 ? '' : property('CATEGORIES', labels.map(textValue).join(','));
}

/** An address is a value of its own kind, in which nothing is escaped; as the browser writes it, nothing need be. */
function linkOf({ url }: Event, token: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return token === undefined ? new URL(url).href : markedUrl(url, token);
}
