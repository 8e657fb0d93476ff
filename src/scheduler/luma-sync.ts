import { DateTime } from 'luxon';
import PQueue from 'p-queue';
import type { SyncCounts } from '../domain/events/source.js';
import type { SyncOutcome, SyncService } from '../domain/events/sync-service.js';
import type { SourceId } from '../domain/ids.js';
import type { Job } from './job.js';

/** Calendars read at once. */
const CONCURRENCY = 4;

/** Failed calendars that a summary names. */
const MOST_NAMED = 10;

type Syncs = Pick<SyncService, 'syncSource' | 'listDue' | 'nextDueAt'>;

/**
 * Syncs the calendars that are due, four at a time. One that fails keeps none of the others, nor the job, from its run:
 * the summary names it by its id.
 */
export function lumaSyncJob({ syncs }: { syncs: Syncs }): Job {
  return {
    name: 'luma-sync',
    does: 'brings in events and guests from the calendars that are due',
    async nextDue(lastRunAt, now) {
      const next = await syncs.nextDueAt(now);
      // Once a minute at most: what became due in between waits for the others.
      // A run of the future is one by a clock that was put back since.
      const isKnown = lastRunAt && lastRunAt <= now;
      const soonest = isKnown ? lastRunAt.plus({ minutes: 1 }).startOf('minute') : now;
      return next && DateTime.max(next, soonest);
    },
    async run(now, signal) {
      const queue = new PQueue({ concurrency: CONCURRENCY });
      const sync = async (id: SourceId) => {
        signal.throwIfAborted();
        return { id, outcome: await syncs.syncSource(id, { now, force: false }) };
      };
      const runs = (await syncs.listDue(now)).map((id) => queue.add(() => sync(id)));
      const settled = await Promise.allSettled(runs);
      signal.throwIfAborted();
      return summaryOf(settled);
    },
  };
}

type Settled = PromiseSettledResult<{ id: SourceId; outcome: SyncOutcome }>;

/** "3 calendars synced: 2 new, 1 changed; 1 failed: 0123456789abcdef (key-refused)". */
function summaryOf(settled: readonly Settled[]): string {
  if (settled.length === 0) return 'no calendar was due';
  const total: SyncCounts = { added: 0, changed: 0, cancelled: 0, withdrawn: 0 };
  let synced = 0;
  const failed: string[] = [];
  for (const one of settled) {
    if (one.status === 'rejected') failed.push('one of them (own-fault)');
    else if (one.value.outcome.kind === 'failed') failed.push(`${one.value.id} (${one.value.outcome.problem})`);
    if (one.status === 'rejected' || one.value.outcome.kind !== 'synced') continue;
    synced += 1;
    for (const key of ['added', 'changed', 'cancelled', 'withdrawn'] as const) {
      total[key] += one.value.outcome.counts[key];
    }
  }
  const { added, changed, cancelled, withdrawn } = total;
  const said = `${synced} synced: ${added} new, ${changed} changed, ${cancelled} cancelled, ${withdrawn} withdrawn`;
  if (failed.length === 0) return said;
  const more = failed.length > MOST_NAMED ? ` and ${failed.length - MOST_NAMED} more` : '';
  return `${said}; ${failed.length} failed: ${failed.slice(0, MOST_NAMED).join(', ')}${more}`;
}
