import type { DateTime } from 'luxon';
import type { MemberId, OrgId, SourceId } from '../ids.js';
import type { SourceAccess, SourceCalendar, SourceProblemCode } from './event-source.js';

/** How a calendar is reached, as it is stored: the key of one lies sealed, a feed's address is public. */
export type SealedAccess = { kind: 'api'; sealedKey: string } | { kind: 'feed'; feedUrl: string };

/** Why a run failed. */
export type SyncProblemCode =
  | SourceProblemCode
  /** The stored key does not open any more, as the installation's own key has changed. */
  | 'key-lost'
  /** Our own mistake; the log has more. */
  | 'own-fault';

export const SYNC_PROBLEMS = [
  'key-refused',
  'not-found',
  'rate-limited',
  'unavailable',
  'bad-answer',
  'too-large',
  'suspicious',
  'key-lost',
  'own-fault',
] as const satisfies readonly SyncProblemCode[];

/** What one run found. */
export interface SyncCounts {
  added: number;
  changed: number;
  cancelled: number;
  withdrawn: number;
}

/** What lu.ma was told to call, and how its calls are signed. */
export interface StoredWebhook {
  webhookId: string;
  sealedSecret: string;
  url: string;
}

/** A calendar that an org has connected. */
export interface Source extends SourceCalendar {
  id: SourceId;
  orgId: OrgId;
  access: SealedAccess;
  connectedAt: DateTime;
  /** Nothing for somebody who manages the space without being a member, or was erased. */
  connectedBy: MemberId | undefined;
  webhook: StoredWebhook | undefined;
  /** Nothing until the first sync went through, which announces nothing. */
  firstSyncedAt: DateTime | undefined;
  nextSyncAt: DateTime;
  lastRunAt: DateTime | undefined;
  lastSuccessAt: DateTime | undefined;
  lastCounts: SyncCounts | undefined;
  /** Of the last run, while that failed. */
  lastProblem: SyncProblemCode | undefined;
  /** Failed runs in a row. */
  failures: number;
  /** Why some guest lists could not be read when it was last their turn. */
  guestsProblem: SyncProblemCode | undefined;
  /** Of a feed as it was last read. */
  etag: string | undefined;
  /** Runs written so far, failed ones too: of two at once, the slower one sees that it comes too late. */
  runs: number;
}

/** Seals and opens what must not lie open in the file; the seal is bound to the calendar it belongs to. */
export interface SourceSecrets {
  sealAccess(id: SourceId, access: SourceAccess): SealedAccess;
  /** Nothing when no key of ours opens it. */
  openAccess(source: Pick<Source, 'id' | 'access' | 'zone'>): SourceAccess | undefined;
  sealWebhookSecret(id: SourceId, secret: string): string;
  openWebhookSecret(id: SourceId, sealed: string): string | undefined;
}
