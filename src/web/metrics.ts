import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { Answered } from '../bot/bot.js';
import type { Platform } from '../platforms/platform.js';

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
  return {
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
    text: () => register.metrics(),
    contentType: register.contentType,
  };
}
