import { DateTime } from 'luxon';
import { z } from 'zod';
import { EVENT_STATES, type Event, type EventPlace } from '../events/event.js';

/** A line of an event's history: what was so until then. */
export interface PastLine {
  /** In the order in which they were written. */
  id: number;
  at: DateTime;
  what: string;
  before: unknown;
}

/** What those who go to an event want to know of it: whether it takes place, when, and where. */
export type Arrangement = Pick<Event, 'state' | 'startsAt' | 'endsAt' | 'zone' | 'isAllDay' | 'place'>;

const instant = z.iso.datetime().transform((text) => DateTime.fromISO(text, { zone: 'utc' }));
const Moved = z.object({ startsAt: instant, endsAt: instant.optional(), zone: z.string(), isAllDay: z.boolean() });
const Stood = z.object({ state: z.enum(EVENT_STATES) });
const Coordinates = z.object({ latitude: z.number(), longitude: z.number() });
const Placed = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('offline'),
    name: z.string().optional(),
    city: z.string().optional(),
    at: Coordinates.optional(),
  }),
  z.object({ kind: z.literal('online') }),
  z.object({ kind: z.literal('unknown') }),
]);

/** An event as it was before the given lines of its history, in any order. Lines that are no such thing are passed over. */
export function before(event: Event, lines: readonly PastLine[]): Arrangement {
  const newestFirst = [...lines].sort((one, other) => other.id - one.id);
  return Object.assign({ ...event }, ...newestFirst.map(partBefore));
}

function partBefore({ what, before }: PastLine): Partial<Arrangement> {
  switch (what) {
    case 'moved':
      return movedBefore(before);
    case 'relocated':
      return placedBefore(before);
    case 'back':
    case 'cancelled':
    case 'withdrawn':
      return Stood.safeParse(before).data ?? {};
    default:
      return {};
  }
}

function movedBefore(told: unknown): Partial<Arrangement> {
  const hours = Moved.safeParse(told).data;
  return hours ? { ...hours, endsAt: hours.endsAt } : {};
}

function placedBefore(told: unknown): Partial<Arrangement> {
  const place = Placed.safeParse(told).data;
  return place ? { place: wholePlace(place) } : {};
}

function wholePlace(place: z.infer<typeof Placed>): EventPlace {
  return place.kind === 'offline' ? { kind: 'offline', name: place.name, city: place.city, at: place.at } : place;
}

/**
 * Since when an event has been known to begin when it does: a reminder whose time had passed by then is not made up for,
 * as whoever was told of the new start, or of the event itself, knows.
 */
export function startKnownSince(event: Pick<Event, 'firstSeenAt' | 'startsAt'>, lines: readonly PastLine[]): DateTime {
  const known = lines.filter((line) => line.what === 'back' || hasMovedFrom(line, event)).map(({ at }) => at);
  return DateTime.max(event.firstSeenAt, ...known);
}

/** Only its end, its zone or its being whole days may have changed. */
function hasMovedFrom({ what, before }: PastLine, { startsAt }: Pick<Event, 'startsAt'>): boolean {
  if (what !== 'moved') return false;
  const hours = Moved.safeParse(before).data;
  return hours !== undefined && hours.startsAt.toMillis() !== startsAt.toMillis();
}
