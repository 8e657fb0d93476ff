import { accessSync, constants, existsSync, statSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { migrations } from '../../../db/migrations.js';
import { checkIntegrity, listMigrationsRun, openSqlite } from '../../db/sqlite-dialect.js';
import { type Finding, fine, look, wrong } from './finding.js';

/** The database file: there, writable, sound, of this version. Nothing is changed. */
export function checkDatabase(file: string): Finding[] {
  const about = 'Database';
  if (!existsSync(file)) return [checkFolder(about, file)];
  try {
    accessSync(file, constants.R_OK | constants.W_OK);
  } catch {
    return [wrong(about, `${file} cannot be written by this user. Mend its owner or rights.`)];
  }
  try {
    const sqlite = openSqlite(file, { isReadOnly: true });
    try {
      checkIntegrity(sqlite);
      const size = `${(statSync(file).size / 1024 / 1024).toFixed(1)} MB`;
      return [fine(about, `${file} is sound (${size}).`), checkMigrations(listMigrationsRun(sqlite))];
    } finally {
      sqlite.close();
    }
  } catch {
    return [wrong(about, `${file} is damaged or not a database. Restore a backup: npx rollcall restore FILE`)];
  }
}

function checkFolder(about: string, file: string): Finding {
  let folder = dirname(resolve(file));
  while (!existsSync(folder)) folder = dirname(folder);
  try {
    accessSync(folder, constants.W_OK);
  } catch {
    return wrong(about, `${file} does not exist, and ${folder} cannot be written. Change DATABASE_URL or its rights.`);
  }
  return fine(about, `${file} does not exist yet; the first start makes it.`);
}

function checkMigrations(ran: string[]): Finding {
  const about = 'Migrations';
  const newer = ran.filter((name) => !Object.hasOwn(migrations, name));
  if (newer.length > 0) return wrong(about, 'the database comes from a newer Rollcall. Update Rollcall.');
  const waiting = Object.keys(migrations).filter((name) => !ran.includes(name));
  if (waiting.length > 0)
    return look(about, `${waiting.length} to run; the next start does it, or npx rollcall migrate.`);
  return fine(about, 'up to date.');
}
