import { type Kysely, sql } from 'kysely';

/** Whose turn it is to be read, links that go on working after accounts were linked, and members' own words beside lu.ma's. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guest_reads')
    .addColumn('event_id', 'text', (column) =>
      column.primaryKey().notNull().references('events.id').onDelete('cascade'),
    )
    .addColumn('read_at', 'text', (column) => column.notNull())
    .execute();

  // A member has one link to an event, but two before they were made one; lu.ma may give back either.
  await db.schema
    .createTable('former_links')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .execute();
  await db.schema.createIndex('former_links_by_event').on('former_links').column('event_id').execute();
  await db.schema.createIndex('former_links_by_member').on('former_links').column('member_id').execute();

  await db.schema
    .alterTable('responses')
    .addColumn('said', 'text', (column) => column.check(sql`said in ('going', 'interested', 'not_going')`))
    .execute();
  await db.schema
    .alterTable('responses')
    .addColumn('said_at', 'text', (column) => column.check(sql`(said_at is null) = (said is null)`))
    .execute();
  await sql`update responses set said = response, said_at = responded_at where source = 'member'`.execute(db);
}
