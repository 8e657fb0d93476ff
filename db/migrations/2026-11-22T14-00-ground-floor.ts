import { type Kysely, sql } from 'kysely';

/** Members with their accounts, orgs with their members and spaces, and what the bot keeps for itself. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createMembers(db);
  await createOrgs(db);
  await createMemberships(db);
  await createUpkeep(db);
}

async function createMembers(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('members')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('name', 'text', (column) => column.notNull().check(sql`name <> ''`))
    .addColumn('headline', 'text', (column) => column.notNull())
    .addColumn('career_stage', 'text', (column) =>
      column.check(sql`career_stage in ('student', 'early_career', 'mid_career', 'senior', 'transitioning', 'other')`),
    )
    .addColumn('skills', 'text', (column) => column.notNull())
    .addColumn('looking_for', 'text', (column) => column.notNull())
    .addColumn('city_name', 'text')
    .addColumn('city_region', 'text')
    .addColumn('city_country', 'text')
    .addColumn('city_latitude', 'real')
    .addColumn('city_longitude', 'real')
    .addColumn('city_zone', 'text')
    .addColumn('is_location_discoverable', 'integer', (column) =>
      column.notNull().check(sql`is_location_discoverable in (0, 1)`),
    )
    .addColumn('is_attendance_shared', 'integer', (column) =>
      column.notNull().check(sql`is_attendance_shared in (0, 1)`),
    )
    .addColumn('is_profile_shared', 'integer', (column) => column.notNull().check(sql`is_profile_shared in (0, 1)`))
    .addColumn('zone', 'text')
    .addColumn('locale', 'text', (column) => column.notNull())
    .addColumn('consented_at', 'text', (column) => column.notNull())
    .addColumn('stopped_at', 'text')
    .execute();

  await db.schema
    .createTable('identities')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('platform', 'text', (column) =>
      column.notNull().check(sql`platform in ('discord', 'slack', 'playground')`),
    )
    .addColumn('team_id', 'text', (column) => column.notNull())
    .addColumn('account_id', 'text', (column) => column.notNull())
    .addColumn('direct_channel_id', 'text')
    .addColumn('reach', 'text', (column) => column.notNull().check(sql`reach in ('unknown', 'open', 'closed')`))
    .addColumn('welcomed_at', 'text')
    .addUniqueConstraint('identities_account', ['platform', 'team_id', 'account_id'])
    .execute();
  await db.schema.createIndex('identities_by_member').on('identities').column('member_id').execute();
}

async function createOrgs(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('orgs')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('slug', 'text', (column) => column.notNull().unique())
    .addColumn('name', 'text', (column) => column.notNull().check(sql`name <> ''`))
    .addColumn('folded_name', 'text', (column) => column.notNull())
    .addColumn('type', 'text', (column) =>
      column
        .notNull()
        .check(
          sql`type in ('reading_group', 'research_hub', 'university_group', 'chapter', 'coworking', 'network', 'other')`,
        ),
    )
    .addColumn('description', 'text', (column) => column.notNull())
    .addColumn('website', 'text')
    .addColumn('city_name', 'text')
    .addColumn('folded_city', 'text')
    .addColumn('city_region', 'text')
    .addColumn('city_country', 'text')
    .addColumn('city_latitude', 'real')
    .addColumn('city_longitude', 'real')
    .addColumn('city_zone', 'text')
    .addColumn('languages', 'text', (column) => column.notNull())
    .addColumn('search_text', 'text', (column) => column.notNull())
    .addColumn('is_global', 'integer', (column) => column.notNull().check(sql`is_global in (0, 1)`))
    .addColumn('is_listed', 'integer', (column) => column.notNull().check(sql`is_listed in (0, 1)`))
    .addColumn('is_hidden', 'integer', (column) => column.notNull().check(sql`is_hidden in (0, 1)`))
    .addColumn('join_policy', 'text', (column) => column.notNull().check(sql`join_policy in ('open', 'approval')`))
    .addColumn('active_members', 'integer', (column) => column.notNull().defaultTo(0))
    .addColumn('created_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('orgs_by_folded_name').on('orgs').column('folded_name').execute();
  await db.schema
    .createIndex('orgs_directory')
    .on('orgs')
    .columns(['is_listed', 'is_hidden', 'active_members desc', 'folded_name', 'id'])
    .execute();
  await db.schema.createIndex('orgs_by_country').on('orgs').columns(['city_country', 'folded_city']).execute();

  await db.schema
    .createTable('spaces')
    .addColumn('platform', 'text', (column) =>
      column.notNull().check(sql`platform in ('discord', 'slack', 'playground')`),
    )
    .addColumn('external_id', 'text', (column) => column.notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('connected_at', 'text', (column) => column.notNull())
    .addPrimaryKeyConstraint('spaces_key', ['platform', 'external_id'])
    .execute();
  await db.schema.createIndex('spaces_by_org').on('spaces').column('org_id').execute();
}

async function createMemberships(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('memberships')
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('role', 'text', (column) => column.notNull().check(sql`role in ('member', 'admin')`))
    .addColumn('status', 'text', (column) =>
      column.notNull().check(sql`status in ('pending', 'active', 'left', 'removed')`),
    )
    .addColumn('joined_at', 'text', (column) => column.notNull())
    .addColumn('left_at', 'text')
    .addPrimaryKeyConstraint('memberships_key', ['org_id', 'member_id'])
    .execute();
  await db.schema.createIndex('memberships_by_member').on('memberships').columns(['member_id', 'status']).execute();
  await db.schema.createIndex('memberships_by_org').on('memberships').columns(['org_id', 'status', 'role']).execute();
}

async function createUpkeep(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('kept_payloads')
    .addColumn('key', 'text', (column) => column.primaryKey().notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('kept_at', 'text', (column) => column.notNull())
    .execute();
  await db.schema.createIndex('kept_payloads_by_age').on('kept_payloads').column('kept_at').execute();

  await db.schema
    .createTable('facts')
    .addColumn('name', 'text', (column) => column.primaryKey().notNull())
    .addColumn('value', 'text', (column) => column.notNull())
    .execute();

  await db.schema
    .createTable('job_runs')
    .addColumn('job', 'text', (column) => column.primaryKey().notNull())
    .addColumn('watermark_at', 'text', (column) => column.notNull())
    .addColumn('started_at', 'text', (column) => column.notNull())
    .addColumn('finished_at', 'text')
    .addColumn('outcome', 'text')
    .execute();
}
