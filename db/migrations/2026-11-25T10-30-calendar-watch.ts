import { type Kysely, sql } from 'kysely';

/** Who runs an event, and how the reading of a calendar's guest lists fares. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Listed by the calendar, but run by somebody else; what is known already is told of again at the next read.
  await db.schema
    .alterTable('events')
    .addColumn('is_foreign', 'integer', (column) => column.notNull().defaultTo(0).check(sql`is_foreign in (0, 1)`))
    .execute();
  // A code, while some of the guest lists cannot be read.
  await db.schema.alterTable('event_sources').addColumn('guests_problem', 'text').execute();
}
