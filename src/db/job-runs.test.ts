import { Kysely } from 'kysely';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import * as groundFloor from '../../db/migrations/2026-11-22T14-00-ground-floor.js';
import * as jobLeases from '../../db/migrations/2026-11-24T20-30-job-leases.js';
import type { JobLease } from '../scheduler/job-runs.js';
import { type Database, openDatabase } from './database.js';
import { jobRuns } from './job-runs.js';
import { sqliteDialect } from './sqlite-dialect.js';

let database: Database;
/** The same file, as migrations see it. */
let tables: Kysely<unknown>;
const at = (time: string) => DateTime.fromISO(`2026-03-01T${time}Z`, { zone: 'utc' });

beforeEach(async () => {
  database = openDatabase(':memory:');
  tables = new Kysely({ dialect: sqliteDialect(database.sqlite) });
  await groundFloor.up(tables);
});
afterEach(() => database.close());

describe('job runs noted before there were leases', () => {
  it('are kept when they had ended; one that was cut off is run again', async () => {
    database.sqlite.exec(`
      insert into job_runs values
        ('maintenance', '2026-03-01T03:00:00.000Z', '2026-03-01T03:00:01.000Z', '2026-03-01T03:00:02.000Z', 'tidied'),
        ('other', '2026-03-01T04:00:00.000Z', '2026-03-01T04:00:01.000Z', null, null)
    `);
    await jobLeases.up(tables);
    expect(await jobRuns(database.connection).list()).toEqual([
      {
        job: 'maintenance',
        number: 1,
        state: 'done',
        startedAt: at('03:00:01'),
        finishedAt: at('03:00:02'),
        outcome: 'tidied',
        tookMs: undefined,
        failures: 0,
        watermarkAt: at('03:00:00'),
        succeededAt: at('03:00:02'),
        leasedUntil: undefined,
      },
    ]);
  });
});

describe('a lease', () => {
  beforeEach(() => jobLeases.up(tables));

  const lease = (holder: string, until: string): JobLease => ({ job: 'tidy', holder, until: at(until) });
  const take = (holder: string, from: string, until: string) =>
    jobRuns(database.connection).begin(lease(holder, until), {
      at: at(from),
      startedAt: at(from),
      isWanted: () => true,
    });
  const finish = (holder: string, state: 'done' | 'failed', isFailure = state === 'failed') =>
    jobRuns(database.connection).finish(
      { job: 'tidy', holder },
      { state, outcome: state, watermarkAt: at('10:00:00'), finishedAt: at('10:00:30'), tookMs: 1.6, isFailure },
    );

  it('is one process’s until it is given back or has run out', async () => {
    expect(await take('one', '10:00:00', '10:01:00')).toBe(true);
    expect(await take('two', '10:00:59', '10:02:00')).toBe(false);
    expect(await take('two', '10:01:00', '10:02:00')).toBe(true);
    expect(await finish('two', 'done')).toBe(true);
    expect(await take('one', '10:01:01', '10:02:00')).toBe(true);
  });

  it('that ran out is still one’s own while nobody else has taken it', async () => {
    await take('one', '10:00:00', '10:01:00');
    expect(await jobRuns(database.connection).renew(lease('one', '10:05:00'))).toBe(true);
    expect(await take('two', '10:04:00', '10:06:00')).toBe(false);
  });

  it('that another has taken cannot be renewed, and notes nothing', async () => {
    await take('one', '10:00:00', '10:01:00');
    await take('two', '10:01:00', '10:02:00');
    const runs = jobRuns(database.connection);
    expect(await runs.renew(lease('one', '10:05:00'))).toBe(false);
    expect(await finish('one', 'done')).toBe(false);
    // The run before it was cut off, which counts as a failure until one succeeds.
    expect(await runs.find('tidy')).toMatchObject({ number: 2, state: 'running', failures: 1 });
    await finish('two', 'done');
    expect(await runs.find('tidy')).toMatchObject({ state: 'done', failures: 0, tookMs: 2 });
  });

  it('of a run that was only told to stop leaves the count of failures as it was', async () => {
    await take('one', '10:00:00', '10:01:00');
    await finish('one', 'failed');
    await take('one', '10:00:00', '10:01:00');
    await finish('one', 'failed', false);
    expect(await jobRuns(database.connection).find('tidy')).toMatchObject({ failures: 1, watermarkAt: undefined });
  });
});
