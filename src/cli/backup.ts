import { existsSync } from 'node:fs';
import { backupSqlite, openSqlite } from '../db/sqlite-dialect.js';
import { StartProblem } from '../platforms/platform.js';
import { configuration, tell } from './environment.js';

/** Copies the database into a new file and checks the copy. The product may go on running meanwhile. */
export async function backup(file: string): Promise<void> {
  const { databaseFile } = configuration();
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
}
