import type { DateTime } from 'luxon';

/** What is known of a job's last run. */
export interface JobRun {
  job: string;
  /** The moment it was run for. */
  watermarkAt: DateTime;
  startedAt: DateTime;
  finishedAt: DateTime | undefined;
  outcome: string | undefined;
}

/** Storage of job runs: one row a job. */
export interface JobRuns {
  find(job: string): Promise<JobRun | undefined>;
  save(run: JobRun): Promise<void>;
}
