import type { DateTime } from 'luxon';
import type { EventId, SourceId } from '../ids.js';
import type { Event, EventState } from './event.js';
import type { ChangeKind } from './event-changes.js';

/** The little that a sync compares before it looks any closer: no event of thousands is built for nothing. */
export interface EventOutline extends Pick<Event, 'id' | 'lumaId' | 'fingerprint' | 'missedReads' | 'isForeign'> {
  sourceId: SourceId | undefined;
  /** Milliseconds since 1970. */
  startsAtMs: number;
  state: EventState;
  /** Whether its description was asked for by itself. */
  isDescribed: boolean;
}

/** What may become of an event, as its history tells it. `details`: its link or its visibility. */
export type HistoryKind = ChangeKind | 'details' | 'cancelled' | 'withdrawn';

/** One line of an event's history; lines are only ever added. `before` and `after` are plain JSON. */
export interface EventHistoryEntry {
  eventId: EventId;
  at: DateTime;
  what: HistoryKind;
  before?: unknown;
  after?: unknown;
}
