import type { DateTime } from 'luxon';
import { nanoid } from 'nanoid';
import { DomainError } from '../domain/errors.js';
import type { Clock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import type { Job } from './job.js';
import type { JobResult, JobRun, JobRuns } from './job-runs.js';

/** A job that ran, and what it did or how it failed in a few words. Of a `lost` run another process takes care. */
export interface Ran {
  job: string;
  state: 'done' | 'failed' | 'lost';
  outcome: string;
  tookMs: number;
}

/** How long a lease lasts, and how often it is renewed, in milliseconds. A crash frees its jobs after the first. */
export const LEASE_TIMES = { lastsMs: 60_000, renewEveryMs: 20_000 };

export type JobRunner = ReturnType<typeof createJobRunner>;

/**
 * Runs a job under its lease in the database, so that no two processes run it at once, and notes what came of it.
 *
 * @param clock tells when a run began and ended; may be moved ahead in the playground.
 * @param machineClock the machine's time, by which leases run out for all processes alike.
 */
export function createJobRunner(parts: {
  runs: JobRuns;
  clock: Clock;
  machineClock: Clock;
  logger: Logger;
  onRan?: (ran: Ran) => void;
  leaseTimes?: typeof LEASE_TIMES;
}) {
  const { runs, clock, machineClock, logger, onRan, leaseTimes = LEASE_TIMES } = parts;
  const holder = `${process.pid}.${nanoid(8)}`;
  const running = new Set<AbortController>();
  let isStopped = false;

  const leaseOf = (job: Job) => {
    const until = machineClock.now().plus({ milliseconds: leaseTimes.lastsMs });
    return { job: job.name, holder, until };
  };

  /** Renews the lease until it is told to end; aborts what runs once another process has it. */
  const keepLease = (job: Job, ending: AbortController): (() => void) => {
    const renew = async () => {
      if (!(await runs.renew(leaseOf(job)))) ending.abort(new Error('Another process has taken over.'));
    };
    const timer = setInterval(() => {
      renew().catch((error: unknown) =>
        logger.warn({ job: job.name, error: errorFacts(error) }, 'a lease was not renewed'),
      );
    }, leaseTimes.renewEveryMs);
    return () => clearInterval(timer);
  };

  const attempt = async (job: Job, now: DateTime, signal: AbortSignal): Promise<JobResult> => {
    const startedMs = performance.now();
    const result = { watermarkAt: now, isFailure: false };
    const end = () => ({ finishedAt: clock.now(), tookMs: performance.now() - startedMs });
    try {
      const outcome = await job.run(now, signal);
      return { ...result, state: 'done', outcome, ...end() };
    } catch (error) {
      if (signal.aborted) return { ...result, state: 'failed', outcome: 'stopped half-way', ...end() };
      logger.error({ job: job.name, error: errorFacts(error) }, 'job failed');
      return { ...result, state: 'failed', outcome: failureWords(error), isFailure: true, ...end() };
    }
  };

  const runUnderLease = async (job: Job, now: DateTime): Promise<Ran> => {
    const ending = new AbortController();
    running.add(ending);
    const endLease = keepLease(job, ending);
    const result = await attempt(job, now, ending.signal);
    endLease();
    running.delete(ending);
    const isNoted = await runs.finish({ job: job.name, holder }, result);
    return {
      job: job.name,
      state: isNoted ? result.state : 'lost',
      outcome: result.outcome,
      tookMs: Math.round(result.tookMs),
    };
  };

  return {
    /**
     * Runs the job for this moment, unless another process is at it.
     *
     * @param isWanted asked once more when nobody else can begin, of the last run as it stands by then.
     */
    async run(
      job: Job,
      now: DateTime,
      isWanted: (last: JobRun | undefined) => boolean = () => true,
    ): Promise<Ran | undefined> {
      if (isStopped) return undefined;
      const start = { at: machineClock.now(), startedAt: clock.now(), isWanted };
      if (!(await runs.begin(leaseOf(job), start))) return undefined;
      const ran = await runUnderLease(job, now);
      if (ran.state === 'lost') logger.warn(ran, 'another process has taken the job over: nothing noted');
      else logger.info(ran, 'job ran');
      onRan?.(ran);
      return ran;
    },

    /** Begins nothing more, and tells the jobs that run to come to an end. */
    stop(): void {
      isStopped = true;
      for (const ending of running) ending.abort(new Error('Rollcall stops.'));
    },
  };
}

/** What came of a run, in a few words. */
export function ranWords({ state, outcome }: Ran): string {
  switch (state) {
    case 'done':
      return outcome;
    case 'failed':
      return `failed (${outcome})`;
    case 'lost':
      return 'taken over by another process';
  }
}

/** The kind and code of an error: messages may quote what is nobody's business. */
function failureWords(error: unknown): string {
  if (error instanceof DomainError) return error.problem.code;
  const { kind, code, status } = errorFacts(error);
  return [kind, code ?? status].filter((word) => word !== undefined).join(' ');
}
