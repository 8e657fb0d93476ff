import type { Kysely } from 'kysely';

/**
 * Lists of events and what is offered while one types, from indexes alone: an event's own row holds its description, so
 * that looking at thousands of rows to show six would be slow.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const listed = ['id', 'org_id', 'state', 'visibility', 'ends_at', 'type', 'chosen_type', 'folded_title'];
  await db.schema.dropIndex('events_by_start').execute();
  await db.schema
    .createIndex('events_by_start')
    .on('events')
    .columns(['starts_at', ...listed])
    .execute();
  await db.schema.createIndex('events_by_luma_id').on('events').column('luma_id').execute();
  await db.schema.createIndex('responses_by_event').on('responses').columns(['event_id', 'response']).execute();
}
