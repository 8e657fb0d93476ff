import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DIST_FOLDER } from '../../shared/package-root.js';
import { openSqlite } from '../sqlite-dialect.js';
import type { SqliteFile } from '../sqlite-driver.js';
import { PLACES_VERSION } from './places-version.js';

/** Where the build puts them. */
export const PLACES_FILE = join(DIST_FOLDER, 'places.db');

/**
 * Opens the packaged places. The build makes the file; where it is missing or made from other data, as in a checkout
 * that was not built, it is made first, beside it and put in place at once, so that nobody meets half of one.
 */
export async function openPlacesFile(file = PLACES_FILE): Promise<SqliteFile> {
  const ready = openIfCurrent(file);
  if (ready) return ready;
  const { buildPlaces } = await import('./build-places.js');
  mkdirSync(dirname(file), { recursive: true });
  const scratch = `${file}.${randomBytes(6).toString('hex')}`;
  try {
    buildPlaces(scratch);
    renameSync(scratch, file);
  } finally {
    rmSync(scratch, { force: true });
  }
  return openSqlite(file, { isReadOnly: true });
}

function openIfCurrent(file: string): SqliteFile | undefined {
  if (!existsSync(file)) return undefined;
  const sqlite = openSqlite(file, { isReadOnly: true });
  if (versionIn(sqlite) === PLACES_VERSION) return sqlite;
  sqlite.close();
  return undefined;
}

function versionIn(sqlite: SqliteFile): unknown {
  try {
    return sqlite.prepare("select value from facts where name = 'version'").pluck().get();
  } catch {
    return undefined;
  }
}
