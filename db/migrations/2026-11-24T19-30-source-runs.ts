import type { Kysely } from 'kysely';

/** What syncing needs to know of a calendar and its events beside what they are. */
export async function up(db: Kysely<unknown>): Promise<void> {
  // Counts the runs that were written, so that of two at once the slower one sees that it comes too late.
  await db.schema
    .alterTable('event_sources')
    .addColumn('runs', 'integer', (column) => column.notNull().defaultTo(0))
    .execute();
  // Where lu.ma was told to call us, to see when this installation has moved.
  await db.schema.alterTable('event_sources').addColumn('webhook_url', 'text').execute();
  // When an event's description was last asked for by itself, as lists come without.
  await db.schema.alterTable('events').addColumn('described_at', 'text').execute();
}
