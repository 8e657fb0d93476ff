import { DateTime } from 'luxon';
import type { Dispatcher } from 'undici';
import type { EventFacts } from '../../domain/events/event.js';
import {
  type CalendarRead,
  type EventSource,
  type ReadEvent,
  type SourceCalendar,
  SourceProblem,
} from '../../domain/events/event-source.js';
import type { Clock } from '../../shared/clock.js';
import { ask, type HttpAnswer } from '../http.js';
import { retryAfterMs } from '../retry-after.js';
import { retrying } from '../retrying.js';
import { calendarIdOf, isFeedUrl } from './feed-address.js';
import type { FeedReader } from './feed-reader.js';
import type { FeedCalendar, FeedEvent } from './feed-task.js';

/** Larger feeds are not read; a large real one has some hundred kilobytes. */
const MOST_BYTES = 5 * 1024 * 1024;
const MOST_REDIRECTS = 3;

export interface FeedSourceParts {
  /** Vouched for by whoever runs this installation: asked wherever it is. */
  icsUrl: string;
  clock: Clock;
  reader: FeedReader;
  /** For all other addresses. */
  publicNetwork: Dispatcher;
}

/** A public feed: events alone, and all that there are at once. */
export function createFeedSource(feedUrl: string, zone: string | undefined, parts: FeedSourceParts): EventSource {
  const fetchFeed = (etag: string | undefined) => retrying(() => follow(feedUrl, etag, parts));

  const readAnswer = ({ body }: HttpAnswer): Promise<FeedCalendar> => {
    const text = body.toString('utf8');
    if (!/^\uFEFF?\s*BEGIN:VCALENDAR\b/i.test(text.slice(0, 200))) throw new SourceProblem('bad-answer');
    return parts.reader.read({ text, nowMs: parts.clock.now().toMillis(), zone });
  };

  return {
    async describe(): Promise<SourceCalendar> {
      const calendar = await readAnswer(await fetchFeed(undefined));
      const name = calendar.name ?? new URL(feedUrl).hostname;
      return { calendarId: calendarIdOf(feedUrl), name, pageUrl: undefined, zone: calendar.zone };
    },

    async read({ etag }): Promise<CalendarRead> {
      const answer = await fetchFeed(etag);
      if (answer.status === 304) return { kind: 'unchanged' };
      const { events, hasRecurring } = await readAnswer(answer);
      // Of repeated events new ones come into sight although the feed stays the same.
      return { kind: 'read', events: events.map(toReadEvent), etag: hasRecurring ? undefined : answer.header('etag') };
    },
  };
}

/** Goes after redirects, never to where we would not have gone at once. */
async function follow(address: string, etag: string | undefined, parts: FeedSourceParts): Promise<HttpAnswer> {
  let url = new URL(address);
  for (let redirects = 0; redirects <= MOST_REDIRECTS; redirects += 1) {
    const isVouchedFor = url.href.startsWith(`${parts.icsUrl}?`);
    if (!isVouchedFor && !isFeedUrl(url)) throw new SourceProblem('not-found');
    const dispatcher = isVouchedFor ? undefined : parts.publicNetwork;
    const headers = { accept: 'text/calendar', ...(etag ? { 'if-none-match': etag } : {}) };
    const answer = await ask({ url, headers, mostBytes: MOST_BYTES, dispatcher });
    const location = answer.status >= 300 && answer.status < 400 && answer.header('location');
    if (!location || !URL.canParse(location, url.href)) return checked(answer);
    url = new URL(location, url);
  }
  throw new SourceProblem('bad-answer');
}

function checked(answer: HttpAnswer): HttpAnswer {
  const { status, header } = answer;
  if (status === 200 || status === 304) return answer;
  if (status === 429) throw new SourceProblem('rate-limited', retryAfterMs(header, Date.now()));
  if (status >= 500 || status === 408) throw new SourceProblem('unavailable');
  throw new SourceProblem([401, 403, 404, 410].includes(status) ? 'not-found' : 'bad-answer');
}

function toReadEvent(event: FeedEvent): ReadEvent {
  const { lumaId, fingerprint, isCancelled, startsAtMs } = event;
  return {
    lumaId,
    get startsAt() {
      return moment(startsAtMs);
    },
    fingerprint,
    state: isCancelled ? 'cancelled' : 'on',
    facts: () => factsOf(event),
  };
}

function factsOf({ lumaId, startsAtMs, endsAtMs, zone, isAllDay, facts }: FeedEvent): EventFacts {
  const endsAt = endsAtMs === undefined ? undefined : moment(endsAtMs);
  return { ...facts, lumaId, startsAt: moment(startsAtMs), endsAt, zone, isAllDay };
}

function moment(ms: number): DateTime {
  return DateTime.fromMillis(ms, { zone: 'utc' });
}
