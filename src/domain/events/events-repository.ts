import type { DateTime } from 'luxon';
import type { EventId, OrgId, SourceId } from '../ids.js';
import type { Event } from './event.js';
import type { EventHistoryEntry, EventOutline } from './event-history.js';

/** Storage of events. */
export interface EventsRepository {
  find(id: EventId): Promise<Event | undefined>;
  /** Withdrawn events and those of hidden orgs count as gone. @throws DomainError `events.gone` */
  getVisible(id: EventId): Promise<Event>;
  /** Those of them that there are, by start. */
  list(ids: readonly EventId[]): Promise<Event[]>;
  /** Everything that a calendar told of, withdrawn events too. */
  listOfSource(sourceId: SourceId): Promise<Event[]>;
  addAll(events: readonly Event[]): Promise<void>;
  /** Writes the event over what it was. */
  update(event: Event): Promise<void>;

  /** The little that a sync compares, of every event of an org. */
  listOutlines(orgId: OrgId): Promise<EventOutline[]>;
  /** Those of the org that go by these ids at lu.ma. */
  listByLumaIds(orgId: OrgId, lumaIds: readonly string[]): Promise<Event[]>;
  /** Adds to what became of events. */
  addHistory(entries: readonly EventHistoryEntry[]): Promise<void>;
  /** Notes in how many successful reads in a row they were missing. */
  noteMissed(ids: readonly EventId[], missedReads: number): Promise<void>;
  /** Notes that their descriptions were asked for by themselves. */
  noteDescribed(ids: readonly EventId[], at: DateTime): Promise<void>;
  /** The description of this event is to be asked for again. */
  forgetDescribed(sourceId: SourceId, lumaId: string): Promise<void>;
  /** What one calendar told of is told of by another from now on. */
  handOver(from: SourceId, to: SourceId): Promise<void>;
}
