import type { DateTime } from 'luxon';
import { type ScheduledTask, schedule } from 'node-cron';
import type { Clock, MovableClock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import type { Dispatcher } from './dispatcher.js';
import type { Job } from './job.js';
import type { JobRuns } from './job-runs.js';

/** A job that ran, and what it did in a few words. */
export interface Ran {
  job: string;
  outcome: string;
}

export type Scheduler = ReturnType<typeof createScheduler>;

/**
 * Runs the jobs when they are due. It looks once a minute; what became due while the process was down is run at the
 * first look, once. Jobs run one after another, so that no two of them meet in the database.
 */
export function createScheduler(parts: {
  jobs: readonly Job[];
  runs: JobRuns;
  /** Sends on the way while the clock is moved; it looks by itself otherwise. */
  dispatcher?: Pick<Dispatcher, 'nextDueAt' | 'run'>;
  clock: Clock;
  logger: Logger;
}) {
  const { jobs, runs, dispatcher, clock, logger } = parts;
  const turns = createTurns();
  let ticking: ScheduledTask | undefined;
  let lastTickAt: DateTime | undefined;

  const runOne = async (job: Job, now: DateTime): Promise<string> => {
    const startedAt = clock.now();
    const run = { job: job.name, watermarkAt: now, startedAt };
    await runs.save({ ...run, finishedAt: undefined, outcome: undefined });
    const outcome = await job.run(now);
    await runs.save({ ...run, finishedAt: clock.now(), outcome });
    logger.info({ job: job.name, outcome }, 'job ran');
    return outcome;
  };

  const dueAt = async (job: Job, now: DateTime) => job.nextDue((await runs.find(job.name))?.watermarkAt, now);

  const runDue = async (now: DateTime): Promise<Ran[]> => {
    lastTickAt = now;
    const ran: Ran[] = [];
    for (const job of jobs) {
      try {
        if ((await dueAt(job, now)) <= now) ran.push({ job: job.name, outcome: await runOne(job, now) });
      } catch (error) {
        logger.error({ job: job.name, error: errorFacts(error) }, 'job failed');
      }
    }
    return ran;
  };

  /** Everything due at this moment of a clock that is being moved, messages that the jobs planned included. */
  const runMoment = async (now: DateTime): Promise<Ran[]> => {
    const ran = await runDue(now);
    await dispatcher?.run();
    return ran;
  };

  /** When something falls due after a moment, at the earliest. */
  const nextAfter = async (now: DateTime): Promise<DateTime | undefined> => {
    const dues = await Promise.all([...jobs.map((job) => dueAt(job, now)), dispatcher?.nextDueAt()]);
    return dues
      .filter((due) => due !== undefined && due > now)
      .sort((one, other) => (one?.toMillis() ?? 0) - (other?.toMillis() ?? 0))[0];
  };

  return {
    /** Starts looking every minute, and once right away. */
    start(): void {
      ticking = schedule('* * * * *', () => turns.take(() => runDue(clock.now())));
      void turns.take(() => runDue(clock.now()));
    },

    /** Stops looking; resolves when the job that runs has finished. */
    async stop(): Promise<void> {
      await ticking?.destroy();
      await turns.settled();
    },

    /** Runs everything due now. */
    tick: () => turns.take(() => runDue(clock.now())),

    /** Moves the clock to an instant, running each job at the moment it falls due on the way; says which ran. */
    moveTo: (movable: MovableClock, target: DateTime) =>
      turns.take(async () => {
        const ran: Ran[] = [];
        for (;;) {
          const next = await nextAfter(movable.now());
          if (!next || next > target) break;
          movable.moveTo(next);
          ran.push(...(await runMoment(movable.now())));
        }
        if (target > movable.now()) movable.moveTo(target);
        return [...ran, ...(await runMoment(movable.now()))];
      }),

    /** When the scheduler last looked, for readiness. */
    lastTickAt: () => lastTickAt,
    jobNames: jobs.map(({ name }) => name),
  };
}
