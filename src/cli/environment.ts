import { existsSync } from 'node:fs';
import { type Config, readConfig } from '../config.js';
import { type Database, migrate, openDatabase } from '../db/database.js';

/** The configuration of this process; a file `.env` in the working folder fills in what the environment leaves open. */
export function configuration(): Config {
  if (existsSync('.env')) process.loadEnvFile('.env');
  return readConfig(process.env);
}

/** Opens the configured database, brings it up to date, and closes it after the work. */
export async function withDatabase<Result>(
  config: Config,
  work: (database: Database) => Promise<Result>,
): Promise<Result> {
  const database = openDatabase(config.databaseFile);
  try {
    await migrate(database.connection);
    return await work(database);
  } finally {
    await database.close();
  }
}

/** Tells the operator something, apart from what a command prints as its result. */
export function tell(text: string): void {
  process.stderr.write(`rollcall: ${text}\n`);
}
