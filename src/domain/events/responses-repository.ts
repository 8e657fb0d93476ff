import type { EventId, MemberId } from '../ids.js';
import type { EventResponse } from './response.js';

/** Storage of what members said about events. */
export interface ResponsesRepository {
  find(eventId: EventId, memberId: MemberId): Promise<EventResponse | undefined>;
  /** Writes it over what that member said before. */
  save(response: EventResponse): Promise<void>;
  remove(eventId: EventId, memberId: MemberId): Promise<void>;
}
