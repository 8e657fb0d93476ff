import { createRequire } from 'node:module';
import type BetterSqlite from 'better-sqlite3';

/**
 * The SQLite library that fits the Node at hand; both have the same interface. better-sqlite3 12 aborts current
 * releases of Node 24 when one of its objects is collected (`RemoveEnvironmentCleanupHook`, "(env) != nullptr"), and 13
 * does not run on Node 20. See docs/decisions/0003.
 */
const PACKAGE = Number(process.versions.node.split('.')[0]) >= 22 ? 'better-sqlite3-13' : 'better-sqlite3';

export const SQLite: typeof BetterSqlite = createRequire(import.meta.url)(PACKAGE);

/** An open database file. */
export type SqliteFile = BetterSqlite.Database;
export type SqliteStatement = BetterSqlite.Statement;
