import { type Kysely, sql } from 'kysely';

/** What each member wants to hear and when, what they have been told, and messages that many are due at once. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('notification_choices')
    .addColumn('member_id', 'text', (column) =>
      column.primaryKey().notNull().references('members.id').onDelete('cascade'),
    )
    .addColumn('frequency', 'text', (column) =>
      column.notNull().defaultTo('weekly').check(sql`frequency in ('all', 'daily', 'weekly', 'none')`),
    )
    .addColumn('reminders', 'text', (column) => column.notNull().defaultTo('1d,1h'))
    .addColumn('types', 'text')
    .addColumn('quiet_from', 'integer', (column) => column.defaultTo(22 * 60).check(sql`quiet_from between 0 and 1439`))
    .addColumn('quiet_to', 'integer', (column) => column.defaultTo(8 * 60).check(sql`quiet_to between 0 and 1439`))
    .addColumn('next_digest_at', 'text')
    .addColumn('zone_asked_at', 'text')
    .addCheckConstraint('notification_choices_quiet', sql`(quiet_from is null) = (quiet_to is null)`)
    .execute();
  await db.schema
    .createIndex('notification_choices_due')
    .on('notification_choices')
    .columns(['next_digest_at', 'member_id'])
    .where(sql<boolean>`next_digest_at is not null`)
    .execute();
  // Who agreed before this was there gets what was promised to everybody: the weekly digest. The planner finds its hour.
  await sql`
    insert into notification_choices (member_id, next_digest_at)
    select id, case when stopped_at is null then consented_at end from members
  `.execute(db);

  await db.schema.alterTable('memberships').addColumn('muted_at', 'text').execute();

  await db.schema
    .createTable('event_reminders')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('reminders', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('event_reminders_key', ['event_id', 'member_id'])
    .execute();
  await db.schema.createIndex('event_reminders_by_member').on('event_reminders').column('member_id').execute();

  await db.schema
    .createTable('told_events')
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('occasion', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('told_events_key', ['member_id', 'event_id'])
    .execute();
  await db.schema.createIndex('told_events_by_event').on('told_events').column('event_id').execute();
  await db.schema.createIndex('told_events_by_occasion').on('told_events').column('occasion').execute();

  await db.schema
    .createTable('mailings')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('occasion', 'text', (column) => column.notNull().unique())
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('event_id', 'text', (column) => column.references('events.id').onDelete('cascade'))
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('reached', 'text')
    .addColumn('finished_at', 'text')
    .execute();
  await db.schema.createIndex('mailings_by_event').on('mailings').column('event_id').execute();
  await db.schema
    .createIndex('mailings_open')
    .on('mailings')
    .columns(['due_at', 'id'])
    .where(sql<boolean>`finished_at is null`)
    .execute();
}
