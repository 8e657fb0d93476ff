import type { DateTime } from 'luxon';
import type { EventId, OrgId, SourceId } from '../ids.js';

export const EVENT_TYPES = [
  'talk',
  'workshop',
  'reading_group',
  'social',
  'coworking',
  'conference',
  'course',
  'other',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];

/** Where an event is. `name` is what may be shown to anybody: no more than the city when the address is for guests. */
export type EventPlace =
  | { kind: 'offline'; name: string | undefined; city: string | undefined; at: Coordinates | undefined }
  | { kind: 'online' }
  | { kind: 'unknown' };

export interface Coordinates {
  latitude: number;
  longitude: number;
}

/** Who may learn of an event through us: announcements and pages show the public ones only. */
export const EVENT_VISIBILITIES = ['public', 'members-only', 'private'] as const;
export type EventVisibility = (typeof EVENT_VISIBILITIES)[number];

/** `cancelled` by its hosts; `withdrawn` when its calendar was disconnected or it left for another one. */
export const EVENT_STATES = ['on', 'cancelled', 'withdrawn'] as const;
export type EventState = (typeof EVENT_STATES)[number];

/** What a source tells of one event. Every text is cleaned and cut already; links carry no query. */
export interface EventFacts {
  /** lu.ma's own id (`evt-…`, `calev-…`), the same whether it came by key or by feed; else what a feed tells it by. */
  lumaId: string;
  title: string;
  description: string;
  url: string | undefined;
  startsAt: DateTime;
  /** Nothing when the source does not tell; see `endOf`. */
  endsAt: DateTime | undefined;
  /** IANA name: the event's own. */
  zone: string;
  /** Its days are whole days in its zone; `endsAt` is the midnight after the last. */
  isAllDay: boolean;
  place: EventPlace;
  visibility: EventVisibility;
  /** Listed by the calendar, but run by somebody else: neither its guests nor its end are ours to learn of. */
  isForeign: boolean;
  /** lu.ma's tags, for telling the type. */
  tags: readonly string[];
}

/** An event of an org, as we know it. Rollcall never invents events. */
export interface Event extends Omit<EventFacts, 'tags'> {
  id: EventId;
  orgId: OrgId;
  /** The calendar that tells of it; nothing once that was disconnected. */
  sourceId: SourceId | undefined;
  /** What the rules make of title and tags. */
  ruledType: EventType;
  /** What an organiser chose instead. */
  chosenType: EventType | undefined;
  state: EventState;
  /** Goes up by one with every change, as calendars expect (RFC 5545, SEQUENCE). */
  sequence: number;
  /** Of the facts, so that an unchanged event is known at a glance. */
  fingerprint: string;
  /** Successful reads in a row that did not hold it. */
  missedReads: number;
  firstSeenAt: DateTime;
  changedAt: DateTime;
}

/** How long an event without an end is taken to last, in hours (product.md section 7). */
export const USUAL_HOURS = 2;

/** When an event ends, or is taken to. */
export function endOf({ startsAt, endsAt }: Pick<Event, 'startsAt' | 'endsAt'>): DateTime {
  return endsAt ?? startsAt.plus({ hours: USUAL_HOURS });
}

/** Whether two events, or one before and after, begin or end at other moments. */
export function areOtherTimes(
  one: Pick<Event, 'startsAt' | 'endsAt'>,
  other: Pick<Event, 'startsAt' | 'endsAt'>,
): boolean {
  return one.startsAt.toMillis() !== other.startsAt.toMillis() || one.endsAt?.toMillis() !== other.endsAt?.toMillis();
}

type Hours = Pick<Event, 'startsAt' | 'endsAt' | 'isAllDay'>;

/** Whether people read other hours: other moments, or whole days in the place of hours. */
export function areOtherHours(one: Hours, other: Hours): boolean {
  return one.isAllDay !== other.isAllDay || areOtherTimes(one, other);
}

/** Whether people read the same place: a pin that is set a street further does not make it another. */
export function isSameAddress(one: EventPlace, other: EventPlace): boolean {
  if (one.kind !== 'offline' || other.kind !== 'offline') return one.kind === other.kind;
  return one.name === other.name && one.city === other.city;
}

/** What kind of event it is: the organiser's word before the rules'. */
export function typeOf({ ruledType, chosenType }: Pick<Event, 'ruledType' | 'chosenType'>): EventType {
  return chosenType ?? ruledType;
}
