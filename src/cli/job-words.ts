import type { DateTime } from 'luxon';
import type { JobOverview } from '../scheduler/job-overview.js';
import type { JobRun } from '../scheduler/job-runs.js';
import { table } from './table.js';

const COLUMNS = ['job', 'what it does', 'last run (UTC)', 'took', 'outcome', 'next run (UTC)'] as const;

/** Every job with its last run and its next, for a terminal. */
export function jobsTable(jobs: readonly JobOverview[], now: DateTime): string {
  const rows = jobs.map((one) => ({
    job: one.job.name,
    'what it does': one.job.does,
    'last run (UTC)': one.run ? minute(one.run.startedAt) : 'never',
    took: one.run?.tookMs === undefined ? '' : seconds(one.run.tookMs),
    outcome: one.run ? outcomeWords(one.run, now) : '',
    'next run (UTC)': nextRunWords(one, now),
  }));
  return table(COLUMNS, rows);
}

/** When a job runs next. */
export function nextRunWords({ nextDueAt }: JobOverview, now: DateTime): string {
  if (!nextDueAt) return '';
  return nextDueAt <= now ? 'now' : minute(nextDueAt);
}

/** "0.3 s". */
export function seconds(ms: number): string {
  return `${ms < 10_000 ? (ms / 1000).toFixed(1) : Math.round(ms / 1000)} s`;
}

function outcomeWords({ state, outcome, failures, leasedUntil }: JobRun, now: DateTime): string {
  switch (state) {
    case 'done':
      return outcome ?? '';
    case 'failed':
      return `failed${failures > 1 ? `, ${failures} times in a row` : ''}: ${outcome ?? ''}`;
    case 'running':
      return leasedUntil && leasedUntil > now ? 'running' : 'cut off';
  }
}

function minute(instant: DateTime): string {
  return instant.toUTC().toFormat('yyyy-MM-dd HH:mm');
}
