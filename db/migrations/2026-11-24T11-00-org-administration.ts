import { type Kysely, sql } from 'kysely';

/** Who changed what in an org; codes by which further spaces join it; orgs that wait for an operator's yes. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createAudit(db);
  await createConnectCodes(db);
  await db.schema
    .alterTable('orgs')
    .addColumn('listed_after_review', 'integer', (column) =>
      // What waits is in no directory, whatever it asked for.
      column.check(sql`listed_after_review is null or (listed_after_review in (0, 1) and is_listed = 0)`),
    )
    .execute();
}

async function createAudit(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('audit_entries')
    .addColumn('id', 'integer', (column) => column.primaryKey().autoIncrement().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('actor_kind', 'text', (column) =>
      column.notNull().check(sql`actor_kind in ('member', 'manager', 'operator')`),
    )
    .addColumn('actor_id', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('action', 'text', (column) => column.notNull())
    .addColumn('subject_kind', 'text', (column) => column.check(sql`subject_kind in ('member', 'text')`))
    .addColumn('subject_member_id', 'text', (column) => column.references('members.id').onDelete('set null'))
    .addColumn('subject_text', 'text')
    .addColumn('before', 'text')
    .addColumn('after', 'text')
    .addColumn('at', 'text', (column) => column.notNull())
    .addCheckConstraint('audit_entries_actor', sql`actor_id is null or actor_kind = 'member'`)
    .addCheckConstraint(
      'audit_entries_subject',
      sql`(subject_member_id is null or subject_kind = 'member') and ((subject_text is not null) = (subject_kind is not null and subject_kind = 'text'))`,
    )
    .execute();
  await db.schema
    .createIndex('audit_entries_by_org')
    .on('audit_entries')
    .columns(['org_id', 'at desc', 'id desc'])
    .execute();
  await db.schema.createIndex('audit_entries_by_actor').on('audit_entries').column('actor_id').execute();
  await db.schema.createIndex('audit_entries_by_subject').on('audit_entries').column('subject_member_id').execute();
}

async function createConnectCodes(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('connect_codes')
    .addColumn('code_hash', 'text', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().references('orgs.id'))
    .addColumn('expires_at', 'text', (column) => column.notNull())
    .addColumn('used_at', 'text')
    .execute();
  await db.schema.createIndex('connect_codes_by_end').on('connect_codes').column('expires_at').execute();
}
