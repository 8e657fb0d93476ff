import type { DateTime } from 'luxon';
import { fold } from '../../shared/fold.js';
import { DomainError, type EventChoice } from '../errors.js';
import type { EventReader, EventRow, EventSpan } from '../events/event-listing-repository.js';
import { readerOf } from '../events/events-service.js';
import { toEventChoice } from '../events/finding-events.js';
import { EventId } from '../ids.js';
import type { Rights } from '../orgs/rights.js';
import type { Repositories } from '../repositories.js';
import { CORRECTABLE_DAYS } from './attendance.js';

/** How many events an answer offers to choose from. */
const MOST_OFFERED = 6;
const MOST_NEAREST = 3;

/** What somebody means by a text: one event, or several to choose from. */
export type Meant = { kind: 'one'; eventId: EventId } | { kind: 'several'; asked: string; candidates: EventChoice[] };

/** An event of the past 14 days by its id or by words of its title. @throws DomainError `attendance.no-such-event` */
export async function findAnswerable(
  repositories: Repositories,
  text: string,
  rights: Rights,
  now: DateTime,
): Promise<Meant> {
  const asked = text.trim();
  const byId = EventId.safeParse(asked);
  if (byId.success && (await repositories.events.find(byId.data))) return { kind: 'one', eventId: byId.data };
  const reader = await readerOf(repositories, rights);
  const title = fold(asked);
  const found = title === '' ? [] : await searchAnswerable(repositories, title, reader, { now, most: MOST_OFFERED });
  const exact = found.filter(({ event }) => fold(event.title) === title);
  const [first, ...others] = exact.length > 0 ? exact : found;
  if (!first) {
    const nearest = await listAnswerable(repositories, reader, { now, most: MOST_NEAREST });
    throw new DomainError({ code: 'attendance.no-such-event', asked, nearest: nearest.map(toEventChoice) });
  }
  if (others.length === 0) return { kind: 'one', eventId: first.event.id };
  return { kind: 'several', asked, candidates: [first, ...others].map(toEventChoice) };
}

/** Events to offer while somebody types. */
export async function suggestAnswerable(
  repositories: Repositories,
  text: string,
  rights: Rights,
  slice: { now: DateTime; most: number },
): Promise<EventRow[]> {
  const reader = await readerOf(repositories, rights);
  const title = fold(text);
  return title === ''
    ? listAnswerable(repositories, reader, slice)
    : searchAnswerable(repositories, title, reader, slice);
}

const answerable = (now: DateTime): EventSpan => ({
  direction: 'past',
  now,
  endedAfter: now.minus({ days: CORRECTABLE_DAYS }),
});

function searchAnswerable(
  { eventListing }: Repositories,
  title: string,
  reader: EventReader,
  { now, most }: { now: DateTime; most: number },
): Promise<EventRow[]> {
  return eventListing.search(title.split(' '), answerable(now), reader, most);
}

async function listAnswerable(
  { eventListing }: Repositories,
  reader: EventReader,
  { now, most }: { now: DateTime; most: number },
): Promise<EventRow[]> {
  const own = await eventListing.list({ kind: 'own' }, answerable(now), reader, { limit: most, offset: 0 });
  const missing = { limit: most - own.length, offset: 0 };
  if (missing.limit === 0) return own;
  return [...own, ...(await eventListing.list({ kind: 'elsewhere' }, answerable(now), reader, missing))];
}
