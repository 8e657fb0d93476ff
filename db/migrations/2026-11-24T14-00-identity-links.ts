import type { Kysely } from 'kysely';

/** Codes by which two accounts become one member, and what each link changed, so that it can be undone. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('link_codes')
    .addColumn('member_id', 'text', (column) =>
      column.primaryKey().notNull().references('members.id').onDelete('cascade'),
    )
    .addColumn('identity_id', 'text', (column) => column.notNull().references('identities.id').onDelete('cascade'))
    .addColumn('code_hash', 'text', (column) => column.notNull().unique())
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('typed_by', 'text', (column) => column.references('identities.id').onDelete('set null'))
    .execute();
  await db.schema.createIndex('link_codes_by_identity').on('link_codes').column('identity_id').execute();
  await db.schema.createIndex('link_codes_by_typed').on('link_codes').column('typed_by').execute();

  await db.schema
    .createTable('member_links')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('absorbed_id', 'text', (column) => column.notNull())
    .addColumn('asked_identity_id', 'text', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('asked_name', 'text', (column) => column.notNull())
    .addColumn('confirmed_identity_id', 'text', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('confirmed_name', 'text', (column) => column.notNull())
    .addColumn('linked_at', 'text', (column) => column.notNull())
    .addColumn('journal', 'text', (column) => column.notNull())
    .execute();
  await db.schema
    .createIndex('member_links_by_member')
    .on('member_links')
    .columns(['member_id', 'linked_at'])
    .execute();
  await db.schema.createIndex('member_links_by_asked').on('member_links').column('asked_identity_id').execute();
  await db.schema.createIndex('member_links_by_confirmed').on('member_links').column('confirmed_identity_id').execute();
}
