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

/** The row with this primary key, if there is one. */
export async function findRow(db: Connection, table: ListedTable, key: Row): Promise<Row | undefined> {
  const { rows } = await sql<Row>`select * from ${sql.table(table.name)} where ${isRow(table, key)}`.execute(db);
  return rows[0];
}

export async function deleteRow(db: Connection, table: ListedTable, row: Row): Promise<void> {
  await sql`delete from ${sql.table(table.name)} where ${isRow(table, row)}`.execute(db);
}

/** Writes these cells of a row at once, as a table's checks may be about several together. */
export async function updateCells(db: Connection, table: ListedTable, row: Row, cells: Row): Promise<void> {
  const columns = Object.keys(cells);
  if (columns.length === 0) return;
  await sql`
    update ${sql.table(table.name)}
    set ${sql.join(columns.map((column) => sql`${sql.ref(column)} = ${cells[column]}`))}
    where ${isRow(table, row)}
  `.execute(db);
}

/** Adds the row, unless one that it would collide with is there. */
export async function addRow(db: Connection, table: ListedTable, row: Row): Promise<void> {
  const columns = Object.keys(row);
  await sql`
    insert into ${sql.table(table.name)} (${sql.join(columns.map((column) => sql.ref(column)))})
    values (${sql.join(columns.map((column) => row[column]))})
    on conflict do nothing
  `.execute(db);
}

/** The condition that finds one row by its primary key. */
function isRow(table: ListedTable, row: Row) {
  return sql.join(
    table.key.map((column) => sql`${sql.ref(column)} = ${row[column]}`),
    sql` and `,
  );
}
