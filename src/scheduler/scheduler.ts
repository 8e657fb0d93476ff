import type { DateTime } from 'luxon';
import { type ScheduledTask, schedule } from 'node-cron';
import { createBackground } from '../shared/background.js';
import type { Clock, MovableClock } from '../shared/clock.js';
import { errorFacts, type Logger } from '../shared/logger.js';
import { createTurns } from '../shared/turns.js';
import type { Dispatcher } from './dispatcher.js';
import type { Job } from './job.js';
import { dueAt, listJobs } from './job-overview.js';
import type { JobRunner, Ran } from './job-runner.js';
import type { JobRuns } from './job-runs.js';

/** How long stopping waits for the jobs that run, in milliseconds. */
const STOP_WITHIN_MS = 10_000;

/** How often the jobs of one moment may give each other something to do. */
const MOST_ROUNDS = 5;

export type Scheduler = ReturnType<typeof createScheduler>;

/**
 * Runs the jobs when they are due. It looks once a minute; what became due while the process was down is run at the
 * first look, once. Each job has a turn of its own, so that a slow one holds up no other.
 */
export function createScheduler(parts: {
  jobs: readonly Job[];
  runs: JobRuns;
  runner: JobRunner;
  /** Sends on the way while the clock is moved; it looks by itself otherwise. */
  dispatcher?: Pick<Dispatcher, 'nextDueAfter' | 'run'>;
  clock: Clock;
  logger: Logger;
}) {
  const { jobs, runs, runner, dispatcher, clock, logger } = parts;
  const lanes = jobs.map((job) => ({ job, turns: createTurns(), waiting: 0 }));
  const moves = createTurns();
  const running = createBackground(logger);
  let isStopped = false;
  let ticking: ScheduledTask | undefined;
  let lastTickAt: DateTime | undefined;

  const runIfDue = async (job: Job): Promise<Ran[]> => {
    if (isStopped) return [];
    try {
      const now = clock.now();
      const known = await runs.find(job.name);
      const due = await dueAt(job, known, now);
      if (!due || due > now) return [];
      // Another process may have begun or ended a run since.
      const ran = await runner.run(job, now, (last) => last?.number === known?.number && last?.state === known?.state);
      return ran ? [ran] : [];
    } catch (error) {
      logger.error({ job: job.name, error: errorFacts(error) }, 'job could not be run');
      return [];
    }
  };

  const takeTurn = (lane: (typeof lanes)[number]): Promise<Ran[]> => {
    lane.waiting += 1;
    const ran = lane.turns.take(() => runIfDue(lane.job)).finally(() => (lane.waiting -= 1));
    running.run(lane.job.name, async () => void (await ran));
    return ran;
  };

  /** A job that still runs from an earlier look is left alone. */
  const tick = async (): Promise<Ran[]> => {
    lastTickAt = clock.now();
    return (await Promise.all(lanes.filter(({ waiting }) => waiting === 0).map(takeTurn))).flat();
  };

  /** Everything due at this moment of a clock that is being moved, messages that the jobs planned included. */
  const runMoment = async (): Promise<Ran[]> => {
    lastTickAt = clock.now();
    const ran: Ran[] = [];
    // What a job plans may be for another one to go on with.
    for (let round = 0; round < MOST_ROUNDS; round += 1) {
      const some = (await Promise.all(lanes.map(takeTurn))).flat();
      if (some.length === 0) break;
      ran.push(...some);
    }
    await dispatcher?.run();
    return ran;
  };

  /** When something falls due after a moment, at the earliest. */
  const nextAfter = async (now: DateTime): Promise<DateTime | undefined> => {
    const overview = await listJobs(jobs, runs, now);
    const dues = [...overview.map(({ nextDueAt }) => nextDueAt), await dispatcher?.nextDueAfter(now)];
    return dues
      .filter((due) => due !== undefined && due > now)
      .sort((one, other) => (one?.toMillis() ?? 0) - (other?.toMillis() ?? 0))[0];
  };

  const moveTo = async (movable: MovableClock, target: DateTime): Promise<Ran[]> => {
    const ran: Ran[] = [];
    const moveOn = (instant: DateTime) => {
      if (instant > movable.now()) movable.moveTo(instant);
    };
    while (!isStopped) {
      const next = await nextAfter(movable.now());
      if (!next || next > target) break;
      moveOn(next);
      ran.push(...(await runMoment()));
    }
    moveOn(target);
    return [...ran, ...(await runMoment())];
  };

  return {
    /** Starts looking every minute, and once right away. */
    start(): void {
      // A look that was missed is made up for by the next.
      ticking = schedule('* * * * *', tick, { suppressMissedWarning: true });
      void tick();
    },

    /** Stops looking, and tells the jobs that run; resolves when they have finished, or after 10 s. */
    async stop(): Promise<void> {
      isStopped = true;
      runner.stop();
      await ticking?.destroy();
      await running.drain(STOP_WITHIN_MS);
    },

    /** Runs everything due now that does not run already. */
    tick,

    /** Moves the clock to an instant, running each job at the moment it falls due on the way; says which ran. */
    moveTo: (movable: MovableClock, target: DateTime) => moves.take(() => moveTo(movable, target)),

    /** When the scheduler last looked, for readiness. */
    lastTickAt: () => lastTickAt,

    /** Every job with its last run and its next. */
    overview: () => listJobs(jobs, runs, clock.now()),
  };
}
