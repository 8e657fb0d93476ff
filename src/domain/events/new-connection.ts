import type { DateTime } from 'luxon';
import type { MemberId } from '../ids.js';
import type { Source } from './source.js';
import type { SourceOffer } from './source-offers.js';

/** A calendar as it is stored when it is connected: due at once, and never read. */
export function newConnection(
  { id, orgId, access, calendar }: SourceOffer,
  connectedBy: MemberId | undefined,
  now: DateTime,
): Source {
  return {
    id,
    orgId,
    access,
    ...calendar,
    connectedAt: now,
    connectedBy,
    webhook: undefined,
    firstSyncedAt: undefined,
    nextSyncAt: now,
    lastRunAt: undefined,
    lastSuccessAt: undefined,
    lastCounts: undefined,
    lastProblem: undefined,
    failures: 0,
    guestsProblem: undefined,
    etag: undefined,
    runs: 0,
  };
}
