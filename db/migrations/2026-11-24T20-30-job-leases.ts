import { type Kysely, sql } from 'kysely';

/**
 * Who runs a job just now, so that two processes never do the same work; and more of what came of its runs. A watermark
 * is now moved by a run that succeeded only, so a job that never did has none.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('job_leases')
    .addColumn('job', 'text', (column) => column.primaryKey().notNull())
    .addColumn('holder', 'text', (column) => column.notNull())
    .addColumn('until', 'text', (column) => column.notNull())
    .execute();

  await db.schema.alterTable('job_runs').renameTo('job_runs_before').execute();
  await db.schema
    .createTable('job_runs')
    .addColumn('job', 'text', (column) => column.primaryKey().notNull())
    .addColumn('number', 'integer', (column) => column.notNull().check(sql`number >= 1`))
    .addColumn('watermark_at', 'text')
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('running', 'done', 'failed')`))
    .addColumn('outcome', 'text')
    .addColumn('took_ms', 'integer', (column) => column.check(sql`took_ms >= 0`))
    .addColumn('failures', 'integer', (column) => column.notNull().check(sql`failures >= 0`))
    .addColumn('succeeded_at', 'text')
    .addCheckConstraint('job_runs_finished', sql`(state = 'running') = (finished_at is null)`)
    .addCheckConstraint('job_runs_succeeded', sql`(watermark_at is null) = (succeeded_at is null)`)
    .execute();
  await sql`
    insert into job_runs (job, number, watermark_at, started_at, finished_at, state, outcome, failures, succeeded_at)
    select job, 1, watermark_at, started_at, finished_at, 'done', outcome, 0, finished_at
    from job_runs_before where finished_at is not null
  `.execute(db);
  await db.schema.dropTable('job_runs_before').execute();
}
