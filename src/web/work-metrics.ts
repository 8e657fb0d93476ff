import type { DateTime } from 'luxon';
import { Gauge, type Registry } from 'prom-client';

/** What is shown of a job. */
export interface JobFigures {
  job: { name: string };
  run: { succeededAt: DateTime | undefined; tookMs: number | undefined; failures: number } | undefined;
  nextDueAt: DateTime | undefined;
}

/** What is shown of the outbox. */
export interface OutboxFigures {
  due: number;
  /** How long the oldest of these has been due; 0 when there is none. */
  oldestDueSeconds: number;
  undeliverable: number;
  rejected: number;
}

/** Each job's figures, read when somebody asks. What is not known of a job is left out. */
const JOB_GAUGES: readonly { name: string; help: string; of: (job: JobFigures) => number | undefined }[] = [
  {
    name: 'rollcall_job_last_success_timestamp_seconds',
    help: 'When the job last succeeded.',
    of: ({ run }) => run?.succeededAt?.toSeconds(),
  },
  {
    name: 'rollcall_job_last_duration_seconds',
    help: 'How long its last run took.',
    of: ({ run }) => (run?.tookMs === undefined ? undefined : run.tookMs / 1000),
  },
  {
    name: 'rollcall_job_failures_in_a_row',
    help: 'How often it failed since it last succeeded.',
    of: ({ run }) => run?.failures,
  },
  {
    name: 'rollcall_job_next_due_timestamp_seconds',
    help: 'When it is due next; in the past while it is late.',
    of: ({ nextDueAt }) => nextDueAt?.toSeconds(),
  },
];

/** Shows how each job fares, whichever process ran it; what it gives reads the figures anew. */
export function watchJobs(register: Registry, list: () => Promise<readonly JobFigures[]>): () => Promise<void> {
  const gauges = JOB_GAUGES.map(({ name, help, of }) => ({
    of,
    gauge: new Gauge({ name, help, labelNames: ['job'], registers: [register] }),
  }));
  return async () => {
    const jobs = await list();
    for (const { of, gauge } of gauges) {
      gauge.reset();
      for (const figures of jobs) {
        const value = of(figures);
        if (value !== undefined) gauge.set({ job: figures.job.name }, value);
      }
    }
  };
}

/** Shows how full the outbox is; what it gives reads the figures anew. */
export function watchOutbox(register: Registry, count: () => Promise<OutboxFigures>): () => Promise<void> {
  const registers = [register];
  const dueNow = new Gauge({
    name: 'rollcall_outbox_due',
    help: 'Deliveries that are due and not sent yet.',
    registers,
  });
  const oldest = new Gauge({
    name: 'rollcall_outbox_oldest_due_seconds',
    help: 'How long the oldest delivery that is due has been due.',
    registers,
  });
  const dead = new Gauge({
    name: 'rollcall_outbox_dead_letters',
    help: 'Deliveries that were given up, or refused.',
    labelNames: ['state'],
    registers,
  });
  return async () => {
    const { due, oldestDueSeconds, undeliverable, rejected } = await count();
    dueNow.set(due);
    oldest.set(oldestDueSeconds);
    dead.set({ state: 'undeliverable' }, undeliverable);
    dead.set({ state: 'rejected' }, rejected);
  };
}

/** What a platform has asked to hold back; what it gives looks anew. */
export function watchHeld(
  register: Registry,
  list: () => readonly { platform: string; sort: string }[],
): () => Promise<void> {
  const held = new Gauge({
    name: 'rollcall_outbox_held',
    help: 'Lanes of deliveries that are held back because the platform asked for it.',
    labelNames: ['platform', 'sort'],
    registers: [register],
  });
  return async () => {
    held.reset();
    for (const { platform, sort } of list()) held.inc({ platform, sort });
  };
}
