import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/db/database.js';
import { jobRuns } from '../../src/db/job-runs.js';
import { createJobRunner } from '../../src/scheduler/job-runner.js';
import { createScheduler } from '../../src/scheduler/scheduler.js';
import { systemClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';
import { fromSources, type Running, scratch, watch } from '../cli/program.js';

let place: ReturnType<typeof scratch>;
const running: Running[] = [];

beforeEach(async () => {
  place = scratch();
  const database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
  await database.close();
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  place.remove();
});

/** A real process with a scheduler on the database. */
const start = (how: 'minutes' | 'hang'): Running => {
  const program = join(import.meta.dirname, 'job-process.ts');
  const args = fromSources(program, [place.file('rollcall.db'), place.file('notes'), how]);
  const one = watch(spawn(process.execPath, args));
  running.push(one);
  return one;
};
const notes = () => {
  if (!existsSync(place.file('notes'))) return [];
  const lines = readFileSync(place.file('notes'), 'utf8').trim().split('\n');
  return lines.map((line) => line.split(' ') as [pid: string, what: string, now: string]);
};

describe('two processes with a scheduler on one database', { timeout: 90_000 }, () => {
  it('run each occasion once, and never at once', async () => {
    const ends = await Promise.all([start('minutes').ended, start('minutes').ended]);
    expect(ends.map(({ code, err }) => [code, err])).toEqual([
      [0, ''],
      [0, ''],
    ]);
    const occasions = notes().filter(([, what]) => what === 'began');
    const moments = occasions.map(([, , now]) => now);
    expect(moments).toEqual([...new Set(moments)].sort());
    expect([moments[0], moments.at(-1)]).toEqual(['2026-03-01T00:00:00.000Z', '2026-03-01T02:29:00.000Z']);
    expect(new Set(occasions.map(([pid]) => pid)).size).toBe(2);
    expect(notes().map(([, what]) => what)).toEqual(moments.flatMap(() => ['began', 'ended']));
  });

  it('go on with the work of one that was killed in the middle, once its lease has run out', async () => {
    const killed = start('hang');
    await expect.poll(() => notes().length, { timeout: 60_000 }).toBe(1);
    killed.child.kill('SIGKILL');
    await killed.ended;
    const database = openDatabase(place.file('rollcall.db'));
    const clock = systemClock();
    const parts = { runs: jobRuns(database.connection), clock, logger: createLogger('silent') };
    let runs = 0;
    const scheduler = createScheduler({
      ...parts,
      runner: createJobRunner({ ...parts, machineClock: clock }),
      jobs: [
        {
          name: 'note',
          does: 'notes',
          nextDue: (last, now) => last?.plus({ hours: 1 }) ?? now,
          run: async () => `run ${++runs}`,
        },
      ],
    });
    expect((await scheduler.overview())[0]?.run).toMatchObject({ state: 'running', number: 1 });
    expect(await scheduler.tick()).toEqual([]);
    await expect.poll(async () => (await scheduler.tick()).length, { timeout: 10_000, interval: 200 }).toBe(1);
    expect(await scheduler.tick()).toEqual([]);
    expect(runs).toBe(1);
    expect((await scheduler.overview())[0]?.run).toMatchObject({ state: 'done', number: 2, outcome: 'run 1' });
    await database.close();
  });
});
