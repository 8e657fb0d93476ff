import type { DateTime } from 'luxon';
import type { OrgId, SourceId } from '../ids.js';
import type { Repositories } from '../repositories.js';
import type { Event } from './event.js';

/** In which way an event changed. A change of the description alone is kept, but nobody is told. */
export const CHANGE_KINDS = ['moved', 'renamed', 'relocated', 'described', 'retyped', 'back'] as const;
export type ChangeKind = (typeof CHANGE_KINDS)[number];

/** `what` is empty when only the link or the visibility differs: cards follow, and nobody is told. */
export interface ChangedEvent {
  before: Event;
  after: Event;
  what: readonly ChangeKind[];
}

/** What one run of a sync found, all written in one transaction. */
export interface SyncedChanges {
  orgId: OrgId;
  sourceId: SourceId;
  /** The first successful run of this calendar, or since it was connected again: nobody is told of what it added. */
  isFirst: boolean;
  at: DateTime;
  added: readonly Event[];
  changed: readonly ChangedEvent[];
  cancelled: readonly Event[];
  /** No longer ours to tell of: its calendar was disconnected, or it left for another one. */
  withdrawn?: readonly Event[];
}

/** Follows up what a sync found, in its transaction: announcements, notices, reminders. Safe to repeat. */
export type FollowChanges = (repositories: Repositories, changes: SyncedChanges) => Promise<void>;
