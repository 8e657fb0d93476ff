import type { FeedFacts } from './feed-facts.js';

/** What the thread that reads feeds is asked. */
export interface FeedTask {
  text: string;
  nowMs: number;
  /** Where the feed's times belong when it does not tell. */
  zone: string | undefined;
}

/** One event of a feed as plain data, which passes between threads. */
export interface FeedEvent {
  lumaId: string;
  fingerprint: string;
  isCancelled: boolean;
  startsAtMs: number;
  endsAtMs: number | undefined;
  zone: string;
  isAllDay: boolean;
  facts: FeedFacts;
}

/** What it answers. */
export interface FeedCalendar {
  name: string | undefined;
  zone: string | undefined;
  events: FeedEvent[];
  /** Whether what it holds depends on when it is read. */
  hasRecurring: boolean;
}

/** The message of its error when a feed has more events than it reads. */
export const TOO_MANY = 'too many events';
