import type { DateTime } from 'luxon';
import { type Job, restMinutes } from './job.js';
import type { JobRun, JobRuns } from './job-runs.js';

/** A job as an operator sees it. */
export interface JobOverview {
  job: Job;
  /** Nothing if it never ran. */
  run: JobRun | undefined;
  /** Nothing while none is in sight. */
  nextDueAt: DateTime | undefined;
}

/** Every job with its last run and its next. */
export async function listJobs(jobs: readonly Job[], runs: JobRuns, now: DateTime): Promise<JobOverview[]> {
  const known = new Map((await runs.list()).map((run) => [run.job, run]));
  return Promise.all(
    jobs.map(async (job) => {
      const run = known.get(job.name);
      return { job, run, nextDueAt: await dueAt(job, run, now) };
    }),
  );
}

/** When a job is to be run next: as its schedule says, but not before it has rested from its failures. */
export async function dueAt(job: Job, run: JobRun | undefined, now: DateTime): Promise<DateTime | undefined> {
  const scheduledAt = await job.nextDue(run?.watermarkAt, now);
  if (!scheduledAt || !run || run.failures === 0) return scheduledAt;
  const restedAt = (run.finishedAt ?? run.startedAt).plus({ minutes: restMinutes(run.failures) });
  return restedAt > scheduledAt ? restedAt : scheduledAt;
}

/** How far behind its time a job may be before an operator is told, in minutes. */
const OVERDUE_MINUTES = 30;

/** How often in a row a job may fail before an operator is told. */
const MOST_FAILURES = 3;

/** What an operator should know of a job that is not well, in a few words; nothing of one that is. */
export function troubleOf({ job, run, nextDueAt }: JobOverview, now: DateTime): string | undefined {
  if (run && run.failures >= MOST_FAILURES) {
    return `${job.name} failed ${run.failures} times in a row${run.outcome ? ` (${run.outcome})` : ''}`;
  }
  if (!run || !nextDueAt || now.diff(nextDueAt).as('minutes') < OVERDUE_MINUTES) return undefined;
  return `${job.name} is overdue since ${nextDueAt.toISO()}`;
}
