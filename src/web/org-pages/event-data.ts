import { html, raw } from 'hono/html';
import { firstSentence } from '../../bot/orgs/orgs-views.js';
import { type Event, type EventPlace, endOf } from '../../domain/events/event.js';
import type { Org } from '../../domain/orgs/org.js';
import { pageOf } from './event-link.js';
import { machineTime } from './event-times.js';
import type { Markup } from './layout.js';

/**
 * Events as search engines read them (schema.org/Event, as JSON-LD). It is data that no browser runs; without its `<`
 * no text in it can end it.
 */
export function eventData(events: readonly Event[], org: Org): Markup {
  const data = { '@context': 'https://schema.org', '@graph': events.map((event) => oneEvent(event, org)) };
  return html`<script type="application/ld+json">${raw(JSON.stringify(data).replaceAll('<', '\\u003c'))}</script>`;
}

function oneEvent(event: Event, org: Org) {
  const description = firstSentence(event.description);
  return {
    '@type': 'Event',
    name: event.title,
    startDate: machineTime(event),
    ...(event.isAllDay ? {} : { endDate: machineTime(event, endOf(event)) }),
    eventStatus: `https://schema.org/${event.state === 'cancelled' ? 'EventCancelled' : 'EventScheduled'}`,
    ...placeData(event.place, pageOf(event)),
    ...(description === '' ? {} : { description }),
    url: pageOf(event),
    organizer: { '@type': 'Organization', name: org.name, url: org.website },
  };
}

function placeData(place: EventPlace, url: string | undefined) {
  if (place.kind === 'unknown') return {};
  const isOnline = place.kind === 'online';
  const name = isOnline ? undefined : (place.name ?? place.city);
  return {
    eventAttendanceMode: `https://schema.org/${isOnline ? 'Online' : 'Offline'}EventAttendanceMode`,
    ...(isOnline && url !== undefined ? { location: { '@type': 'VirtualLocation', url } } : {}),
    ...(name === undefined ? {} : { location: { '@type': 'Place', name, address: name } }),
  };
}
