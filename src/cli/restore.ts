import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DateTime } from 'luxon';
import { migrations } from '../../db/migrations.js';
import { checkIntegrity, isInUse, listMigrationsRun, openSqlite } from '../db/sqlite-dialect.js';
import { StartProblem } from '../platforms/platform.js';
import { configuration, tell } from './environment.js';

/** Puts a backup in the place of the database, and keeps what was there under another name. */
export async function restore(file: string): Promise<void> {
  const { databaseFile } = configuration();
  checkBackup(file);
  if (existsSync(databaseFile) && isInUse(databaseFile)) {
    throw new StartProblem(`${databaseFile} is in use. Stop Rollcall first, then restore.`);
  }
  mkdirSync(dirname(databaseFile), { recursive: true });
  // The copy is made beside its place, so that the last step is one rename: the database is never half there.
  const arriving = `${databaseFile}.restoring`;
  copyFileSync(file, arriving);
  const before = `${databaseFile}.before-${DateTime.utc().toFormat("yyyyMMdd'T'HHmmss")}`;
  if (existsSync(databaseFile)) {
    renameSync(databaseFile, before);
    tell(`what was there is kept as ${before}`);
  }
  for (const leftover of ['-wal', '-shm']) rmSync(`${databaseFile}${leftover}`, { force: true });
  renameSync(arriving, databaseFile);
  tell(`${databaseFile} is now what ${file} was. Start Rollcall again with: npm start`);
}

/** @throws StartProblem unless the file is a sound database that this version can read. */
function checkBackup(file: string): void {
  if (!existsSync(file)) throw new StartProblem(`There is no file ${file}.`);
  let ran: string[];
  try {
    const sqlite = openSqlite(file, { isReadOnly: true });
    try {
      checkIntegrity(sqlite);
      ran = listMigrationsRun(sqlite);
    } finally {
      sqlite.close();
    }
  } catch {
    throw new StartProblem(`${file} is not a sound Rollcall database, so nothing was changed.`);
  }
  const unknown = ran.filter((name) => !Object.hasOwn(migrations, name));
  if (ran.length === 0) throw new StartProblem(`${file} is not a Rollcall database, so nothing was changed.`);
  if (unknown.length > 0) {
    throw new StartProblem(`${file} comes from a newer Rollcall. Update Rollcall first; nothing was changed.`);
  }
}
