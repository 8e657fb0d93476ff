import { sql } from 'kysely';
import type { Connection } from '../database.js';
import { type Cells, fold, keyOf } from './fold-rows.js';
import { linkDeliveries } from './link-deliveries.js';
import type { Journal, JournalEntry, Linked } from './link-journal.js';
import type { ListedTable, OwnerListing } from './listing.js';
import { LISTED_TABLES } from './personal-data.js';
import { addRow, findRow, type Row, rowsOf, updateCells } from './rows-of-person.js';
import { listTextColumns, rowsNaming } from './texts-on-person.js';

/**
 * Gives every row of the absorbed member to the kept one, and says what it changed. Where both have a row that there
 * can be only one of, the kept one's stays and takes over what `merged` says of the two.
 */
export async function linkMembers(
  db: Connection,
  linked: Linked,
  merged: (table: ListedTable, keptRow: Row, absorbedRow: Row) => Cells,
): Promise<Journal> {
  const journal = [...(await linkDeliveries(db, linked)), ...(await renameInTexts(db, linked))];
  // In the order of the list: the member's own row is folded last, when nothing refers to it any more.
  for (const table of LISTED_TABLES) {
    for (const owner of table.owners) {
      const twins = await twinsOf(db, table, owner, linked.keptId);
      for (const row of await rowsOf(db, table, owner.column, linked.absorbedId)) {
        const twin = twins(row);
        journal.push(
          twin
            ? await fold(db, table, row, twin, merged(table, twin, row))
            : await move(db, table, row, owner.column, linked.keptId),
        );
      }
    }
  }
  return journal;
}

/** Takes back what a link changed, the last first, as far as nothing newer stands in its place. */
export async function unlinkMembers(db: Connection, linked: Linked, journal: Journal): Promise<void> {
  for (const entry of journal.toReversed()) {
    const table = LISTED_TABLES.find(({ name }) => name === entry.table);
    if (!table) continue;
    if (entry.kind === 'folded') await unfold(db, table, entry);
    else await takeBack(db, table, entry, linked);
  }
}

/** Finds the kept member's row that leaves no room for another one. */
async function twinsOf(db: Connection, table: ListedTable, owner: OwnerListing, keptId: string) {
  // There is one row of a member's own, whatever else.
  const uniqueWith = table.name === 'members' ? [] : owner.uniqueWith;
  if (!uniqueWith) return () => undefined;
  const conditions = Object.entries(owner.uniqueWhile ?? {});
  const isSingle = (row: Row) => conditions.every(([column, value]) => row[column] === value);
  const placeOf = (row: Row) => JSON.stringify(uniqueWith.map((column) => row[column]));
  const single = (await rowsOf(db, table, owner.column, keptId)).filter(isSingle);
  const twins = new Map(single.map((row) => [placeOf(row), row]));
  return (row: Row) => (isSingle(row) ? twins.get(placeOf(row)) : undefined);
}

async function move(
  db: Connection,
  table: ListedTable,
  row: Row,
  column: string,
  keptId: string,
): Promise<JournalEntry> {
  await updateCells(db, table, row, { [column]: keptId });
  return { kind: 'moved', table: table.name, key: keyOf(table, { ...row, [column]: keptId }), column };
}

/** Texts go on naming whom they are about: the member who goes on. */
async function renameInTexts(db: Connection, { keptId, absorbedId }: Linked): Promise<Journal> {
  const journal: Journal = [];
  for (const { table, column } of listTextColumns()) {
    for (const row of await rowsNaming(db, table, column, [absorbedId])) {
      const text = String(row[column]);
      await updateCells(db, table, row, { [column]: text.replaceAll(absorbedId, keptId) });
      // A text that named both cannot be told apart again.
      if (!text.includes(keptId)) journal.push({ kind: 'renamed', table: table.name, key: keyOf(table, row), column });
    }
  }
  return journal;
}

/** The kept row is as before and the other one is back; of what changed since, both have the latest. */
async function unfold(db: Connection, table: ListedTable, entry: JournalEntry & { kind: 'folded' }): Promise<void> {
  const present = await findRow(db, table, entry.into);
  const since = present ? changedSince(table, present, entry) : new Set<string>();
  const cells = Object.entries(entry.cells);
  const before = cells.filter(([column]) => !since.has(column)).map(([column, cell]) => [column, cell.before]);
  if (present) await updateCells(db, table, entry.into, Object.fromEntries(before));
  const latest = cells.filter(([column]) => since.has(column)).map(([column]) => [column, present?.[column]]);
  await addRow(db, table, await withoutStrangers(db, table, { ...entry.row, ...Object.fromEntries(latest) }));
}

/** The columns that are no longer as the link left them: one by one, or as one word where they are that. */
function changedSince(table: ListedTable, present: Row, { cells }: JournalEntry & { kind: 'folded' }): Set<string> {
  const isChanged = (column: string) => present[column] !== cells[column]?.after;
  const toldBy = table.owners.flatMap((owner) => owner.toldBy ?? []);
  if (toldBy.length === 0) return new Set(Object.keys(cells).filter(isChanged));
  return new Set(toldBy.some(isChanged) ? Object.keys(cells) : []);
}

/** People who were erased meanwhile are no longer to be referred to. */
async function withoutStrangers(db: Connection, table: ListedTable, row: Row): Promise<Row> {
  const known: Record<string, unknown> = { ...row };
  for (const { column, erasing } of table.owners) {
    if (erasing !== 'set null' || known[column] === null) continue;
    const { rows } = await sql`select 1 from members where id = ${known[column]}`.execute(db);
    if (rows.length === 0) known[column] = null;
  }
  return known;
}

async function takeBack(
  db: Connection,
  table: ListedTable,
  { kind, key, column }: JournalEntry & { kind: 'moved' | 'renamed' },
  { keptId, absorbedId }: Linked,
): Promise<void> {
  const row = await findRow(db, table, key);
  if (!row) return;
  if (kind === 'moved' && row[column] !== keptId) return;
  await updateCells(db, table, row, { [column]: String(row[column]).replaceAll(keptId, absorbedId) });
}
