import type { Facts } from '../shared/facts.js';
import type { Connection } from './database.js';

/** Facts in the database. */
export function facts(db: Connection): Facts {
  return {
    async find(name) {
      const row = await db.selectFrom('facts').select('value').where('name', '=', name).executeTakeFirst();
      return row?.value;
    },
    async save(name, value) {
      await db
        .insertInto('facts')
        .values({ name, value })
        .onConflict((conflict) => conflict.column('name').doUpdateSet({ value }))
        .execute();
    },
  };
}
