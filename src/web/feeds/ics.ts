import ical, { ICalCalendarMethod, ICalEventStatus, ICalEventTransparency } from 'ical-generator';
import type { DateTime } from 'luxon';
import type { Feed, FeedEvent } from '../../domain/events/calendar-feed.js';
import { type Event, endOf } from '../../domain/events/event.js';
import { markedUrl } from '../../domain/events/personal-links.js';

/** How often calendar programs are asked to look again, in seconds. */
export const LOOK_EVERY_S = 3_600;

/**
 * A feed as iCalendar text (RFC 5545). Moments are UTC, so that no program needs our zones; whole days are dates. What
 * an event's identity, version and time stamp are rests on the event alone: the same events make the same bytes.
 */
export function writeIcs({ name, events }: Feed): string {
  const calendar = ical({
    name,
    prodId: { company: 'Rollcall', product: 'events', language: 'EN' },
    method: ICalCalendarMethod.PUBLISH,
    ttl: LOOK_EVERY_S,
  });
  for (const one of events) calendar.createEvent(eventData(one));
  return calendar.toString();
}

function eventData({ event, orgName, isGoing, linkToken }: FeedEvent) {
  const url = linkOf(event, linkToken);
  return {
    id: `${event.id}@rollcall`,
    ...spanOf(event),
    // When this version was made, not when the feed was read.
    stamp: event.changedAt.toJSDate(),
    lastModified: event.changedAt.toJSDate(),
    sequence: event.sequence,
    summary: event.title,
    description: [orgName, event.description, url].filter((part) => part).join('\n\n'),
    ...(url === undefined ? {} : { url }),
    ...locationOf(event),
    status: event.state === 'cancelled' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    transparency: isGoing ? ICalEventTransparency.OPAQUE : ICalEventTransparency.TRANSPARENT,
  };
}

function spanOf(event: Event): { start: Date; end: Date; allDay?: true } {
  const end = endOf(event);
  if (!event.isAllDay) return { start: event.startsAt.toJSDate(), end: end.toJSDate() };
  const start = dayOf(event.startsAt, event.zone);
  const after = dayOf(event.endsAt ?? event.startsAt, event.zone);
  // The end of whole days is the day after the last, in a feed as with us.
  return { start, end: after > start ? after : new Date(start.getTime() + DAY_MS), allDay: true };
}

const DAY_MS = 86_400_000;

/** A day in a zone, as the UTC midnight that stands for it. */
function dayOf(at: DateTime, zone: string): Date {
  const { year, month, day } = at.setZone(zone);
  return new Date(Date.UTC(year, month - 1, day));
}

function locationOf({ place }: Event): { location?: string } {
  if (place.kind === 'online') return { location: 'Online' };
  const name = place.kind === 'offline' ? (place.name ?? place.city) : undefined;
  return name === undefined ? {} : { location: name };
}

function linkOf({ url }: Event, token: string | undefined): string | undefined {
  if (url === undefined || !URL.canParse(url)) return undefined;
  return token === undefined ? url : markedUrl(url, token);
}
