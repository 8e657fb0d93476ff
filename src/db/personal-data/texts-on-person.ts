import { sql } from 'kysely';
import type { Connection } from '../database.js';
import type { ListedTable, Naming } from './listing.js';
import { LISTED_TABLES } from './personal-data.js';
import { deleteRow, type Row, rowsOf, updateCells } from './rows-of-person.js';
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
  for (const { table, column, naming } of listTextColumns()) {
    for (const row of await rowsNaming(db, table, column, [...needles.ids, ...needles.names])) {
      const text = String(row[column]);
      if (naming === 'row goes') {
        if (namesPerson(text, needles)) await deleteRow(db, table, row);
        continue;
      }
      const isAboutThem = table.owners.some((owner) => row[owner.column] === memberId) || hasId(text, needles);
      const cleaned = withoutPerson(text, isAboutThem ? needles : surelyNames(needles));
      if (cleaned !== text) await updateCells(db, table, row, { [column]: cleaned });
    }
  }
}

/** Every column with texts in which anybody may be named. */
export function listTextColumns(): { table: ListedTable; column: string; naming: Naming }[] {
  return LISTED_TABLES.flatMap((table) =>
    Object.entries(table.columns).flatMap(([column, listing]) =>
      'naming' in listing && listing.naming ? [{ table, column, naming: listing.naming }] : [],
    ),
  );
}

/** Rows whose text has one of these words in it somewhere; in JSON their quotes are escaped. */
export async function rowsNaming(
  db: Connection,
  table: ListedTable,
  column: string,
  words: readonly string[],
): Promise<Row[]> {
  const written = words.flatMap((word) => [word, JSON.stringify(word).slice(1, -1)]);
  const patterns = [...new Set(written)].map((text) => `%${text.replace(/[\\%_]/gu, '\\$&')}%`);
  if (patterns.length === 0) return [];
  const conditions = patterns.map((pattern) => sql`${sql.ref(column)} like ${pattern} escape '\\'`);
  const { rows } = await sql<Row>`
    select * from ${sql.table(table.name)} where ${sql.join(conditions, sql` or `)}
  `.execute(db);
  return rows;
}
