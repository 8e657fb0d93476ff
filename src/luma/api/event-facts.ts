import { hash } from 'node:crypto';
import { DateTime } from 'luxon';
import type { EventFacts, EventPlace, EventVisibility } from '../../domain/events/event.js';
import type { ReadEvent } from '../../domain/events/event-source.js';
import { descriptionText, placeText, publicUrl, titleText } from '../plain-text.js';
import { coordinatesOf, isLikelyMoment } from '../plausible.js';
import { ianaZone } from '../zones.js';
import type { EventEntry } from './shapes.js';

/** An entry of lu.ma's API as the domain reads it; `calendarZone` is for events that tell none. */
export function readEvent(entry: EventEntry, calendarZone: () => string | undefined): ReadEvent {
  return {
    lumaId: entry.id,
    get startsAt() {
      return moment(entry.start_at);
    },
    fingerprint: fingerprintOf(entry),
    state: 'on',
    facts: () => factsOf(entry, calendarZone()),
  };
}

/** The description as far as an entry tells one; lists of late have none. */
export function descriptionOf({ description, description_md }: EventEntry): string {
  return descriptionText(description_md || description || '');
}

/** Listed by the calendar, but run by another calendar or on another platform. */
export function isForeign({ platform, access }: EventEntry): boolean {
  return access === 'view' || platform === 'external';
}

/** Over the raw fields, as cleaning 5,000 unchanged events each quarter of an hour would be for nothing. */
function fingerprintOf(entry: EventEntry): string {
  const { geo_address_json: address, coordinate } = entry;
  const used = [
    entry.name,
    entry.start_at,
    entry.end_at,
    entry.timezone,
    entry.url,
    address && [address.address, address.city, address.full_address],
    coordinate && [coordinate.latitude, coordinate.longitude],
    entry.location_type,
    entry.location_visibility,
    entry.visibility,
    entry.description_md || entry.description,
    entry.tags?.map(({ name }) => name),
    isForeign(entry),
  ];
  return hash('sha1', JSON.stringify(used), 'base64url');
}

function factsOf(entry: EventEntry, calendarZone: string | undefined): EventFacts {
  const startsAt = moment(entry.start_at);
  const endsAt = entry.end_at && isLikelyMoment(Date.parse(entry.end_at)) ? moment(entry.end_at) : undefined;
  return {
    lumaId: entry.id,
    title: titleText(entry.name),
    description: descriptionOf(entry),
    url: publicUrl(entry.url),
    startsAt,
    // An end before the start says nothing.
    endsAt: endsAt && endsAt >= startsAt ? endsAt : undefined,
    zone: ianaZone(entry.timezone) ?? calendarZone ?? 'UTC',
    isAllDay: false,
    place: placeOf(entry),
    visibility: visibilityOf(entry.visibility),
    isForeign: isForeign(entry),
    tags: (entry.tags ?? []).map(({ name }) => titleText(name)),
  };
}

const ONLINE = new Set(['zoom', 'meet', 'discord', 'twitch', 'twitter', 'youtube', 'unknown']);

/** lu.ma tells us addresses that are for guests alone as well; of those only the city gets out. */
function placeOf(entry: EventEntry): EventPlace {
  const { location_type: type, location_visibility: shown, geo_address_json: address, coordinate } = entry;
  if (type && ONLINE.has(type)) return { kind: 'online' };
  if (!address && !coordinate) return { kind: 'unknown' };
  const city = placeText(address?.city);
  const isForAll = shown === 'public' || (!shown && !type);
  if (!isForAll) return { kind: 'offline', name: city, city, at: undefined };
  const name = placeText(address?.full_address) ?? placeText(address?.address) ?? city;
  const at = coordinate && coordinatesOf(coordinate.latitude, coordinate.longitude);
  return { kind: 'offline', name, city, at: at ?? undefined };
}

/** Events of other platforms tell none: what a public calendar lists of them is public. A word we do not know is not. */
function visibilityOf(told: string | null | undefined): EventVisibility {
  if (!told || told === 'public') return 'public';
  return told === 'members-only' ? 'members-only' : 'private';
}

function moment(text: string): DateTime {
  return DateTime.fromMillis(Date.parse(text), { zone: 'utc' });
}
