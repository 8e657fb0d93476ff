import { setTimeout as sleep } from 'node:timers/promises';
import type { DateTime } from 'luxon';
import { nearest } from '../bot/nearest.js';
import { StartProblem } from '../platforms/platform.js';
import type { Job } from '../scheduler/job.js';
import { listJobs } from '../scheduler/job-overview.js';
import { type Ran, ranWords } from '../scheduler/job-runner.js';
import { configuration, tell, withDatabase } from './environment.js';
import { type HandParts, partsByHand } from './job-parts.js';
import { jobsTable, nextRunWords, seconds } from './job-words.js';
import { readMoment } from './read-moment.js';

/** How long a run by hand waits for another process that is at the job, and how often it looks, in milliseconds. */
const WAIT_MS = 30_000;
const LOOK_EVERY_MS = 500;

/** The exit code when another process was at the job for all that time. */
const BUSY = 3;

/** Lists the jobs, or runs one by hand. The product may go on running meanwhile. */
export async function job(name: string | undefined, { now }: { now?: string }): Promise<void> {
  const config = configuration();
  const moment = now === undefined ? undefined : readMoment(now);
  if (name === undefined && moment) throw new StartProblem('Name the job to run: npx rollcall job NAME --now MOMENT.');
  await withDatabase(config, async (database) => {
    const parts = await partsByHand({ config, database, moment });
    if (name === undefined) await printJobs(parts);
    else await runByHand(parts, findJob(parts.jobs, name), moment);
  });
}

async function printJobs({ jobs, runs, machineClock }: HandParts): Promise<void> {
  const now = machineClock.now();
  process.stdout.write(`${jobsTable(await listJobs(jobs, runs, now), now)}\n`);
}

function findJob(jobs: readonly Job[], name: string): Job {
  const found = jobs.find((job) => job.name === name);
  if (found) return found;
  const names = jobs.map((job) => job.name);
  const meant = nearest(name, names);
  throw new StartProblem(
    `There is no job ${name}.${meant ? ` Did you mean ${meant}?` : ''} There are: ${names.join(', ')}.`,
  );
}

async function runByHand(parts: HandParts, job: Job, moment: DateTime | undefined): Promise<void> {
  const { runs, machineClock } = parts;
  if (job.name === 'dispatch') await parts.startSending();
  const ran = await runWhenFree(parts, job, moment);
  await parts.stop();
  if (!ran) {
    tell(`${job.name} has been running in another process all the while, so nothing was done. Try again later.`);
    process.exitCode = BUSY;
    return;
  }
  process.stdout.write(`${job.name}: ${ranWords(ran)}, in ${seconds(ran.tookMs)}\n`);
  if (ran.state !== 'done') process.exitCode = 1;
  const now = machineClock.now();
  const [known] = await listJobs([job], runs, now);
  if (!known?.nextDueAt) return;
  if (moment && moment > now) tell('that moment is ahead: what was done for it is not done again when it comes.');
  tell(`next run: ${nextRunWords(known, now)}`);
}

async function runWhenFree({ runner, clock }: HandParts, job: Job, moment?: DateTime): Promise<Ran | undefined> {
  const untilMs = performance.now() + WAIT_MS;
  for (let tries = 0; ; tries += 1) {
    const ran = await runner.run(job, moment ?? clock.now());
    if (ran || performance.now() > untilMs) return ran;
    if (tries === 0) tell(`${job.name} is running in another process; waiting for it, ${seconds(WAIT_MS)} at most.`);
    await sleep(LOOK_EVERY_MS);
  }
}
