import type { DateTime } from 'luxon';
import type { OrgId, SourceId } from '../ids.js';
import type { Source, StoredWebhook, SyncCounts, SyncProblemCode } from './source.js';

/** How a run ended, as it is noted. */
export type NotedRun = { at: DateTime; nextSyncAt: DateTime } & (
  | { kind: 'success'; counts: SyncCounts; etag: string | undefined }
  | { kind: 'failure'; problem: SyncProblemCode }
);

/** How many events of a calendar are on, before and after a moment. */
export interface EventCounts {
  upcoming: number;
  past: number;
}

/** Storage of calendars, and of the calls that lu.ma made about them. */
export interface SourcesRepository {
  find(id: SourceId): Promise<Source | undefined>;
  /** An org's calendars, in the order in which they were connected. */
  list(orgId: OrgId): Promise<Source[]>;
  /** Those whose next sync is due by then or after `beyond`, the longest due first; those of hidden orgs too. */
  listDue(span: { now: DateTime; beyond: DateTime }): Promise<SourceId[]>;
  /** Whether no calendar was ever connected, and no event ever known. */
  isUntouched(): Promise<boolean>;
  /** When the first and the last of them all are due. */
  dueSpan(): Promise<{ first: DateTime; last: DateTime } | undefined>;
  add(source: Source): Promise<void>;
  /** Its events stay, without a calendar; key, webhook and receipts go. */
  remove(id: SourceId): Promise<void>;
  /** False, and nothing written, if another run was noted since `runs` was read, or the calendar is gone. */
  noteRun(source: Pick<Source, 'id' | 'runs'>, run: NotedRun): Promise<boolean>;
  /** How the reading of its guest lists went; nothing when all is well. */
  noteGuests(id: SourceId, problem: SyncProblemCode | undefined): Promise<void>;
  /** Makes the calendar due at once, unless lu.ma asked to wait. */
  wake(id: SourceId, now: DateTime): Promise<void>;
  /** The next read of the org's other calendars is a full one. */
  forgetEtags(orgId: OrgId, except: SourceId): Promise<void>;
  saveWebhook(id: SourceId, webhook: StoredWebhook | undefined): Promise<void>;
  /** False, and nothing written, if that call was taken before. */
  takeReceipt(id: SourceId, webhookId: string, at: DateTime): Promise<boolean>;
  dropReceipts(id: SourceId, before: DateTime): Promise<void>;
  countEvents(id: SourceId, now: DateTime): Promise<EventCounts>;
}
