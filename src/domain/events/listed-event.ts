import type { Org } from '../orgs/org.js';
import type { Event } from './event.js';
import type { EventPhase } from './event-phase.js';
import type { ResponseValue } from './response.js';

/** The org that an event belongs to, as a line about it names it. */
export type EventHost = Pick<Org, 'id' | 'name' | 'slug'>;

/** How many members said so, or have it said for them by lu.ma's guest list. Each member counts once. */
export interface ResponseCounts {
  going: number;
  interested: number;
}

/** An event as a reader meets it in a list. */
export interface ListedEvent {
  event: Event;
  org: EventHost;
  counts: ResponseCounts;
  phase: EventPhase;
  /** The reader's own answer; nothing for a visitor. */
  response: ResponseValue | undefined;
}
