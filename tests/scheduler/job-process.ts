import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { migrate, openDatabase } from '../../src/db/database.js';
import { jobRuns } from '../../src/db/job-runs.js';
import { createJobRunner } from '../../src/scheduler/job-runner.js';
import { createScheduler } from '../../src/scheduler/scheduler.js';
import { movableClock, systemClock, toInstantText } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

/**
 * A process with a scheduler, for tests that need a real one: `job-process.ts DATABASE NOTES minutes|hang`. Its clock
 * starts at midnight and goes a minute ahead at each look; its one job is due every minute, and adds two lines to the
 * notes: that it began, and that it ended. Told to hang, it never ends.
 */
const [file = '', notes = '', how = ''] = process.argv.slice(2);
const MINUTES = 150;

const clock = movableClock({ now: () => DateTime.fromISO('2026-03-01T00:00:00Z', { zone: 'utc' }) as DateTime<true> });
const database = openDatabase(file);
await migrate(database.connection);
const parts = { runs: jobRuns(database.connection), clock, logger: createLogger('silent') };
const runner = createJobRunner({
  ...parts,
  machineClock: systemClock(),
  leaseTimes: { lastsMs: 3_000, renewEveryMs: 500 },
});
const scheduler = createScheduler({
  ...parts,
  runner,
  jobs: [
    {
      name: 'note',
      does: 'notes',
      nextDue: (last, now) => last?.plus({ minutes: 1 }) ?? now,
      async run(now) {
        appendFileSync(notes, `${process.pid} began ${toInstantText(now)}\n`);
        await (how === 'hang' ? new Promise(() => undefined) : sleep(Math.random() * 4));
        appendFileSync(notes, `${process.pid} ended ${toInstantText(now)}\n`);
        return 'noted';
      },
    },
  ],
});
for (let minute = 0; minute < MINUTES; minute += 1) {
  await scheduler.tick();
  await sleep(Math.random() * 4);
  clock.moveTo(clock.now().plus({ minutes: 1 }));
}
await database.close();
