import { type Kysely, sql } from 'kysely';

/**
 * Deliveries may go to a channel or into a platform's own calendar as well as to a member, may wait for an earlier one,
 * and stand in lanes that are paced apart. A constraint cannot be changed in place, so the table is made anew.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await createTable(db);
  await copyRows(db);
  await db.schema.dropTable('deliveries').execute();
  await db.schema.alterTable('new_deliveries').renameTo('deliveries').execute();
  await createIndexes(db);
}

async function createTable(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('new_deliveries')
    .addColumn('id', 'text', (column) => column.primaryKey().notNull())
    .addColumn('dedupe_key', 'text', (column) => column.notNull().unique())
    .addColumn('member_id', 'text', (column) => column.references('members.id').onDelete('cascade'))
    .addColumn('identity_id', 'text', (column) => column.references('identities.id').onDelete('set null'))
    .addColumn('space_platform', 'text')
    .addColumn('space_id', 'text')
    .addColumn('channel_id', 'text')
    .addColumn('act', 'text')
    .addColumn('of_key', 'text')
    .addColumn('kind', 'text', (column) => column.notNull())
    .addColumn('payload', 'text', (column) => column.notNull())
    .addColumn('due_at', 'text', (column) => column.notNull())
    .addColumn('state', 'text', (column) =>
      column.notNull().check(sql`state in ('pending', 'sent', 'cancelled', 'undeliverable', 'rejected')`),
    )
    .addColumn('lane', 'text')
    .addColumn('attempts', 'integer', (column) => column.notNull().check(sql`attempts >= 0`))
    .addColumn('failures', 'integer', (column) => column.notNull().defaultTo(0).check(sql`failures >= 0`))
    .addColumn('next_try_at', 'text', (column) => column.notNull())
    .addColumn('unsure_since', 'text')
    .addColumn('last_error', 'text')
    .addColumn('sent_at', 'text')
    .addColumn('sent_channel_id', 'text')
    .addColumn('sent_message_id', 'text')
    .addCheckConstraint('deliveries_sent', sql`(state = 'sent') = (sent_at is not null)`)
    .addCheckConstraint('deliveries_one_target', sql`(member_id is null) = (act is not null)`)
    .addCheckConstraint('deliveries_account', sql`identity_id is null or member_id is not null`)
    .addCheckConstraint(
      'deliveries_space',
      sql`(act is null) = (space_platform is null) and (act is null) = (space_id is null)`,
    )
    .addCheckConstraint(
      'deliveries_act',
      sql`(act is null and channel_id is null)
        or (act in ('post', 'reply', 'edit') and channel_id is not null)
        or (act in ('make', 'change', 'cancel') and channel_id is null)`,
    )
    .addCheckConstraint(
      'deliveries_of',
      sql`(of_key is not null) = coalesce(act in ('reply', 'edit', 'change', 'cancel'), false)`,
    )
    .execute();
}

async function copyRows(db: Kysely<unknown>): Promise<void> {
  const columns = sql.join(
    [
      'id',
      'dedupe_key',
      'member_id',
      'identity_id',
      'kind',
      'payload',
      'due_at',
      'state',
      'attempts',
      'next_try_at',
      'unsure_since',
      'last_error',
      'sent_at',
      'sent_channel_id',
      'sent_message_id',
    ].map((column) => sql.ref(column)),
  );
  await sql`insert into new_deliveries (${columns}) select ${columns} from deliveries`.execute(db);
}

/** What is looked at all the time is what is pending: those indexes stay small, however much was ever sent. */
async function createIndexes(db: Kysely<unknown>): Promise<void> {
  const pending = sql<boolean>`state = 'pending'`;
  const index = (name: string) => db.schema.createIndex(name).on('deliveries');
  await index('deliveries_due').column('next_try_at').where(pending).execute();
  await index('deliveries_by_lane').columns(['lane', 'next_try_at', 'id']).where(pending).execute();
  await index('deliveries_by_channel')
    .columns(['space_platform', 'space_id', 'channel_id', 'due_at'])
    .where(pending)
    .execute();
  // Whether something earlier waits for the same member, and what goes with a member who is erased.
  await index('deliveries_by_member').columns(['member_id', 'state', 'due_at']).execute();
  await index('deliveries_by_identity').column('identity_id').execute();
  // Dead letters, and what is old enough to go.
  await index('deliveries_by_state').columns(['state', 'due_at']).execute();
}
