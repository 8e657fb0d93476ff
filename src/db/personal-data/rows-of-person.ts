import { sql } from 'kysely';
import type { Connection } from '../database.js';
import type { ListedTable } from './listing.js';

/** A row of any table, by the names of its columns. */
export type Row = Readonly<Record<string, unknown>>;

/** The rows of a table in which this column is this member's. */
export async function rowsOf(db: Connection, table: ListedTable, column: string, memberId: string): Promise<Row[]> {
  const { rows } = await sql<Row>`
    select * from ${sql.table(table.name)} where ${sql.ref(column)} = ${memberId}
  `.execute(db);
  return rows;
}

/** The condition that finds one row by its primary key. */
export function isRow(table: ListedTable, row: Row) {
  return sql.join(
    table.key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
    sql` and `,
  );
}
