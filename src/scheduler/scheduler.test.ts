import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { type Database, migrate, openDatabase } from '../db/database.js';
import { jobRuns } from '../db/job-runs.js';
import { DomainError } from '../domain/errors.js';
import { movableClock } from '../shared/clock.js';
import { createLogger } from '../shared/logger.js';
import { dailyAt, type Job } from './job.js';
import { troubleOf } from './job-overview.js';
import { createJobRunner, type Ran } from './job-runner.js';
import { createScheduler } from './scheduler.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;
const shown = (instant: DateTime) => instant.toUTC().toFormat("yyyy-MM-dd'T'HH:mm");
const START = '2026-03-01T10:00:00Z';

let folder: string;
let file: string;
let machine: ReturnType<typeof movableClock>;
const opened: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-scheduler-'));
  file = join(folder, 'rollcall.db');
  machine = movableClock({ now: () => utc(START) });
});
afterEach(async () => {
  for (const database of opened.splice(0)) await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const inMinutes = (minutes: number) => machine.moveTo(machine.now().plus({ minutes }));

/** A process with a scheduler of its own on the one database file. */
async function aProcess(jobs: readonly Job[], clock = machine) {
  const database = openDatabase(file);
  opened.push(database);
  await migrate(database.connection);
  const ran: Ran[] = [];
  const lines: string[] = [];
  const parts = {
    runs: jobRuns(database.connection),
    clock,
    logger: createLogger('info', { write: (line) => lines.push(line) }),
  };
  const runner = createJobRunner({
    ...parts,
    machineClock: machine,
    onRan: (one) => ran.push(one),
    leaseTimes: { lastsMs: 60_000, renewEveryMs: 10 },
  });
  const scheduler = createScheduler({ ...parts, jobs, runner });
  return { ...parts, database, runner, scheduler, ran, logs: () => lines.join('') };
}

/** A job that notes each run. */
function aJob(overrides: Partial<Job> = {}) {
  const ranAt: string[] = [];
  const job: Job = { name: 'tidy', does: 'tidies up', nextDue: dailyAt(3), run: async () => 'tidied', ...overrides };
  const noting: Job = {
    ...job,
    run(now, signal) {
      ranAt.push(shown(now));
      return job.run(now, signal);
    },
  };
  return { job: noting, ranAt };
}

/** A run that goes on until it is let go. */
function aLongRun() {
  const held: { letGo: () => void; signal: AbortSignal }[] = [];
  const run: Job['run'] = (_now, signal) =>
    new Promise((resolve) => held.push({ letGo: () => resolve('done at last'), signal }));
  return { held, run };
}

const always: Job['nextDue'] = (_last, now) => now;

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

  it('keeps its hour in UTC where clocks change, also when the last run is told in such a zone', () => {
    const inLisbon = (text: string) => DateTime.fromISO(text, { zone: 'Europe/Lisbon' });
    expect(shown(nextDue(inLisbon('2026-03-29T00:30:00'), utc('2026-03-29T00:30:00Z')))).toBe('2026-03-29T03:00');
    expect(shown(nextDue(inLisbon('2026-03-29T05:00:00'), utc('2026-03-29T04:00:00Z')))).toBe('2026-03-30T03:00');
    expect(shown(nextDue(inLisbon('2026-10-25T02:00:00'), utc('2026-10-25T02:00:00Z')))).toBe('2026-10-25T03:00');
    expect(shown(nextDue(inLisbon('2026-10-25T03:30:00'), utc('2026-10-25T03:30:00Z')))).toBe('2026-10-26T03:00');
  });
});

describe('the scheduler', () => {
  it('runs what is due once, and not again at the next look', async () => {
    const { job, ranAt } = aJob();
    const { scheduler } = await aProcess([job]);
    await scheduler.tick();
    await scheduler.tick();
    expect(ranAt).toEqual(['2026-03-01T10:00']);
  });

  it.each([
    ['10 minutes', { minutes: 10 }, []],
    ['10 hours', { hours: 10 }, []],
    ['17 hours', { hours: 17 }, ['2026-03-02T03:00']],
    ['10 days', { days: 10 }, ['2026-03-11T10:00']],
  ])('makes up for %s of downtime with one run at most', async (_time, downtime, since) => {
    const { job, ranAt } = aJob();
    await (await aProcess([job])).scheduler.tick();
    ranAt.length = 0;
    machine.moveTo(machine.now().plus(downtime));
    const { scheduler } = await aProcess([job]);
    await scheduler.tick();
    await scheduler.tick();
    expect(ranAt).toEqual(since);
  });

  it('runs each job at the moment it falls due while the clock is moved ahead', async () => {
    const { job, ranAt } = aJob();
    const hourly = aJob({ name: 'hourly', nextDue: (last, now) => last?.plus({ hours: 24 }) ?? now });
    const { scheduler } = await aProcess([job, hourly.job]);
    await scheduler.tick();
    const ran = await scheduler.moveTo(machine, utc('2026-03-04T01:00:00Z'));
    expect(ran.map(({ job, outcome }) => `${job}: ${outcome}`)).toEqual([
      'tidy: tidied',
      'hourly: tidied',
      'tidy: tidied',
      'hourly: tidied',
    ]);
    expect(ranAt).toEqual(['2026-03-01T10:00', '2026-03-02T03:00', '2026-03-03T03:00']);
    expect(hourly.ranAt).toEqual(['2026-03-01T10:00', '2026-03-02T10:00', '2026-03-03T10:00']);
    expect(shown(machine.now())).toBe('2026-03-04T01:00');
  });

  it('asks a job that has nothing in sight again, and runs it once it has', async () => {
    let dueAt: DateTime | undefined;
    const { job, ranAt } = aJob({ nextDue: async () => dueAt });
    const { scheduler } = await aProcess([job]);
    await scheduler.tick();
    expect(ranAt).toEqual([]);
    dueAt = machine.now();
    await scheduler.tick();
    expect(ranAt).toHaveLength(1);
  });

  it('lets a slow job hold up no other, and does not run it twice at once', async () => {
    const slow = aLongRun();
    const { job, ranAt } = aJob({ name: 'quick', nextDue: always });
    const { scheduler } = await aProcess([aJob({ name: 'slow', nextDue: always, run: slow.run }).job, job]);
    const first = scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    await scheduler.tick();
    await scheduler.tick();
    expect([slow.held.length, ranAt.length]).toEqual([1, 3]);
    slow.held[0]?.letGo();
    await first;
  });

  it('tells the jobs that run when it stops, waits for them, and begins no other', async () => {
    const slow = aLongRun();
    const process = await aProcess([aJob({ nextDue: always, run: slow.run }).job]);
    void process.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    let isStopped = false;
    const stopped = process.scheduler.stop().then(() => (isStopped = true));
    await expect.poll(() => slow.held[0]?.signal.aborted).toBe(true);
    expect(isStopped).toBe(false);
    slow.held[0]?.letGo();
    await stopped;
    expect(await process.runs.find('tidy')).toMatchObject({ state: 'done', outcome: 'done at last' });
    expect(await process.scheduler.tick()).toEqual([]);
    expect(slow.held).toHaveLength(1);
  });

  it('waits 10 s at most when it stops; what went on is then another’s after the lease has run out', async () => {
    const slow = aLongRun();
    const stopping = await aProcess([aJob({ run: slow.run }).job]);
    void stopping.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    let isStopped = false;
    const stopped = stopping.scheduler.stop().then(() => (isStopped = true));
    await vi.advanceTimersByTimeAsync(9_900);
    expect(isStopped).toBe(false);
    await vi.advanceTimersByTimeAsync(100);
    await stopped;
    vi.useRealTimers();
    expect(await stopping.runs.find('tidy')).toMatchObject({ state: 'running' });
    slow.held[0]?.letGo();
    await expect.poll(async () => (await stopping.runs.find('tidy'))?.state).toBe('done');
  });

  it('refuses to move the clock back', () => {
    expect(() => machine.moveTo(utc('2026-02-28T10:00:00Z'))).toThrow('only moves forward');
  });
});

describe('a run', () => {
  it('is noted with what came of it, how long it took, and when the next is due', async () => {
    const { job } = aJob();
    const { scheduler, ran } = await aProcess([job]);
    await scheduler.tick();
    const [known] = await scheduler.overview();
    expect(known?.run).toMatchObject({ number: 1, state: 'done', outcome: 'tidied', failures: 0 });
    expect(known?.run?.tookMs).toBeLessThan(10_000);
    expect(known?.nextDueAt && shown(known.nextDueAt)).toBe('2026-03-02T03:00');
    expect(ran).toMatchObject([{ job: 'tidy', state: 'done', outcome: 'tidied' }]);
  });

  it('that fails holds up no other job, and is tried again after growing rests', async () => {
    const failing = aJob({ name: 'failing', run: async () => Promise.reject(new TypeError('Ana’s secret')) });
    const { job, ranAt } = aJob();
    const { scheduler, logs } = await aProcess([failing.job, job]);
    for (let minute = 0; minute < 8; minute += 1) {
      await scheduler.tick();
      inMinutes(1);
    }
    expect(failing.ranAt).toEqual(['2026-03-01T10:00', '2026-03-01T10:01', '2026-03-01T10:03', '2026-03-01T10:07']);
    expect(ranAt).toEqual(['2026-03-01T10:00']);
    const [known] = await scheduler.overview();
    expect(known?.run).toMatchObject({ state: 'failed', outcome: 'TypeError', failures: 4, watermarkAt: undefined });
    expect(known && troubleOf(known, machine.now())).toBe('failing failed 4 times in a row (TypeError)');
    expect(logs()).not.toContain('secret');
  });

  it('that breaks a rule is noted by the rule’s code', async () => {
    const { job } = aJob({ run: async () => Promise.reject(new DomainError({ code: 'orgs.gone' })) });
    const { scheduler, runs } = await aProcess([job]);
    await scheduler.tick();
    expect(await runs.find('tidy')).toMatchObject({ state: 'failed', outcome: 'orgs.gone' });
  });

  it('that stops half-way because it was told to is no failure, and is gone on with', async () => {
    const { job, ranAt } = aJob({
      run: (_now, signal) =>
        new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(signal.reason))),
    });
    const stopping = await aProcess([job]);
    void stopping.scheduler.tick();
    await expect.poll(() => ranAt.length).toBe(1);
    await stopping.scheduler.stop();
    expect(await stopping.runs.find('tidy')).toMatchObject({
      state: 'failed',
      outcome: 'stopped half-way',
      failures: 0,
    });
    const next = await aProcess([{ ...job, run: async () => 'went on' }]);
    expect(await next.scheduler.tick()).toMatchObject([{ outcome: 'went on' }]);
  });

  it('by hand for an earlier moment does not make the watermark go back', async () => {
    const { job } = aJob();
    const { runner, runs } = await aProcess([job]);
    await runner.run(job, utc('2026-03-05T00:00:00Z'));
    await runner.run(job, utc('2026-03-02T00:00:00Z'));
    const run = await runs.find('tidy');
    expect([run?.number, run?.watermarkAt && shown(run.watermarkAt)]).toEqual([2, '2026-03-05T00:00']);
  });

  it('by hand for a moment ahead is not repeated when that moment comes', async () => {
    const { job, ranAt } = aJob();
    const { runner, scheduler } = await aProcess([job]);
    await runner.run(job, utc('2026-03-04T03:00:00Z'));
    await scheduler.moveTo(machine, utc('2026-03-05T12:00:00Z'));
    expect(ranAt).toEqual(['2026-03-04T03:00', '2026-03-05T03:00']);
  });
});

describe('two processes on one database', () => {
  it('do not begin what the other was at when they looked, and has done since', async () => {
    const slow = aLongRun();
    const { job, ranAt } = aJob({ run: slow.run });
    const one = await aProcess([job]);
    const first = one.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    const nextDue: Job['nextDue'] = async () => {
      slow.held[0]?.letGo();
      await first;
      return machine.now();
    };
    const other = await aProcess([{ ...job, nextDue }]);
    expect(await other.scheduler.tick()).toEqual([]);
    expect(ranAt).toHaveLength(1);
  });

  it('never run a job at once: the lease is renewed for as long as it runs', async () => {
    const slow = aLongRun();
    const { job } = aJob({ nextDue: always, run: slow.run });
    const one = await aProcess([job]);
    const other = await aProcess([job]);
    const first = one.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    for (let minute = 0; minute < 5; minute += 1) {
      inMinutes(0.9);
      const untilAfter = machine.now().plus({ seconds: 50 });
      await expect.poll(async () => ((await one.runs.find('tidy'))?.leasedUntil ?? 0) > untilAfter).toBe(true);
      expect(await other.scheduler.tick()).toEqual([]);
    }
    expect(await other.runner.run(job, machine.now())).toBeUndefined();
    slow.held[0]?.letGo();
    expect(await first).toMatchObject([{ outcome: 'done at last' }]);
    void other.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(2);
    slow.held[1]?.letGo();
  });

  it('note nothing of a run that the other has taken over meanwhile', async () => {
    const slow = aLongRun();
    const { job } = aJob({ nextDue: always, run: slow.run });
    const one = await aProcess([job]);
    const first = one.scheduler.tick();
    await expect.poll(() => slow.held.length).toBe(1);
    await one.database.connection
      .updateTable('job_leases')
      .set({ holder: 'the other' })
      .where('job', '=', 'tidy')
      .execute();
    await expect.poll(() => slow.held[0]?.signal.aborted).toBe(true);
    slow.held[0]?.letGo();
    expect(await first).toMatchObject([{ state: 'lost' }]);
    expect(await one.runs.find('tidy')).toMatchObject({ state: 'running', outcome: undefined });
  });
});
