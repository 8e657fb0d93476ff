import type { EventFacts } from './event.js';
import type { ReadEvent } from './event-source.js';

/** What a read tells of an event. */
export interface ToldEvent {
  facts: EventFacts;
  fingerprint: string;
}

/** An event of a read that differs from what is known of it, or is new. */
export interface TouchedEvent extends ToldEvent {
  state: ReadEvent['state'];
}

export function toTouched(event: ReadEvent): TouchedEvent {
  return { facts: event.facts(), fingerprint: event.fingerprint, state: event.state };
}
