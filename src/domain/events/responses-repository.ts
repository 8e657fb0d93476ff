import type { EventId, MemberId } from '../ids.js';
import type { Said } from './guest-responses.js';
import type { EventResponse } from './response.js';

/** What counts for a member at an event, and what they last said themselves, if lu.ma's word stands over it or not. */
export interface Heard {
  response: EventResponse;
  said: Said | undefined;
}

/** Storage of what members said about events. */
export interface ResponsesRepository {
  find(eventId: EventId, memberId: MemberId): Promise<EventResponse | undefined>;
  /** What was heard of these members about the event, and of all for whom lu.ma's word counts. */
  listHeard(eventId: EventId, memberIds: readonly MemberId[]): Promise<Map<MemberId, Heard>>;
  /** What was heard of one member, about all events. */
  listHeardOf(memberId: MemberId): Promise<Heard[]>;
  /** Writes it over what counted before; what the member said themselves stays beside what lu.ma says. */
  save(response: EventResponse): Promise<void>;
  /** Forgets it, with what the member said themselves. */
  remove(eventId: EventId, memberId: MemberId): Promise<void>;
}
