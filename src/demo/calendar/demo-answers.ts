import { toInstantText } from '../../shared/clock.js';
import type { DemoOrg } from '../demo-org.js';
import type { DemoEvent } from './demo-events.js';
import type { DemoGuest } from './demo-guests.js';

/** The demo's calendars in the shapes of lu.ma's API, as far as Rollcall reads them. */

/** How an org's calendar is called on the demo's lu.ma. */
export function calendarIdOf({ key }: DemoOrg): string {
  return `cal-demo${key.replaceAll('-', '')}`;
}

export function calendarAnswer(org: DemoOrg) {
  const { key, name, city } = org;
  const location = city ? { city: city.name, region: null, country: null, country_code: city.country } : null;
  return {
    id: calendarIdOf(org),
    name,
    slug: key,
    url: `https://luma.com/demo-${key}`,
    location: location && { ...location, timezone: city?.zone },
  };
}

export function selfAnswer({ key }: DemoOrg) {
  return { id: `usr-demo-${key}`, name: 'Demo organiser', first_name: 'Demo', last_name: 'Organiser' };
}

export function eventAnswer(event: DemoEvent, org: DemoOrg) {
  const { venue } = event;
  return {
    platform: 'luma',
    id: event.id,
    calendar_id: calendarIdOf(org),
    name: event.name,
    description: event.description,
    description_md: event.description,
    url: event.url,
    start_at: toInstantText(event.startsAt),
    end_at: toInstantText(event.endsAt),
    created_at: toInstantText(event.createdAt),
    timezone: event.zone,
    geo_address_json: venue ? { address: venue.name, city: venue.city, full_address: venue.address } : null,
    coordinate: venue ? { latitude: venue.latitude, longitude: venue.longitude } : null,
    location_type: venue ? 'offline' : 'zoom',
    location_visibility: event.isForGuestsOnly ? 'guests-only' : 'public',
    visibility: 'public',
    meeting_url: null,
    tags: event.tags.map((name) => ({ id: `tag-${name}`, name })),
    access: 'manage',
  };
}

export function guestAnswer(guest: DemoGuest) {
  const [first, ...others] = guest.name.split(' ');
  return {
    id: guest.id,
    user_id: guest.userId,
    user_name: guest.name,
    user_first_name: first,
    user_last_name: others.join(' ') || null,
    user_email: guest.email,
    approval_status: guest.status,
    registered_at: toInstantText(guest.registeredAt),
    joined_at: null,
    utm_source: null,
    event_tickets: [
      { id: `${guest.id}-1`, checked_in_at: guest.checkedInAt ? toInstantText(guest.checkedInAt) : null },
    ],
  };
}
