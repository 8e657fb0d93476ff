import zoneAt from '@photostructure/tz-lookup';
import type ICAL from 'ical.js';
import type { Coordinates, EventFacts, EventPlace } from '../../domain/events/event.js';
import { descriptionText, placeText, publicUrl, titleText } from '../plain-text.js';
import { coordinatesOf } from '../plausible.js';

/** What a feed tells of an event but for its times, as plain data. */
export type FeedFacts = Omit<EventFacts, 'lumaId' | 'startsAt' | 'endsAt' | 'zone' | 'isAllDay'>;

const MOST_TAGS = 20;

/** Who meets where is the hosts' to tell: links into meetings are never shown. */
const MEETING_HOSTS =
  /(^|\.)(zoom\.us|zoom\.com|meet\.google\.com|teams\.microsoft\.com|teams\.live\.com|webex\.com|whereby\.com|jit\.si|discord\.gg|discord\.com|gotomeeting\.com|bigbluebutton\.org|gather\.town)$/;

/** Reads an event of any program's feed; of lu.ma's it knows what their descriptions are made of. */
export function feedFacts(event: ICAL.Component, isLuma: boolean): FeedFacts {
  const description = textOf(event, 'description');
  return {
    title: titleText(textOf(event, 'summary')),
    description: descriptionText(isLuma ? withoutFrame(description) : description),
    url: urlOf(event, description),
    place: placeOf(event),
    visibility: /^(private|confidential)$/i.test(textOf(event, 'class')) ? 'private' : 'public',
    isForeign: false,
    tags: tagsOf(event),
  };
}

/** The zone at an event's coordinates. */
export function zoneOfPlace({ place }: Pick<FeedFacts, 'place'>): string | undefined {
  return place.kind === 'offline' && place.at ? zoneAt(place.at.latitude, place.at.longitude) : undefined;
}

/** A property as text; those that are read as something else are put back into words. */
export function textOf(component: ICAL.Component, name: string): string {
  const value = component.getFirstPropertyValue(name);
  return value === null || value === undefined ? '' : String(value);
}

/** lu.ma's begin with a link, and may go on with the address that `LOCATION` has too. */
function withoutFrame(description: string): string {
  return description
    .replace(/^(Get up-to-date information at|Find more information on)[^\n]*\n*/, '')
    .replace(/^Address:\n(?:[^\n]+\n)*(?:[^\n]+$)?/m, '');
}

function urlOf(event: ICAL.Component, description: string): string | undefined {
  const [firstLine = ''] = description.slice(0, 3_000).split('\n', 1);
  const inText = /https:\/\/[^\s<>"]{1,2000}/.exec(firstLine)?.[0];
  return [textOf(event, 'url'), inText]
    .filter((url) => !isMeeting(url))
    .map(publicUrl)
    .find((url) => url !== undefined);
}

function placeOf(event: ICAL.Component): EventPlace {
  const location = textOf(event, 'location').trim();
  const at = coordinates(event.getFirstPropertyValue('geo'));
  const isLink = /^https?:\/\//i.test(location);
  if (at || (location && !isLink)) {
    return { kind: 'offline', name: isLink ? undefined : placeText(location), city: undefined, at };
  }
  // Another link is the page of an event that is online or hides its address: which of the two, nobody can tell.
  return isMeeting(location) ? { kind: 'online' } : { kind: 'unknown' };
}

function isMeeting(url: string | undefined): boolean {
  return url !== undefined && URL.canParse(url) && MEETING_HOSTS.test(new URL(url).hostname);
}

function coordinates(geo: unknown): Coordinates | undefined {
  if (!Array.isArray(geo)) return undefined;
  const [latitude, longitude] = geo.map(Number);
  if (latitude === undefined || longitude === undefined) return undefined;
  return coordinatesOf(latitude, longitude);
}

function tagsOf(event: ICAL.Component): string[] {
  const categories = event.getAllProperties('categories').flatMap((property) => property.getValues());
  return categories.slice(0, MOST_TAGS).map((category) => titleText(String(category)));
}
