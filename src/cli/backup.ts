import { existsSync } from 'node:fs';
import { backupSqlite, openSqlite } from '../db/sqlite-dialect.js';
import { findKeys } from '../encryption.js';
import { StartProblem } from '../platforms/platform.js';
import { configuration, tell } from './environment.js';

/** Copies the database into a new file and checks the copy. The product may go on running meanwhile. */
export async function backup(file: string): Promise<void> {
  const config = configuration();
  const { databaseFile } = config;
  if (existsSync(file)) throw new StartProblem(`${file} is there already. Name a file that does not exist yet.`);
  if (!existsSync(databaseFile)) {
    throw new StartProblem(`There is no database at ${databaseFile} yet. Check DATABASE_URL, or run npm start once.`);
  }
  const sqlite = openSqlite(databaseFile);
  try {
    await backupSqlite(sqlite, file);
  } finally {
    sqlite.close();
  }
  tell(`the database is copied to ${file}, and the copy is sound.`);
  const { file: keyFile } = findKeys(config);
  if (keyFile) tell(`the key to the secrets in it is not in the copy: keep ${keyFile} too, in another place.`);
}
