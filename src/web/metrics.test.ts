import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { createMetrics } from './metrics.js';

const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const ours = async (metrics: ReturnType<typeof createMetrics>) =>
  (await metrics.text()).split('\n').filter((line) => /^rollcall_(job|outbox|deliveries)/.test(line));

describe('metrics', () => {
  it('show each job as it stands when somebody asks, and leave out what is not known', async () => {
    const metrics = createMetrics();
    const run = { succeededAt: at('2026-03-01T03:00:01Z'), tookMs: 1_250, failures: 2 };
    const jobs = [
      { job: { name: 'maintenance' }, run, nextDueAt: at('2026-03-02T03:00:00Z') },
      { job: { name: 'dispatch' }, run: undefined, nextDueAt: undefined },
    ];
    metrics.watchJobs(async () => jobs);
    metrics.observeJob({ job: 'maintenance', state: 'done' });
    metrics.observeJob({ job: 'maintenance', state: 'failed' });
    expect(await ours(metrics)).toEqual([
      'rollcall_job_runs_total{job="maintenance",outcome="done"} 1',
      'rollcall_job_runs_total{job="maintenance",outcome="failed"} 1',
      'rollcall_job_last_success_timestamp_seconds{job="maintenance"} 1772334001',
      'rollcall_job_last_duration_seconds{job="maintenance"} 1.25',
      'rollcall_job_failures_in_a_row{job="maintenance"} 2',
      'rollcall_job_next_due_timestamp_seconds{job="maintenance"} 1772420400',
    ]);
    jobs.length = 0;
    expect((await ours(metrics)).filter((line) => line.includes('next_due'))).toEqual([]);
  });

  it('show how full the outbox is, and what came of each try', async () => {
    const metrics = createMetrics();
    metrics.watchOutbox(async () => ({ due: 12, oldestDueSeconds: 90.5, undeliverable: 3, rejected: 1 }));
    metrics.observeDelivery('sent');
    expect(await ours(metrics)).toEqual([
      'rollcall_deliveries_total{outcome="sent"} 1',
      'rollcall_outbox_due 12',
      'rollcall_outbox_oldest_due_seconds 90.5',
      'rollcall_outbox_dead_letters{state="undeliverable"} 3',
      'rollcall_outbox_dead_letters{state="rejected"} 1',
    ]);
  });

  it('go on showing the process when the database does not answer', async () => {
    const metrics = createMetrics();
    metrics.watchOutbox(async () => Promise.reject(new Error('no')));
    expect(await metrics.text()).toContain('process_cpu_seconds_total');
  });
});
