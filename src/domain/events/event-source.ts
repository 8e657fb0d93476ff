import type { DateTime } from 'luxon';
import type { EventFacts } from './event.js';

/** How an org's calendar is reached. A key opens the calendar's guests as well; a feed is public and has none. */
export type SourceAccess =
  | { kind: 'api'; apiKey: string }
  /** `zone`: where its times belong when the feed does not tell; UTC without. */
  | { kind: 'feed'; feedUrl: string; zone?: string | undefined };

/** The calendar behind a key or a feed. */
export interface SourceCalendar {
  /** lu.ma's `cal-…`, where it is known. */
  calendarId: string | undefined;
  name: string;
  /** Its public page. */
  pageUrl: string | undefined;
  /** IANA name; what its events have when they tell none. */
  zone: string | undefined;
}

/** One event of a full read. The facts are made only when asked for: most reads find nothing new. */
export interface ReadEvent {
  lumaId: string;
  startsAt: DateTime;
  /** Of everything we use of it: the same text means the same facts. */
  fingerprint: string;
  /** `cancelled` where a source says so outright. */
  state: 'on' | 'cancelled';
  facts(): EventFacts;
}

/** A whole, successful read of a calendar: every page of it, or no read at all. */
export type CalendarRead =
  | { kind: 'read'; events: ReadEvent[]; etag: string | undefined }
  /** The feed says that nothing changed since the tag we have. */
  | { kind: 'unchanged' };

/** What became of an event that the list no longer holds. */
export type LookedUp = { kind: 'here'; event: ReadEvent } | { kind: 'elsewhere' } | { kind: 'gone' };

/** Somebody on lu.ma's guest list. */
export interface GuestFacts {
  lumaGuestId: string;
  lumaUserId: string;
  name: string;
  /** In lower case; it is hashed before it is kept and is never shown or logged. */
  email: string | undefined;
  /** The `utm_source` of the link they came by. */
  linkToken: string | undefined;
  status: 'registered' | 'waiting' | 'invited' | 'cancelled';
  registeredAt: DateTime | undefined;
  /** The earliest of their tickets. */
  checkedInAt: DateTime | undefined;
  joinedOnlineAt: DateTime | undefined;
}

/** Why a calendar could not be read; `src/luma` turns every failure into one of these. */
export type SourceProblemCode =
  /** The key is wrong, was revoked, or its plan has ended. */
  | 'key-refused'
  /** There is no calendar at that address or of that id. */
  | 'not-found'
  /** Too many requests; `retryAfterMs` says for how long to wait. */
  | 'rate-limited'
  /** lu.ma answers with errors, or not at all. */
  | 'unavailable'
  /** The answer is none: HTML instead of JSON, a body cut off, a page that comes again. */
  | 'bad-answer'
  /** The answer is larger than we read. */
  | 'too-large'
  /** An empty feed, or one with less than half of what it held: taken for a fault, not for a mass cancellation. */
  | 'suspicious';

/** A read that failed as a whole; nothing of it is used. */
export class SourceProblem extends Error {
  override readonly name = 'SourceProblem';
  readonly code: SourceProblemCode;
  readonly retryAfterMs: number | undefined;

  constructor(code: SourceProblemCode, retryAfterMs?: number) {
    super(code);
    this.code = code;
    this.retryAfterMs = retryAfterMs;
  }
}

/** Who may call us when something changes. */
export interface Webhook {
  webhookId: string;
  secret: string;
}

/**
 * One calendar on lu.ma, by key or by feed. Every method keeps to lu.ma's limits by itself, retries what is worth
 * retrying within the run, and throws `SourceProblem` for the rest.
 */
export interface EventSource {
  describe(): Promise<SourceCalendar>;
  /** Everything from `since` on (feeds: everything there is). Follows every page. `etag` is that of the last read. */
  read(options: { since: DateTime | undefined; etag: string | undefined }): Promise<CalendarRead>;
  /** Asks for one event; feeds cannot, and have no such method. */
  lookUp?(lumaId: string): Promise<LookedUp>;
  /** The description of an event whose list entry had none; feeds have no such method. */
  describeEvent?(lumaId: string): Promise<string>;
  /** All guests of an event; feeds have none. */
  listGuests?(lumaId: string): Promise<GuestFacts[]>;
  addWebhook?(url: string): Promise<Webhook>;
  removeWebhook?(webhookId: string): Promise<void>;
}

/** Opens calendars. The one way in which the domain reaches lu.ma. */
export type OpenSource = (access: SourceAccess) => EventSource;
