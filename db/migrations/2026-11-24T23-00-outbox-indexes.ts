import { type Kysely, sql } from 'kysely';

/**
 * Keeps the index of what has ended off what is pending, where it was taken for the better one by those who look for the
 * next lane or the next moment; and lets the question whether something earlier waits be answered by one step.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  const pending = sql<boolean>`state = 'pending'`;
  const index = (name: string) => db.schema.createIndex(name).on('deliveries');
  for (const name of ['deliveries_by_state', 'deliveries_by_member', 'deliveries_by_channel']) {
    await db.schema.dropIndex(name).execute();
  }
  // What may have a copy there already, which goes first.
  await index('deliveries_unsure')
    .columns(['lane', 'next_try_at', 'id'])
    .where(sql<boolean>`state = 'pending' and unsure_since is not null`)
    .execute();
  // How much is due, and since when, also of what waits for another try.
  await index('deliveries_overdue').column('due_at').where(pending).execute();
  await index('deliveries_ended').columns(['state', 'due_at']).where(sql<boolean>`state <> 'pending'`).execute();
  await index('deliveries_by_member').columns(['member_id', 'state', 'due_at', 'id']).execute();
  await index('deliveries_by_channel')
    .columns(['space_platform', 'space_id', 'channel_id', 'due_at', 'id'])
    .where(pending)
    .execute();
}
