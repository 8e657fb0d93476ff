import { type Kysely, sql } from 'kysely';

/** Where the Slack app is installed, with its token sealed, and which workspaces an org-wide installation reaches. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('slack_installations')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull().check(sql`id <> ''`))
    .addColumn('is_enterprise', 'integer', (column) => column.notNull().check(sql`is_enterprise in (0, 1)`))
    .addColumn('name', 'text', (column) => column.notNull())
    .addColumn('sealed_bot', 'text')
    .addColumn('installed_at', 'text', (column) => column.notNull())
    .addColumn('revoked_at', 'text')
    // A token that was taken back is dropped with the permission.
    .addCheckConstraint('slack_installations_revoked', sql`(sealed_bot is null) = (revoked_at is not null)`)
    .execute();

  await db.schema
    .createTable('slack_enterprise_teams')
    .addColumn('team_id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('installation_id', 'text', (column) =>
      column.notNull().references('slack_installations.id').onDelete('cascade'),
    )
    .execute();
  await db.schema
    .createIndex('slack_enterprise_teams_by_installation')
    .on('slack_enterprise_teams')
    .column('installation_id')
    .execute();
}
