import { type Kysely, sql } from 'kysely';

/** Where an org's events are announced, what was announced where, and which events stand in a space's own calendar. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('announce_channels')
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('space_id', 'text', (column) => column.notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id').onDelete('cascade'))
    .addColumn('channel_id', 'text', (column) => column.notNull().check(sql`channel_id <> ''`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('is_mirrored', 'integer', (column) => column.notNull().check(sql`is_mirrored in (0, 1)`))
    .addColumn('set_at', 'text', (column) => column.notNull())
    .addColumn('set_by', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('off_since', 'text')
    .addColumn('off_because', 'text', (column) => column.check(sql`off_because in ('asked', 'lost')`))
    .addPrimaryKeyConstraint('announce_channels_key', ['platform', 'space_id'])
    .addForeignKeyConstraint(
      'announce_channels_space',
      ['platform', 'space_id'],
      'spaces',
      ['platform', 'external_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .addCheckConstraint('announce_channels_off', sql`(off_since is null) = (off_because is null)`)
    .execute();
  await db.schema.createIndex('announce_channels_by_org').on('announce_channels').column('org_id').execute();
  await db.schema.createIndex('announce_channels_by_setter').on('announce_channels').column('set_by').execute();

  await db.schema
    .createTable('announcements')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('space_id', 'text', (column) => column.notNull())
    .addColumn('channel_id', 'text', (column) => column.notNull())
    .addColumn('post_key', 'text', (column) => column.notNull())
    .addColumn('is_summary', 'integer', (column) => column.notNull().check(sql`is_summary in (0, 1)`))
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('planned', 'posted', 'dropped')`))
    .addColumn('planned_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('announcements_key', ['event_id', 'platform', 'space_id', 'channel_id'])
    .execute();
  await db.schema.createIndex('announcements_by_post').on('announcements').column('post_key').execute();
  await db.schema
    .createIndex('announcements_by_channel')
    .on('announcements')
    .columns(['platform', 'space_id', 'channel_id', 'planned_at'])
    .execute();

  await db.schema
    .createTable('event_mirrors')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('platform', 'text', (column) => column.notNull())
    .addColumn('space_id', 'text', (column) => column.notNull())
    .addColumn('made_key', 'text', (column) => column.notNull().unique())
    .addPrimaryKeyConstraint('event_mirrors_key', ['event_id', 'platform', 'space_id'])
    .addForeignKeyConstraint(
      'event_mirrors_space',
      ['platform', 'space_id'],
      'spaces',
      ['platform', 'external_id'],
      (constraint) => constraint.onDelete('cascade'),
    )
    .execute();
  await db.schema.createIndex('event_mirrors_by_space').on('event_mirrors').columns(['platform', 'space_id']).execute();
}
