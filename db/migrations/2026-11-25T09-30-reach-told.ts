import type { Kysely } from 'kysely';

/** When a member who cannot be reached was last told so. */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.alterTable('notification_choices').addColumn('reach_told_at', 'text').execute();
}
