import { type Kysely, sql } from 'kysely';

/** What orgs ask of those who came, who sees the answers, and the recap that their admins get the morning after. */
export async function up(db: Kysely<unknown>): Promise<void> {
  const visibility = sql<boolean>`feedback_visibility in ('attributed', 'anonymous', 'aggregated')`;
  await db.schema
    .alterTable('orgs')
    .addColumn('feedback_visibility', 'text', (column) => column.notNull().defaultTo('attributed').check(visibility))
    .execute();
  // JSON; null while the usual question is asked.
  await db.schema.alterTable('orgs').addColumn('feedback_questions', 'text').execute();
  await db.schema
    .alterTable('orgs')
    .addColumn('sends_recaps', 'integer', (column) => column.notNull().defaultTo(1).check(sql`sends_recaps in (0, 1)`))
    .execute();
  // As it was promised when the answer was given.
  await db.schema
    .alterTable('feedback')
    .addColumn('visibility', 'text', (column) =>
      column.notNull().defaultTo('attributed').check(sql`visibility in ('attributed', 'anonymous', 'aggregated')`),
    )
    .execute();

  // Which events an admin is told about in the recap of which morning.
  await db.schema
    .createTable('recaps')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('recaps_key', ['event_id', 'member_id'])
    .execute();
  await db.schema.createIndex('recaps_by_member').on('recaps').columns(['member_id', 'due_at']).execute();
}
