import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '../db/database.js';
import { jobRuns } from '../db/job-runs.js';
import { movableClock } from '../shared/clock.js';
import { createLogger } from '../shared/logger.js';
import { dailyAt, type Job } from './job.js';
import { createScheduler } from './scheduler.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;
const shown = (instant: DateTime) => instant.toUTC().toFormat("yyyy-MM-dd'T'HH:mm");

describe('a daily job', () => {
  const nextDue = dailyAt(3);

  it('is due at once when it never ran', () => {
    expect(nextDue(undefined, utc('2026-03-01T12:00:00Z'))).toEqual(utc('2026-03-01T12:00:00Z'));
  });

  it('is due at its hour next, on the same day or the day after', () => {
    expect(shown(nextDue(utc('2026-03-01T02:59:00Z'), utc('2026-03-01T02:59:00Z')))).toBe('2026-03-01T03:00');
    expect(shown(nextDue(utc('2026-03-01T03:00:00Z'), utc('2026-03-01T03:00:00Z')))).toBe('2026-03-02T03:00');
    expect(shown(nextDue(utc('2026-12-31T20:00:00Z'), utc('2026-12-31T20:00:00Z')))).toBe('2027-01-01T03:00');
  });
});

describe('the scheduler', () => {
  let database: Database;
  let ranAt: string[];
  let job: Job;

  beforeEach(async () => {
    database = openDatabase(':memory:');
    await migrate(database.connection);
    ranAt = [];
    job = {
      name: 'tidy',
      nextDue: dailyAt(3),
      run: async (now) => {
        ranAt.push(shown(now));
        return 'tidied';
      },
    };
  });
  afterEach(() => database.close());

  const schedulerAt = (start: string, jobs: readonly Job[] = [job]) => {
    const clock = movableClock({ now: () => utc(start) });
    const logger = createLogger('silent');
    return { clock, scheduler: createScheduler({ jobs, runs: jobRuns(database.connection), clock, logger }) };
  };

  it('runs what is due once, and not again at the next look', async () => {
    const { scheduler } = schedulerAt('2026-03-01T10:00:00Z');
    await scheduler.tick();
    await scheduler.tick();
    expect(ranAt).toEqual(['2026-03-01T10:00']);
  });

  it('remembers across restarts, and makes up for a long downtime with one run', async () => {
    await schedulerAt('2026-03-01T10:00:00Z').scheduler.tick();
    await schedulerAt('2026-03-01T11:00:00Z').scheduler.tick();
    await schedulerAt('2026-03-09T05:00:00Z').scheduler.tick();
    expect(ranAt).toEqual(['2026-03-01T10:00', '2026-03-09T05:00']);
  });

  it('runs each job at the moment it falls due while the clock is moved ahead', async () => {
    const { clock, scheduler } = schedulerAt('2026-03-01T10:00:00Z');
    await scheduler.tick();
    const ran = await scheduler.moveTo(clock, utc('2026-03-04T01:00:00Z'));
    expect(ran).toEqual([
      { job: 'tidy', outcome: 'tidied' },
      { job: 'tidy', outcome: 'tidied' },
    ]);
    expect(ranAt).toEqual(['2026-03-01T10:00', '2026-03-02T03:00', '2026-03-03T03:00']);
    expect(shown(clock.now())).toBe('2026-03-04T01:00');
  });

  it('goes on with the other jobs when one fails, and tries that one again', async () => {
    let failures = 0;
    const failing: Job = {
      name: 'failing',
      nextDue: (_last, now) => now,
      run: async () => {
        failures += 1;
        throw new Error('no');
      },
    };
    const { scheduler } = schedulerAt('2026-03-01T10:00:00Z', [failing, job]);
    await scheduler.tick();
    await scheduler.tick();
    expect(failures).toBe(2);
    expect(ranAt).toEqual(['2026-03-01T10:00']);
  });

  it('notes when a run began and ended, and what came of it', async () => {
    await schedulerAt('2026-03-01T10:00:00Z').scheduler.tick();
    expect(await jobRuns(database.connection).find('tidy')).toMatchObject({ outcome: 'tidied' });
  });

  it('refuses to move the clock back', async () => {
    const { clock } = schedulerAt('2026-03-01T10:00:00Z');
    expect(() => clock.moveTo(utc('2026-02-28T10:00:00Z'))).toThrow('only moves forward');
  });
});
