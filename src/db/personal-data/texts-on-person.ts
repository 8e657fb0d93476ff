import { sql } from 'kysely';
import type { Connection } from '../database.js';
import type { ListedTable } from './listing.js';
import { LISTED_TABLES } from './personal-data.js';
import { isRow, type Row, rowsOf } from './rows-of-person.js';
import { hasId, type Needles, namesPerson, surelyNames, withoutPerson } from './words-of-person.js';

/** What the member can be found by in texts: the marked columns of their own rows. */
export async function needlesOf(db: Connection, memberId: string): Promise<Needles> {
  const ids = new Set<string>();
  const names = new Set<string>();
  for (const table of LISTED_TABLES) {
    for (const { column } of table.owners) {
      const marked = Object.entries(table.columns).flatMap(([name, listing]) =>
        'mark' in listing && listing.mark ? [{ name, into: listing.mark === 'id' ? ids : names }] : [],
      );
      if (marked.length === 0) continue;
      for (const row of await rowsOf(db, table, column, memberId)) {
        for (const { name, into } of marked) if (typeof row[name] === 'string') into.add(row[name]);
      }
    }
  }
  return { ids: [...ids], names: [...names] };
}

/** Takes the person out of every text that may name them; see `texts` in the list. */
export async function eraseFromTexts(db: Connection, memberId: string, needles: Needles): Promise<void> {
  for (const table of LISTED_TABLES) {
    for (const [column, listing] of Object.entries(table.columns)) {
      if (listing.holds !== 'texts') continue;
      for (const row of await candidates(db, table, column, needles)) {
        const text = row[column];
        if (typeof text !== 'string') continue;
        if (listing.naming === 'row goes') {
          if (namesPerson(text, needles)) await deleteRow(db, table, row);
        } else {
          const isAboutThem = table.owners.some((owner) => row[owner.column] === memberId) || hasId(text, needles);
          const cleaned = withoutPerson(text, isAboutThem ? needles : surelyNames(needles));
          if (cleaned !== text) await rewrite(db, table, row, column, cleaned);
        }
      }
    }
  }
}

/** Rows whose text has one of the needles in it somewhere; names stand in JSON with their quotes escaped. */
async function candidates(db: Connection, table: ListedTable, column: string, needles: Needles): Promise<Row[]> {
  const written = [...needles.ids, ...needles.names].flatMap((needle) => [needle, JSON.stringify(needle).slice(1, -1)]);
  const patterns = [...new Set(written)].map((text) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`);
  if (patterns.length === 0) return [];
  const conditions = patterns.map((pattern) => sql`${sql.ref(column)} like ${pattern} escape '\\'`);
  const { rows } = await sql<Row>`
    select * from ${sql.table(table.name)} where ${sql.join(conditions, sql` or `)}
  `.execute(db);
  return rows;
}

async function deleteRow(db: Connection, table: ListedTable, row: Row): Promise<void> {
  await sql`delete from ${sql.table(table.name)} where ${isRow(table, row)}`.execute(db);
}

async function rewrite(db: Connection, table: ListedTable, row: Row, column: string, text: string): Promise<void> {
  await sql`
    update ${sql.table(table.name)} set ${sql.ref(column)} = ${text} where ${isRow(table, row)}
  `.execute(db);
}
