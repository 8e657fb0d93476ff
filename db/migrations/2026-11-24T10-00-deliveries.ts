import { type Kysely, sql } from 'kysely';

/** The durable outbox. The one welcome goes through it too, so its own note on the account is no longer needed. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
    .addColumn('member_id', 'text', (column) => column.notNull().references('members.id').onDelete('cascade'))
    .addColumn('identity_id', 'text', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('pending', 'sent', 'cancelled', 'undeliverable', 'rejected')`),
    )
    .addColumn('attempts', 'integer', (column) => column.notNull().check(sql`attempts >= 0`))
    .addColumn('next_try_at', 'text', (column) => column.notNull())
    .addColumn('unsure_since', 'text')
    .addColumn('last_error', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('sent_channel_id', 'text')
    .addColumn('sent_message_id', 'text')
    .addCheckConstraint('deliveries_sent', sql`(state = 'sent') = (sent_at is not null)`)
    .execute();
  await db.schema.createIndex('deliveries_due').on('deliveries').columns(['state', 'next_try_at']).execute();
  await db.schema.createIndex('deliveries_by_member').on('deliveries').column('member_id').execute();
  await db.schema.createIndex('deliveries_by_identity').on('deliveries').column('identity_id').execute();

  await db.schema.alterTable('identities').dropColumn('welcomed_at').execute();
}
