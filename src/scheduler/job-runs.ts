import type { DateTime } from 'luxon';

/** `running` also of a run whose process died; nobody holds its lease then. */
export const JOB_STATES = ['running', 'done', 'failed'] as const;
export type JobState = (typeof JOB_STATES)[number];

/** What is known of a job: its last run, and how far it has come. */
export interface JobRun {
  job: string;
  /** How many runs were begun, this one counted. */
  number: number;
  state: JobState;
  startedAt: DateTime;
  finishedAt: DateTime | undefined;
  /** What it did, or how it failed, in a few words. */
  outcome: string | undefined;
  tookMs: number | undefined;
  /** Failures in a row; a run that was cut off counts once the next has begun. */
  failures: number;
  /** The latest moment that a run succeeded for; never goes back. */
  watermarkAt: DateTime | undefined;
  /** When the last run that succeeded ended. */
  succeededAt: DateTime | undefined;
  /** Until when somebody holds the lease, by the machine's time; may be past. */
  leasedUntil: DateTime | undefined;
}

/** A turn at a job: who has it, and until when. */
export interface JobLease {
  job: string;
  holder: string;
  until: DateTime;
}

/** What came of a run. `watermarkAt` is the moment it was run for; it counts only when the run is done. */
export interface JobResult {
  state: 'done' | 'failed';
  outcome: string;
  watermarkAt: DateTime;
  finishedAt: DateTime;
  tookMs: number;
  /** Whether the job is to blame; a run that was told to stop has not failed. */
  isFailure: boolean;
}

/** Storage of job runs, one row a job, and of who may run each just now. Each method is one transaction. */
export interface JobRuns {
  find(job: string): Promise<JobRun | undefined>;
  list(): Promise<JobRun[]>;
  /**
   * Takes the lease and notes that a run begins.
   *
   * @param at the machine's time, by which an old lease has run out.
   * @param isWanted asked in the transaction, of the last run as it stands by then.
   * @returns whether it has begun: false while another holds the lease, or when it is not wanted.
   */
  begin(
    lease: JobLease,
    start: { at: DateTime; startedAt: DateTime; isWanted: (last: JobRun | undefined) => boolean },
  ): Promise<boolean>;
  /** Keeps the lease for longer; false when another has it. */
  renew(lease: JobLease): Promise<boolean>;
  /** Notes what came of the run and gives the lease back; false, and nothing written, when another has it. */
  finish(lease: Pick<JobLease, 'job' | 'holder'>, result: JobResult): Promise<boolean>;
}
