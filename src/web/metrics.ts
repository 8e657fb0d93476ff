import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from '../bot/bot.js';
import type { Platform } from '../platforms/platform.js';
import { type JobFigures, type OutboxFigures, watchHeld, watchJobs, watchOutbox } from './work-metrics.js';

export type Metrics = ReturnType<typeof createMetrics>;

/** What `/metrics` shows (Prometheus). Labels are names of our own definitions only: no person, no org. */
export function createMetrics() {
  const register = new Registry();
  collectDefaultMetrics({ register });
  const answers = new Counter({
    name: 'rollcall_answers_total',
    help: 'What people did and how it was answered.',
    labelNames: ['kind', 'name', 'platform', 'outcome'],
    registers: [register],
  });
  const seconds = new Histogram({
    name: 'rollcall_answer_seconds',
    help: 'Time from request to reply inside the product, without the platform.',
    labelNames: ['kind', 'platform'],
    buckets: [0.001, 0.005, 0.025, 0.1, 0.5, 1, 2.5, 5],
    registers: [register],
  });
  const jobRuns = new Counter({
    name: 'rollcall_job_runs_total',
    help: 'Runs of jobs by this process and what came of them.',
    labelNames: ['job', 'outcome'],
    registers: [register],
  });
  const deliveries = new Counter({
    name: 'rollcall_deliveries_total',
    help: 'Tries to send a delivery and what came of them; pending ones are tried again.',
    labelNames: ['outcome'],
    registers: [register],
  });
  const readings: (() => Promise<void>)[] = [];
  return {
    /** Notes one run of a job. */
    observeJob({ job, state }: { job: string; state: string }): void {
      jobRuns.inc({ job, outcome: state });
    },
    /** Notes what came of one try to send a delivery. */
    observeDelivery(outcome: string): void {
      deliveries.inc({ outcome });
    },
    /** Shows how each job fares, read from the database whenever somebody asks. */
    watchJobs: (list: () => Promise<readonly JobFigures[]>) => void readings.push(watchJobs(register, list)),
    /** Shows how full the outbox is, likewise. */
    watchOutbox: (count: () => Promise<OutboxFigures>) => void readings.push(watchOutbox(register, count)),
    /** Shows which deliveries are held back. */
    watchHeld: (list: Parameters<typeof watchHeld>[1]) => void readings.push(watchHeld(register, list)),
    /** Notes one answer. */
    observe({ kind, name, platform, outcome, tookMs }: Answered): void {
      answers.inc({ kind, name, platform, outcome });
      seconds.observe({ kind, platform }, tookMs / 1000);
    },
    /** Shows whether each platform is connected. */
    watch(platforms: readonly Platform[]): void {
      new Gauge({
        name: 'rollcall_platform_up',
        help: '1 while the platform is connected.',
        labelNames: ['platform'],
        registers: [register],
        collect() {
          for (const platform of platforms) this.set({ platform: platform.name }, Number(platform.health().isUp));
        },
      });
    },
    async text(): Promise<string> {
      // Without the database, what the process itself knows is worth all the more.
      await Promise.allSettled(readings.map((read) => read()));
      return register.metrics();
    },
    contentType: register.contentType,
  };
}
