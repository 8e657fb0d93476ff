import type { Connection } from '../database.js';
import { fold, keyOf } from './fold-rows.js';
import type { Journal, Linked } from './link-journal.js';
import type { ListedTable } from './listing.js';
import { LISTED_TABLES } from './personal-data.js';
import { type Row, updateCells } from './rows-of-person.js';
import { rowsNaming } from './texts-on-person.js';

/**
 * Renames the occasions of the absorbed member's deliveries, whose keys hold the member's id, so that nothing is planned
 * once more for the kept one. Of two that were planned for one occasion, one for either member, the one is left that
 * came further; where both were sent, both messages are there and may have to be changed, so that both are left.
 */
export async function linkDeliveries(db: Connection, { keptId, absorbedId }: Linked): Promise<Journal> {
  const table = LISTED_TABLES.find(({ name }) => name === 'deliveries');
  if (!table) return [];
  const journal: Journal = [];
  for (const row of await rowsNaming(db, table, 'dedupe_key', [absorbedId])) {
    const key = String(row.dedupe_key).replaceAll(absorbedId, keptId);
    const twin = await findByKey(db, key);
    if (twin && twin.state === 'sent' && row.state === 'sent') {
      await rename(db, table, row, `${key}:of:${row.id}`, journal);
      continue;
    }
    const [further, other] = twin ? furtherFirst(twin, row) : [row, undefined];
    if (other) journal.push(await fold(db, table, other, further, {}));
    if (further === twin) continue;
    await rename(db, table, row, key, journal);
  }
  return journal;
}

/** What changes the message finds it by its new key. */
async function rename(db: Connection, table: ListedTable, row: Row, key: string, journal: Journal): Promise<void> {
  for (const edit of await rowsNaming(db, table, 'edits_key', [String(row.dedupe_key)])) {
    if (edit.edits_key === row.dedupe_key) await updateCells(db, table, edit, { edits_key: key });
  }
  await updateCells(db, table, row, { dedupe_key: key });
  journal.push({ kind: 'renamed', table: table.name, key: keyOf(table, row), column: 'dedupe_key' });
}

function findByKey(db: Connection, key: string): Promise<Row | undefined> {
  return db.selectFrom('deliveries').selectAll().where('dedupe_key', '=', key).executeTakeFirst();
}

function furtherFirst(kept: Row, absorbed: Row): [Row, Row] {
  return howFar(absorbed) > howFar(kept) ? [absorbed, kept] : [kept, absorbed];
}

/** Sent, or perhaps sent, is further than waiting; waiting is further than given up, as the other account may work. */
function howFar({ state, unsure_since }: Row): number {
  if (state === 'sent') return 3;
  if (state !== 'pending') return 0;
  return unsure_since === null ? 1 : 2;
}
