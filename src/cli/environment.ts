import { existsSync } from 'node:fs';
import { Kysely } from 'kysely';
import { type Config, readConfig } from '../config.js';
import { type Connection, type Database, migrate, openDatabase } from '../db/database.js';
import type { Schema } from '../db/schema.js';
import { openSqlite, sqliteDialect } from '../db/sqlite-dialect.js';

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

/** Reads the database file without changing it; nothing when it cannot be read that way. */
export async function withDatabaseAsItIs<Result>(
  file: string,
  work: (connection: Connection) => Promise<Result>,
): Promise<Result | undefined> {
  try {
    const connection = new Kysely<Schema>({ dialect: sqliteDialect(openSqlite(file, { isReadOnly: true })) });
    return await work(connection).finally(() => connection.destroy());
  } catch {
    return undefined;
  }
}

/** Tells the operator something, apart from what a command prints as its result. */
export function tell(text: string): void {
  process.stderr.write(`rollcall: ${text}\n`);
}
