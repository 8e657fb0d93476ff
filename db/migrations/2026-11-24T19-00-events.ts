import { type Kysely, sql } from 'kysely';

/** Events from lu.ma: where they come from, what members say about them, and who registered there. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createSources(db);
  await createEvents(db);
  await createChanges(db);
  await createResponses(db);
  await createGuests(db);
}

async function createSources(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_sources')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id').onDelete('cascade'))
    .addColumn('kind', 'text', (column) => column.notNull().check(sql`kind in ('api', 'feed')`))
    .addColumn('calendar_id', 'text')
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('page_url', 'text')
    .addColumn('feed_url', 'text')
    .addColumn('zone', 'text')
    .addColumn('sealed_api_key', 'text')
    .addColumn('webhook_id', 'text')
    .addColumn('sealed_webhook_secret', 'text')
    .addColumn('connected_at', 'text', (column) => column.notNull())
    .addColumn('connected_by', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('first_synced_at', 'text')
    .addColumn('next_sync_at', 'text', (column) => column.notNull())
    .addColumn('last_run_at', 'text')
    .addColumn('last_success_at', 'text')
    .addColumn('last_counts', 'text')
    .addColumn('last_problem', 'text')
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0).check(sql`failures >= 0`))
    .addColumn('etag', 'text')
    .addCheckConstraint('event_sources_api', sql`(kind = 'api') = (sealed_api_key is not null)`)
    .addCheckConstraint('event_sources_feed', sql`(kind = 'feed') = (feed_url is not null)`)
    .addCheckConstraint('event_sources_webhook', sql`(webhook_id is null) = (sealed_webhook_secret is null)`)
    .execute();
  await db.schema.createIndex('event_sources_by_org').on('event_sources').column('org_id').execute();
  await db.schema.createIndex('event_sources_due').on('event_sources').column('next_sync_at').execute();
  await db.schema.createIndex('event_sources_by_connector').on('event_sources').column('connected_by').execute();

  await db.schema
    .createTable('webhook_receipts')
    .addColumn('source_id', 'text', (column) => column.notNull().references('event_sources.id').onDelete('cascade'))
    .addColumn('webhook_id', 'text', (column) => column.notNull())
    .addColumn('received_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('webhook_receipts_key', ['source_id', 'webhook_id'])
    .execute();
}

async function createEvents(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('events')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id').onDelete('cascade'))
    .addColumn('source_id', 'text', (column) => column.references('event_sources.id').onDelete('set null'))
    .addColumn('luma_id', 'text', (column) => column.notNull())
    .addColumn('title', 'text', (column) => column.notNull())
    .addColumn('folded_title', 'text', (column) => column.notNull())
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('url', 'text')
    .addColumn('starts_at', 'text', (column) => column.notNull())
    .addColumn('ends_at', 'text')
    .addColumn('zone', 'text', (column) => column.notNull())
    .addColumn('is_all_day', 'integer', (column) => column.notNull().check(sql`is_all_day in (0, 1)`))
    .addColumn('place_kind', 'text', (column) =>
      column.notNull().check(sql`place_kind in ('offline', 'online', 'unknown')`),
    )
    .addColumn('place_name', 'text')
    .addColumn('place_city', 'text')
    .addColumn('latitude', 'real')
    .addColumn('longitude', 'real')
    .addColumn('type', 'text', (column) => column.notNull())
    .addColumn('chosen_type', 'text')
    .addColumn('visibility', 'text', (column) =>
      column.notNull().check(sql`visibility in ('public', 'members-only', 'private')`),
    )
    .addColumn('state', 'text', (column) => column.notNull().check(sql`state in ('on', 'cancelled', 'withdrawn')`))
    .addColumn('sequence', 'integer', (column) => column.notNull().check(sql`sequence >= 0`))
    .addColumn('fingerprint', 'text', (column) => column.notNull())
    .addColumn('missed_reads', 'integer', (column) => column.notNull().defaultTo(0).check(sql`missed_reads >= 0`))
    .addColumn('first_seen_at', 'text', (column) => column.notNull())
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('events_once_an_org', ['org_id', 'luma_id'])
    .addCheckConstraint('events_end', sql`ends_at is null or ends_at >= starts_at`)
    .execute();
  await db.schema.createIndex('events_by_org').on('events').columns(['org_id', 'starts_at']).execute();
  await db.schema.createIndex('events_by_start').on('events').columns(['starts_at', 'id']).execute();
  await db.schema.createIndex('events_by_source').on('events').columns(['source_id', 'starts_at']).execute();
}

/** What became of each event over time; rows are only ever added. */
async function createChanges(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('event_changes')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('at', 'text', (column) => column.notNull())
    .addColumn('what', 'text', (column) => column.notNull())
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .execute();
  await db.schema.createIndex('event_changes_by_event').on('event_changes').columns(['event_id', 'id']).execute();
}

async function createResponses(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('responses')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('response', 'text', (column) =>
      column.notNull().check(sql`response in ('going', 'interested', 'not_going')`),
    )
    .addColumn('source', 'text', (column) => column.notNull().check(sql`source in ('member', 'luma')`))
    .addColumn('responded_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('responses_key', ['event_id', 'member_id'])
    .execute();
  await db.schema.createIndex('responses_by_member').on('responses').columns(['member_id', 'response']).execute();

  await db.schema
    .createTable('personal_links')
    .addColumn('token', 'text', (column) => column.primaryKey().notNull())
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('made_at', 'text', (column) => column.notNull())
    .addUniqueConstraint('personal_links_once', ['event_id', 'member_id'])
    .execute();
  await db.schema.createIndex('personal_links_by_member').on('personal_links').column('member_id').execute();
}

/** Who registered on lu.ma. Addresses are kept as keyed hashes only: enough to know one again, too little to write to. */
async function createGuests(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('guests')
    .addColumn('event_id', 'text', (column) => column.notNull().references('events.id').onDelete('cascade'))
    .addColumn('luma_guest_id', 'text', (column) => column.notNull())
    .addColumn('luma_user_id', 'text', (column) => column.notNull())
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('email_hash', 'text')
    .addColumn('link_token', 'text')
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('registered', 'waiting', 'invited', 'cancelled')`),
    )
    .addColumn('registered_at', 'text')
    .addColumn('checked_in_at', 'text')
    .addColumn('joined_online_at', 'text')
    .addColumn('member_id', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('matched_by', 'text', (column) => column.check(sql`matched_by in ('token', 'email', 'admin')`))
    .addColumn('changed_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('guests_key', ['event_id', 'luma_guest_id'])
    .execute();
  await db.schema.createIndex('guests_by_member').on('guests').column('member_id').execute();
  await db.schema.createIndex('guests_by_email').on('guests').column('email_hash').execute();
  await db.schema.createIndex('guests_by_luma_user').on('guests').column('luma_user_id').execute();

  await db.schema
    .createTable('member_emails')
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('email_hash', 'text', (column) => column.notNull())
    .addColumn('vouched_by', 'text', (column) => column.notNull().check(sql`vouched_by in ('slack', 'token')`))
    .addColumn('learnt_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('member_emails_key', ['member_id', 'email_hash'])
    .execute();
  await db.schema.createIndex('member_emails_by_hash').on('member_emails').column('email_hash').execute();
}
