import type { DateTime } from 'luxon';
import { fold } from '../../shared/fold.js';
import { DomainError, type EventChoice } from '../errors.js';
import { EventId } from '../ids.js';
import type { EventListingRepository, EventReader, EventRow } from './event-listing-repository.js';

/** How many events an answer offers to choose from. */
const MOST_OFFERED = 6;
const MOST_NEAREST = 3;
/** How many of the next titles are held against one that nobody has. */
const MOST_COMPARED = 200;
/** The share of its letter triples that a near title must have in common with what was asked. */
const LEAST_ALIKE = 0.4;

/**
 * The event that a text means: our id, lu.ma's id, or words of a title, among what is ahead before what is over.
 *
 * @throws DomainError `events.unknown` with up to three near ones, `events.ambiguous` with those it may be.
 */
export async function findEvent(
  listing: EventListingRepository,
  text: string,
  reader: EventReader,
  now: DateTime,
): Promise<EventId> {
  const byOurs = EventId.safeParse(text.trim());
  const ours = byOurs.success ? await listing.find(byOurs.data, reader) : undefined;
  if (ours) return ours.event.id;
  const byLuma = await listing.listByLumaId(text.trim(), reader);
  return (
    only(text, byLuma) ?? only(text, await listNamed(listing, text, reader, now)) ?? unknown(listing, text, reader, now)
  );
}

/** The one that was found; nothing if none was. @throws DomainError `events.ambiguous` */
function only(asked: string, found: readonly EventRow[]): EventId | undefined {
  const [first, ...others] = found;
  if (!first || others.length === 0) return first?.event.id;
  throw new DomainError({
    code: 'events.ambiguous',
    asked,
    candidates: found.slice(0, MOST_OFFERED).map(toEventChoice),
  });
}

/** What bears this very title, else what has all its words in its title; of what is ahead, else of what is over. */
async function listNamed(
  listing: EventListingRepository,
  text: string,
  reader: EventReader,
  now: DateTime,
): Promise<EventRow[]> {
  const title = fold(text);
  if (title === '') return [];
  const spans = [{ direction: 'ahead', now } as const, { direction: 'past', now } as const];
  for (const span of spans) {
    const found = await listing.search(title.split(' '), span, reader, MOST_OFFERED);
    const exact = found.filter(({ event }) => fold(event.title) === title);
    if (found.length > 0) return exact.length > 0 ? exact : found;
  }
  return [];
}

async function unknown(
  listing: EventListingRepository,
  asked: string,
  reader: EventReader,
  now: DateTime,
): Promise<never> {
  const slice = { limit: MOST_COMPARED, offset: 0 };
  const ahead = await listing.list({ kind: 'any' }, { direction: 'ahead', now }, reader, slice);
  const wanted = triplesOf(asked);
  const nearest = ahead
    .map((row) => ({ row, alike: shareIn(wanted, triplesOf(row.event.title)) }))
    .filter(({ alike }) => alike >= LEAST_ALIKE)
    .sort((first, second) => second.alike - first.alike)
    .slice(0, MOST_NEAREST);
  throw new DomainError({ code: 'events.unknown', asked, nearest: nearest.map(({ row }) => toEventChoice(row)) });
}

/** Three letters in a row, across all words; a slip of the finger spoils three of them at most. */
function triplesOf(text: string): Set<string> {
  const letters = [...fold(text)];
  return new Set(letters.slice(0, Math.max(0, letters.length - 2)).map((_, at) => letters.slice(at, at + 3).join('')));
}

function shareIn(wanted: ReadonlySet<string>, there: ReadonlySet<string>): number {
  const shared = [...wanted].filter((triple) => there.has(triple)).length;
  return wanted.size === 0 ? 0 : shared / wanted.size;
}

/** Events to offer while somebody types: what is ahead at the reader's orgs, then elsewhere, then what is over. */
export async function suggestEvents(
  listing: EventListingRepository,
  text: string,
  reader: EventReader,
  { now, most }: { now: DateTime; most: number },
): Promise<EventRow[]> {
  const ahead = { direction: 'ahead', now } as const;
  const title = fold(text);
  if (title === '') {
    const own = await listing.list({ kind: 'own' }, ahead, reader, { limit: most, offset: 0 });
    const missing = { limit: most - own.length, offset: 0 };
    return missing.limit === 0 ? own : [...own, ...(await listing.list({ kind: 'elsewhere' }, ahead, reader, missing))];
  }
  const words = title.split(' ');
  const found = await listing.search(words, ahead, reader, most);
  if (found.length === most) return found;
  const over = await listing.search(words, { direction: 'past', now }, reader, most - found.length);
  return [...found, ...over];
}

/** An event as an answer may name it. */
export function toEventChoice({ event, org }: Pick<EventRow, 'event' | 'org'>): EventChoice {
  const { id, title, startsAt, endsAt, zone, isAllDay } = event;
  return { id, title, orgName: org.name, startsAt, endsAt, zone, isAllDay };
}
