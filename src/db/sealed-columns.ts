import { type RawBuilder, sql } from 'kysely';
import type { SecretBox } from '../shared/secret-box.js';
import type { Connection } from './database.js';
import type { Schema } from './schema.js';

/** A column whose values are sealed by the secret box; its name begins with `sealed_`. */
export interface SealedColumn {
  table: keyof Schema;
  /** The column whose value names the row, in the seal too. */
  rowId: string;
  column: `sealed_${string}`;
}

/** Every sealed column there is, for checking the keys and for changing them. A test finds one that is missing. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'slack_installations', rowId: 'id', column: 'sealed_bot' },
  { table: 'event_sources', rowId: 'id', column: 'sealed_api_key' },
  { table: 'event_sources', rowId: 'id', column: 'sealed_webhook_secret' },
  { table: 'calendar_feeds', rowId: 'id', column: 'sealed_token' },
];

interface SealedRow {
  id: string;
  sealed: string;
}

/** What the keys at hand can do with the secrets in the database. */
export interface KeyCheck {
  secrets: number;
  /** How many the first key sealed: the others are not needed for these. */
  current: number;
  /** How many no key opens. */
  closed: number;
}

/** Tries every secret. Changes nothing. */
export async function checkSecrets(db: Connection, box: SecretBox): Promise<KeyCheck> {
  const check: KeyCheck = { secrets: 0, current: 0, closed: 0 };
  for (const place of SEALED_COLUMNS) {
    for (const { id, sealed } of await listSealed(db, place)) {
      check.secrets += 1;
      if (box.isCurrent(sealed)) check.current += 1;
      if (!opens(box, place, { id, sealed })) check.closed += 1;
    }
  }
  return check;
}

/**
 * Seals every secret anew with the first key, all of them or none; says how many were changed.
 *
 * @throws SecretProblem when one does not open; then nothing is changed.
 */
export async function resealSecrets(db: Connection, box: SecretBox): Promise<number> {
  return db.transaction().execute(async (writer) => {
    let resealed = 0;
    for (const place of SEALED_COLUMNS) {
      for (const { id, sealed } of await listSealed(writer, place)) {
        if (box.isCurrent(sealed)) continue;
        const at = { table: place.table, column: place.column, rowId: id };
        const fresh = box.seal(box.open(sealed, at), at);
        const { table, column, rowId } = namesOf(place);
        await sql`update ${table} set ${column} = ${fresh} where ${rowId} = ${id}`.execute(writer);
        resealed += 1;
      }
    }
    return resealed;
  });
}

async function listSealed(db: Connection, place: SealedColumn): Promise<SealedRow[]> {
  const { table, column, rowId } = namesOf(place);
  const query = sql<SealedRow>`select ${rowId} as id, ${column} as sealed from ${table} where ${column} is not null`;
  return (await query.execute(db)).rows;
}

function opens(box: SecretBox, { table, column }: SealedColumn, { id, sealed }: SealedRow): boolean {
  try {
    box.open(sealed, { table, column, rowId: id });
    return true;
  } catch {
    return false;
  }
}

function namesOf({ table, column, rowId }: SealedColumn): Record<'table' | 'column' | 'rowId', RawBuilder<unknown>> {
  return { table: sql.table(table), column: sql.ref(column), rowId: sql.ref(rowId) };
}
