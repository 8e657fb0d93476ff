import { seedDemo } from '../demo/seed-demo.js';
import { StartProblem } from '../platforms/platform.js';
import { configuration, tell, withDatabase } from './environment.js';

/** Fills an empty database with the demo community. One that holds orgs already is left as it is. */
export async function demo(): Promise<void> {
  const config = configuration();
  const outcome = await withDatabase(config, (database) => seedDemo(database.inTransaction));
  if (outcome === 'not-empty') {
    throw new StartProblem(
      `${config.databaseFile} holds orgs already, and demo data never mixes with real data. For a demo of its own: DATABASE_URL=file:data/demo.db npx rollcall demo`,
    );
  }
  tell(`the demo community is in ${config.databaseFile}. Run it with: npm start`);
}
