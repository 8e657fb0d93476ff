import type { DateTime } from 'luxon';
import { toInstantText } from '../../../src/shared/clock.js';
import type { CalendarFacts, FakeEvent, FakeGuest, FakePlace, FakeTicket, FakeWebhook } from './world.js';

type Json = Record<string, unknown>;

/** An entry of a calendar's list. */
export function eventJson(event: FakeEvent, calendar: CalendarFacts): Json {
  if (event.platform === 'external') return externalJson(event, calendar);
  return { ...sharedJson(event, calendar), ...descriptions(event), tags: tagsJson(event), access: event.access };
}

/** An event asked for by its id: no tags, but hosts. */
export function wholeEventJson(event: FakeEvent, calendar: CalendarFacts): Json {
  const host = {
    id: 'usr-host',
    email: 'host@example.org',
    name: event.hostName,
    first_name: event.hostName,
    last_name: null,
    avatar_url: 'https://images.lumacdn.com/avatars/host.png',
  };
  return { ...sharedJson(event, calendar), ...descriptions(event), hosts: [host] };
}

/** An event in a webhook, with the fields kept there for old receivers. */
export function hookEventJson(event: FakeEvent, calendar: CalendarFacts): Json {
  const { place } = event;
  return {
    ...sharedJson(event, calendar),
    ...descriptions(event),
    tags: tagsJson(event),
    geo_latitude: place ? String(place.latitude) : null,
    geo_longitude: place ? String(place.longitude) : null,
  };
}

/** A guest in a webhook: theirs is the only one that tells which event it is about, in `event`. */
export function guestHookJson(guest: FakeGuest, event: FakeEvent, calendar: CalendarFacts): Json {
  return {
    ...guestJson(guest),
    // Old names live on in webhooks alone.
    event_tickets: guest.tickets.map((ticket) => ({ ...ticketJson(ticket), api_id: ticket.id })),
    custom_source: guest.utmSource,
    event_ticket_orders: [],
    event: hookEventJson(event, calendar),
  };
}

/** A guest, flat; whoever was not asked anything has null for answers. */
export function guestJson(guest: FakeGuest): Json {
  const [first, ...others] = guest.name?.split(' ') ?? [];
  return {
    id: guest.id,
    user_id: guest.userId,
    user_email: guest.email,
    user_name: guest.name,
    user_first_name: first ?? null,
    user_last_name: others.join(' ') || null,
    phone_number: null,
    approval_status: guest.status,
    check_in_qr_code: `https://luma.com/check-in/${guest.id}`,
    invited_at: null,
    joined_at: textOrNull(guest.joinedAt),
    registered_at: textOrNull(guest.registeredAt),
    registration_answers: null,
    utm_source: guest.utmSource,
    eth_address: null,
    solana_address: null,
    event_tickets: guest.tickets.map(ticketJson),
  };
}

export function calendarJson({ id, name, slug, city, zone }: CalendarFacts): Json {
  const location = city && { city, region: null, country: null, country_code: null, timezone: zone };
  return {
    id,
    name,
    slug,
    url: `https://luma.com/${slug}`,
    avatar_url: null,
    description: null,
    social_image_url: null,
    cover_image_url: null,
    is_personal: false,
    location,
    coordinate: null,
    instagram_handle: null,
    twitter_handle: null,
    youtube_handle: null,
    website: null,
  };
}

export const SELF_JSON: Json = {
  id: 'usr-organiser',
  name: 'Olga Organiser',
  avatar_url: 'https://images.lumacdn.com/avatars/olga.png',
  email: 'olga@example.org',
  first_name: 'Olga',
  last_name: 'Organiser',
};

export function webhookJson({ id, url, eventTypes, status, secret, createdAt }: FakeWebhook): Json {
  return { id, url, event_types: eventTypes, status, secret, created_at: toInstantText(createdAt) };
}

function sharedJson(event: FakeEvent, calendar: CalendarFacts): Json {
  return {
    ...whenAndWhere(event, calendar),
    platform: 'luma',
    user_id: 'usr-organiser',
    meeting_url: event.meetingUrl,
    location_type: event.locationType,
    location_visibility: event.isForGuestsOnly ? 'guests-only' : 'public',
    cover_url: 'https://images.lumacdn.com/event-covers/x/y.png',
    visibility: event.visibility,
    waitlist_status: 'disabled',
    feedback_email: { enabled: false },
  };
}

function externalJson(event: FakeEvent, calendar: CalendarFacts): Json {
  const { access, hostName } = event;
  return { ...whenAndWhere(event, calendar), platform: 'external', host: hostName, tags: tagsJson(event), access };
}

function whenAndWhere(event: FakeEvent, calendar: CalendarFacts): Json {
  const { id, name, url, startAt, endAt, zone, place, createdAt } = event;
  return {
    id,
    calendar_id: event.access === 'view' ? 'cal-elsewhere' : calendar.id,
    name,
    url,
    start_at: toInstantText(startAt),
    end_at: textOrNull(endAt),
    duration_interval: (endAt ?? startAt).diff(startAt, ['hours', 'minutes', 'seconds']).toISO(),
    created_at: toInstantText(createdAt),
    timezone: zone,
    geo_address_json: place ? placeJson(place) : null,
    coordinate: place ? { longitude: place.longitude, latitude: place.latitude } : null,
  };
}

function placeJson({ address, city, fullAddress }: FakePlace): Json {
  return {
    address,
    city,
    region: null,
    country: null,
    city_state: city,
    full_address: fullAddress,
    google_maps_place_id: null,
    apple_maps_place_id: null,
    description: null,
  };
}

function descriptions({ description }: FakeEvent): Json {
  return { description, description_md: description };
}

function tagsJson({ tags }: FakeEvent): Json[] {
  return tags.map((name) => ({ id: `tag-${name.toLowerCase().replaceAll(/\W+/g, '-')}`, name }));
}

function ticketJson({ id, checkedInAt }: FakeTicket): Json {
  return {
    id,
    amount: 0,
    amount_discount: 0,
    amount_tax: 0,
    currency: null,
    checked_in_at: textOrNull(checkedInAt),
    event_ticket_type_id: 'ett-standard',
    is_captured: false,
    name: 'Standard',
  };
}

function textOrNull(moment: DateTime | undefined): string | null {
  return moment ? toInstantText(moment) : null;
}
