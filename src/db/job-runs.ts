import type { Selectable } from 'kysely';
import { z } from 'zod';
import { JOB_STATES, type JobRun, type JobRuns } from '../scheduler/job-runs.js';
import { fromInstantText, toInstantText } from '../shared/clock.js';
import type { Connection } from './database.js';
import type { JobRunsTable } from './schema.js';

/** Job runs and leases in the database. */
export function jobRuns(db: Connection): JobRuns {
  const find = async (on: Connection, job: string) => {
    const row = await withLease(on).where('job_runs.job', '=', job).executeTakeFirst();
    return row && toRun(row);
  };
  return {
    find: (job) => find(db, job),

    async list() {
      return (await withLease(db).orderBy('job_runs.job').execute()).map(toRun);
    },

    begin: ({ job, holder, until }, { at, startedAt, isWanted }) =>
      db.transaction().execute(async (writer) => {
        const before = await find(writer, job);
        if (!isWanted(before)) return false;
        const lease = { holder, until: toInstantText(until) };
        const { numInsertedOrUpdatedRows: taken } = await writer
          .insertInto('job_leases')
          .values({ job, ...lease })
          .onConflict((conflict) =>
            conflict.column('job').doUpdateSet(lease).where('job_leases.until', '<=', toInstantText(at)),
          )
          .executeTakeFirstOrThrow();
        if (taken !== 1n) return false;
        const row = {
          number: (before?.number ?? 0) + 1,
          state: 'running',
          started_at: toInstantText(startedAt),
          finished_at: null,
          outcome: null,
          // Its process died in the middle: if the job is what kills it, it must not do so at every start.
          failures: (before?.failures ?? 0) + (before?.state === 'running' ? 1 : 0),
        };
        await writer
          .insertInto('job_runs')
          .values({ job, ...row })
          .onConflict((conflict) => conflict.column('job').doUpdateSet(row))
          .execute();
        return true;
      }),

    async renew({ job, holder, until }) {
      const { numUpdatedRows } = await db
        .updateTable('job_leases')
        .set({ until: toInstantText(until) })
        .where('job', '=', job)
        .where('holder', '=', holder)
        .executeTakeFirst();
      return numUpdatedRows === 1n;
    },

    finish: ({ job, holder }, { state, outcome, watermarkAt, finishedAt, tookMs, isFailure }) =>
      db.transaction().execute(async (writer) => {
        const { numDeletedRows } = await writer
          .deleteFrom('job_leases')
          .where('job', '=', job)
          .where('holder', '=', holder)
          .executeTakeFirst();
        const run = await find(writer, job);
        if (numDeletedRows !== 1n || !run) return false;
        const finished_at = toInstantText(finishedAt);
        const isFurther = !run.watermarkAt || watermarkAt > run.watermarkAt;
        await writer
          .updateTable('job_runs')
          .set({
            state,
            outcome,
            finished_at,
            took_ms: Math.round(tookMs),
            failures: state === 'done' ? 0 : run.failures + (isFailure ? 1 : 0),
            ...(state === 'done' && { succeeded_at: finished_at }),
            ...(state === 'done' && isFurther && { watermark_at: toInstantText(watermarkAt) }),
          })
          .where('job', '=', job)
          .execute();
        return true;
      }),
  };
}

function withLease(db: Connection) {
  return db
    .selectFrom('job_runs')
    .leftJoin('job_leases', 'job_leases.job', 'job_runs.job')
    .selectAll('job_runs')
    .select('job_leases.until as leased_until');
}

const JobState = z.enum(JOB_STATES);

function toRun(row: Selectable<JobRunsTable> & { leased_until: string | null }): JobRun {
  return {
    job: row.job,
    number: row.number,
    state: JobState.parse(row.state),
    startedAt: fromInstantText(row.started_at),
    finishedAt: instant(row.finished_at),
    outcome: row.outcome ?? undefined,
    tookMs: row.took_ms ?? undefined,
    failures: row.failures,
    watermarkAt: instant(row.watermark_at),
    succeededAt: instant(row.succeeded_at),
    leasedUntil: instant(row.leased_until),
  };
}

function instant(text: string | null) {
  return text === null ? undefined : fromInstantText(text);
}
