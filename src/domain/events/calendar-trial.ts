import type { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import type { Org } from '../orgs/org.js';
import type { EventFacts } from './event.js';
import { type OpenSource, type SourceAccess, type SourceCalendar, SourceProblem } from './event-source.js';

/** What an organiser told: a key, or else a calendar's id or feed. Either may be empty. */
export interface ToldAccess {
  apiKey: string;
  feed: string;
}

/** Longest key, in characters; and what one may hold, as it goes into a header of a request. */
const KEY = /^[\x21-\x7e]{8,300}$/;

/** How many of the events to come help an organiser to see that a calendar is theirs. */
const SHOWN_NEXT = 3;

/**
 * How to reach the calendar that was told; of both, the key, as it opens more.
 *
 * @throws DomainError `sources.nothing-told`, `sources.bad-key`, `sources.bad-feed`.
 */
export function readAccess(
  { apiKey, feed }: ToldAccess,
  readFeedAddress: (text: string) => string | undefined,
): SourceAccess {
  if (apiKey !== '') {
    if (!KEY.test(apiKey)) throw new DomainError({ code: 'sources.bad-key' });
    return { kind: 'api', apiKey };
  }
  if (feed === '') throw new DomainError({ code: 'sources.nothing-told' });
  const feedUrl = readFeedAddress(feed);
  if (feedUrl === undefined) throw new DomainError({ code: 'sources.bad-feed' });
  return { kind: 'feed', feedUrl };
}

/**
 * Reads a calendar once: what it is called, and the next three events of it.
 *
 * @throws DomainError `sources.unreadable`
 */
export async function tryCalendar(
  openSource: OpenSource,
  access: SourceAccess,
  { org, now }: { org: Org; now: DateTime },
): Promise<{ calendar: SourceCalendar; next: EventFacts[] }> {
  try {
    const source = openSource(access.kind === 'feed' ? { ...access, zone: org.city?.zone } : access);
    const calendar = await source.describe();
    const read = await source.read({ since: now, etag: undefined });
    const ahead =
      read.kind === 'read' ? read.events.filter(({ startsAt, state }) => state === 'on' && startsAt > now) : [];
    const next = ahead.sort((one, other) => one.startsAt.toMillis() - other.startsAt.toMillis()).slice(0, SHOWN_NEXT);
    return { calendar, next: next.map((event) => event.facts()) };
  } catch (error) {
    if (!(error instanceof SourceProblem)) throw error;
    const { code: problem } = error;
    throw new DomainError({ code: 'sources.unreadable', problem, access: access.kind, orgSlug: org.slug });
  }
}
