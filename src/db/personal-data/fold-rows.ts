import type { Connection } from '../database.js';
import type { JournalEntry } from './link-journal.js';
import type { ListedTable } from './listing.js';
import { deleteRow, type Row, updateCells } from './rows-of-person.js';

export type Cells = Readonly<Record<string, unknown>>;

/** Deletes a row of which there can be only one; the other one, its twin, takes over these cells. */
export async function fold(
  db: Connection,
  table: ListedTable,
  row: Row,
  twin: Row,
  cells: Cells,
): Promise<JournalEntry> {
  await deleteRow(db, table, row);
  const news = Object.entries(cells).filter(([column, value]) => twin[column] !== value);
  await updateCells(db, table, twin, Object.fromEntries(news));
  return {
    kind: 'folded',
    table: table.name,
    row: stored(row),
    into: keyOf(table, twin),
    cells: Object.fromEntries(
      Object.entries(cells).map(([column, value]) => [column, { before: cell(twin[column]), after: cell(value) }]),
    ),
  };
}

/** The primary key of a row, for the journal. */
export function keyOf(table: ListedTable, row: Row) {
  return stored(Object.fromEntries(table.key.map((column) => [column, row[column]])));
}

function stored(row: Row): Record<string, string | number | null> {
  return Object.fromEntries(Object.entries(row).map(([column, value]) => [column, cell(value)]));
}

function cell(value: unknown): string | number | null {
  return typeof value === 'string' || typeof value === 'number' ? value : null;
}
