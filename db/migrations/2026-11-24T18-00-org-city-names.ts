import type { Kysely } from 'kysely';

/**
 * The index behind type-ahead for cities begins with what every search asks for: with the name first, SQLite took one
 * of the others and read the orgs themselves.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema.dropIndex('orgs_by_city').execute();
  await db.schema
    .createIndex('orgs_city_names')
    .on('orgs')
    .columns(['is_listed', 'is_hidden', 'folded_city', 'city_name', 'city_country'])
    .execute();
}
