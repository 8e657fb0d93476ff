import type { JobRuns } from '../scheduler/job-runs.js';
import { fromInstantText, toInstantText } from '../shared/clock.js';
import type { Connection } from './database.js';

/** Job runs in the database. */
export function jobRuns(db: Connection): JobRuns {
  return {
    async find(job) {
      const row = await db.selectFrom('job_runs').selectAll().where('job', '=', job).executeTakeFirst();
      if (!row) return undefined;
      return {
        job,
        watermarkAt: fromInstantText(row.watermark_at),
        startedAt: fromInstantText(row.started_at),
        finishedAt: row.finished_at ? fromInstantText(row.finished_at) : undefined,
        outcome: row.outcome ?? undefined,
      };
    },
    async save(run) {
      const row = {
        watermark_at: toInstantText(run.watermarkAt),
        started_at: toInstantText(run.startedAt),
        finished_at: run.finishedAt ? toInstantText(run.finishedAt) : null,
        outcome: run.outcome ?? null,
      };
      await db
        .insertInto('job_runs')
        .values({ job: run.job, ...row })
        .onConflict((conflict) => conflict.column('job').doUpdateSet(row))
        .execute();
    },
  };
}
