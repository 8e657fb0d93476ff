import { type Kysely, sql } from 'kysely';

/**
 * Finding orgs by words, misspelt ones too, and by where they are. Orgs get a number of their own, as the search index
 * knows rows by number and a table without an integer key may be renumbered when the file is compacted. Triggers keep
 * the index in step, whoever writes an org.
 */
export async function up(db: Kysely<unknown>): Promise<void> {
  await db.schema
    .createTable('org_numbers')
    .addColumn('number', 'integer', (column) => column.primaryKey().notNull())
    .addColumn('org_id', 'text', (column) => column.notNull().unique().references('orgs.id').onDelete('cascade'))
    .execute();
  await createIndex(db);
  await createTriggers(db);
  await sql`insert into org_numbers (org_id) select id from orgs`.execute(db);
  await sql`insert into org_search (rowid, name, place, about)
    select number, ${sql.raw(textsOf('orgs'))} from orgs join org_numbers on org_id = id`.execute(db);
  await db.schema
    .createIndex('orgs_by_place')
    .on('orgs')
    .columns(['city_latitude', 'city_longitude', 'is_listed', 'is_hidden', 'active_members desc', 'id'])
    .execute();
  await db.schema
    .createIndex('orgs_by_city')
    .on('orgs')
    .columns(['folded_city', 'city_name', 'city_country', 'is_listed', 'is_hidden'])
    .execute();
  await db.schema
    .createIndex('orgs_everywhere')
    .on('orgs')
    .columns(['is_global', 'is_listed', 'is_hidden', 'active_members desc', 'folded_name'])
    .execute();
}

/** The folded texts of a row of `orgs`, as the index takes them. */
const textsOf = (row: string) =>
  `${row}.folded_name || ' ' || ${row}.slug, coalesce(${row}.folded_city, ''), ${row}.search_text`;

async function createIndex(db: Kysely<unknown>): Promise<void> {
  await sql`create virtual table org_search using
    fts5(name, place, about, content = '', contentless_delete = 1, tokenize = 'trigram')`.execute(db);
}

async function createTriggers(db: Kysely<unknown>): Promise<void> {
  const numberOf = (row: string) => `(select number from org_numbers where org_id = ${row}.id)`;
  await sql
    .raw(
      `create trigger org_search_added after insert on orgs begin
         insert into org_numbers (org_id) values (new.id);
         insert into org_search (rowid, name, place, about) values (${numberOf('new')}, ${textsOf('new')});
       end`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger org_search_changed after update of name, folded_name, slug, folded_city, search_text on orgs begin
         delete from org_search where rowid = ${numberOf('new')};
         insert into org_search (rowid, name, place, about) values (${numberOf('new')}, ${textsOf('new')});
       end`,
    )
    .execute(db);
  await sql
    .raw(
      `create trigger org_search_removed before delete on orgs begin
         delete from org_search where rowid = ${numberOf('old')};
       end`,
    )
    .execute(db);
}
