import {
  CompiledQuery,
  type CreateTableNode,
  type DatabaseConnection,
  type Dialect,
  type Driver,
  SqliteAdapter,
  type SqliteDialect,
  SqliteDriver,
  SqliteIntrospector,
  SqliteQueryCompiler,
} from 'kysely';
import { SQLite, type SqliteFile, type SqliteStatement } from './sqlite-driver.js';

/**
 * Everything that only SQLite can or must do stands in this file: pragmas, STRICT tables, taking the write lock at the
 * start of a transaction, backup, upkeep. The rest of the code speaks Kysely and would run on PostgreSQL.
 */

/** How long a statement waits for another process's write lock, in milliseconds. */
const BUSY_TIMEOUT_MS = 5_000;

/** How long emptying the log waits for another process that reads, in milliseconds. */
const LOG_TIMEOUT_MS = 200;

/** Statements kept compiled; the product has a few hundred, and lists of ids make some more. */
const KEPT_STATEMENTS = 500;

/** Opens the file with the settings that the code relies on. */
export function openSqlite(file: string, options: { isReadOnly?: boolean } = {}): SqliteFile {
  const sqlite = new SQLite(file, { readonly: options.isReadOnly ?? false });
  sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
  if (!options.isReadOnly) {
    sqlite.pragma('journal_mode = WAL');
    sqlite.pragma('synchronous = NORMAL');
    // Deleted rows are overwritten with zeros, so that what a member erased is not left in the file.
    sqlite.pragma('secure_delete = ON');
  }
  sqlite.pragma('foreign_keys = ON');
  sqlite.pragma('temp_store = MEMORY');
  sqlite.pragma('cache_size = -65536');
  return sqlite;
}

/** Kysely on an open SQLite file. */
export function sqliteDialect(sqlite: SqliteFile): Dialect {
  const prepared = keepingStatements(sqlite);
  return {
    createAdapter: () => new SqliteAdapter(),
    createDriver: () => new ImmediateDriver({ database: prepared }),
    createIntrospector: (db) => new SqliteIntrospector(db),
    createQueryCompiler: () => new StrictTablesCompiler(),
  };
}

/** Hands out each statement compiled once, the least recently used making room. */
function keepingStatements(sqlite: SqliteFile): ConstructorParameters<typeof SqliteDialect>[0]['database'] & object {
  const kept = new Map<string, SqliteStatement>();
  return {
    close: () => sqlite.close(),
    prepare(text: string) {
      const known = kept.get(text);
      if (known) {
        kept.delete(text);
        kept.set(text, known);
        return known;
      }
      const statement = sqlite.prepare(text);
      kept.set(text, statement);
      const oldest = kept.size > KEPT_STATEMENTS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
      return statement;
    },
  } as never;
}

/**
 * Takes the write lock when a transaction starts. A deferred one that has read cannot wait for a lock held by another
 * process: SQLite fails it at once (https://www.sqlite.org/lang_transaction.html), whatever the busy timeout.
 */
class ImmediateDriver extends SqliteDriver implements Driver {
  override async beginTransaction(connection: DatabaseConnection): Promise<void> {
    await connection.executeQuery(CompiledQuery.raw('begin immediate'));
  }
}

/** Creates every table of the product STRICT, so that a column holds only what its type says. */
class StrictTablesCompiler extends SqliteQueryCompiler {
  protected override visitCreateTable(node: CreateTableNode): void {
    super.visitCreateTable(node);
    // Kysely's own migration tables have column types that STRICT does not know.
    const isKyselys = node.table.table.identifier.name.startsWith('kysely_');
    if (!isKyselys) this.append(' strict');
  }
}

/** How long a write of another process may stay unseen by what is remembered, in milliseconds. */
const OTHERS_SEEN_WITHIN_MS = 25;

/**
 * A text that differs after every write: by this connection, committed or not, and by any other process once committed
 * (https://www.sqlite.org/pragma.html#pragma_data_version). Asking about other processes takes the file's locks, so it is
 * done a few times a blink of an eye, and not for each of a hundred commands.
 */
export function changeStamp(sqlite: SqliteFile): () => string {
  const byOthers = sqlite.prepare('pragma data_version').pluck();
  const byThis = sqlite.prepare('select total_changes()').pluck();
  let others: unknown;
  let askedAtMs = Number.NEGATIVE_INFINITY;
  return () => {
    const nowMs = performance.now();
    if (nowMs - askedAtMs >= OTHERS_SEEN_WITHIN_MS) {
      others = byOthers.get();
      askedAtMs = nowMs;
    }
    return `${others}:${byThis.get()}`;
  };
}

/** Copies the open database into a file, while others go on writing; then checks the copy. */
export async function backupSqlite(sqlite: SqliteFile, toFile: string): Promise<void> {
  await sqlite.backup(toFile);
  const copy = new SQLite(toFile, { readonly: true });
  try {
    checkIntegrity(copy);
  } finally {
    copy.close();
  }
}

/** @throws Error naming the first fault that SQLite finds in the file. */
export function checkIntegrity(sqlite: SqliteFile): void {
  const verdict = sqlite.pragma('integrity_check', { simple: true });
  if (verdict !== 'ok') throw new Error(`The database file is damaged: ${String(verdict)}`);
}

/** Daily upkeep: fresh statistics for the planner, and the write-ahead log folded back into the file. */
export function tendSqlite(sqlite: SqliteFile): void {
  sqlite.pragma('optimize');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
}

/**
 * Folds the write-ahead log back into the file and empties it: it holds pages as they were before rows were erased.
 * When another process reads just now, the daily upkeep does it.
 */
export function emptyLog(sqlite: SqliteFile): void {
  // Waiting would stop everybody: the checkpoint is one synchronous call.
  sqlite.pragma(`busy_timeout = ${LOG_TIMEOUT_MS}`);
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.pragma(`busy_timeout = ${BUSY_TIMEOUT_MS}`);
}

/** The names of the migrations that a database file has seen, in order; none for a file of another kind. */
export function listMigrationsRun(sqlite: SqliteFile): string[] {
  const table = sqlite.prepare("select 1 from sqlite_master where type = 'table' and name = 'kysely_migration'").get();
  if (!table) return [];
  const rows = sqlite.prepare('select name from kysely_migration order by timestamp, name').all();
  return rows.map((row) => String((row as { name: unknown }).name));
}

/** Whether another process has the file open. */
export function isInUse(file: string): boolean {
  const sqlite = new SQLite(file, { timeout: 100 });
  try {
    // In exclusive mode SQLite takes the whole write-ahead index for itself, which fails beside any other connection.
    sqlite.pragma('locking_mode = EXCLUSIVE');
    sqlite.exec('begin exclusive; rollback');
    return false;
  } catch {
    return true;
  } finally {
    sqlite.close();
  }
}
