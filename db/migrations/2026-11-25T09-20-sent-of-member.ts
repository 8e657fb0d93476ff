import { type Kysely, sql } from 'kysely';

/** What a member was sent since a moment, for the day's budget: without the years before it. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createIndex('deliveries_sent_of_member')
    .on('deliveries')
    .columns(['member_id', 'sent_at'])
    .where(sql<boolean>`state = 'sent'`)
    .execute();
}
