import type { DateTime } from 'luxon';
import PQueue from 'p-queue';
import type { SyncCounts } from '../domain/events/source.js';
import type { SyncOutcome, SyncService } from '../domain/events/sync-service.js';
import type { SourceId } from '../domain/ids.js';
import type { Job } from './job.js';

/** Calendars read at once. */
const CONCURRENCY = 4;

/** Failed calendars that a summary names. */
const MOST_NAMED = 10;

/** Syncs the calendars that are due, four at a time. One that fails keeps none of the others, nor the job, from its run. */
export function lumaSyncJob({ syncs }: { syncs: Pick<SyncService, 'syncSource' | 'listDue'> }): Job {
  return {
    name: 'luma-sync',
    nextDue: (lastRunAt, now) => lastRunAt?.plus({ minutes: 1 }).startOf('minute') ?? now,
    async run(now) {
      const due = await syncs.listDue(now);
      const queue = new PQueue({ concurrency: CONCURRENCY });
      const outcomes = await Promise.all(
        due.map((id) => queue.add(async () => ({ id, outcome: await syncOne(syncs, id, now) }))),
      );
      return summaryOf(outcomes);
    },
  };
}

type Outcome = SyncOutcome | { kind: 'failed'; problem: 'own-fault' };

/** @returns also when our own part threw: the other calendars have their turn. */
async function syncOne(syncs: Pick<SyncService, 'syncSource'>, id: SourceId, now: DateTime): Promise<Outcome> {
  return syncs.syncSource(id, { now, force: false }).catch(() => ({ kind: 'failed', problem: 'own-fault' }) as const);
}

/** "3 calendars synced: 2 new, 1 changed; 1 failed: 0123456789abcdef (key-refused)". */
function summaryOf(outcomes: readonly { id: SourceId; outcome: Outcome }[]): string {
  if (outcomes.length === 0) return 'no calendar was due';
  const total: SyncCounts = { added: 0, changed: 0, cancelled: 0, withdrawn: 0 };
  let synced = 0;
  const failed: string[] = [];
  for (const { id, outcome } of outcomes) {
    if (outcome.kind === 'failed') failed.push(`${id} (${outcome.problem})`);
    if (outcome.kind !== 'synced') continue;
    synced += 1;
    for (const key of ['added', 'changed', 'cancelled', 'withdrawn'] as const) total[key] += outcome.counts[key];
  }
  const { added, changed, cancelled, withdrawn } = total;
  const said = `${synced} synced: ${added} new, ${changed} changed, ${cancelled} cancelled, ${withdrawn} withdrawn`;
  if (failed.length === 0) return said;
  const more = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : '';
  return `${said}; ${failed.length} failed: ${failed.slice(0, MOST_NAMED).join(', ')}${more}`;
}
