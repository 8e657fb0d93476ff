import { migrate, openDatabase } from '../db/database.js';
import { configuration, tell } from './environment.js';

/** Brings the database up to date and says which migrations ran. */
export async function migrateDatabase(): Promise<void> {
  const database = openDatabase(configuration().databaseFile);
  try {
    const ran = await migrate(database.connection);
    tell(ran.length === 0 ? 'the database is up to date.' : `migrated: ${ran.join(', ')}`);
  } finally {
    await database.close();
  }
}
