import type { EventId, OrgId, SourceId } from '../ids.js';
import type { Event } from './event.js';

/** Storage of events. */
export interface EventsRepository {
  find(id: EventId): Promise<Event | undefined>;
  /** Withdrawn events and those of hidden orgs count as gone. @throws DomainError `events.gone` */
  getVisible(id: EventId): Promise<Event>;
  /** Those of them that there are, by start. */
  list(ids: readonly EventId[]): Promise<Event[]>;
  findByLumaId(orgId: OrgId, lumaId: string): Promise<Event | undefined>;
  /** Everything that a calendar told of, withdrawn events too. */
  listOfSource(sourceId: SourceId): Promise<Event[]>;
  addAll(events: readonly Event[]): Promise<void>;
  /** Writes the event over what it was. */
  update(event: Event): Promise<void>;
}
