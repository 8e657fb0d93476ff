import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from './database.js';
import { prepared } from './prepared.js';

let database: Database;
beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
});
afterEach(() => database.close());

const factsBetween = prepared((db, from: string, to: string) =>
  db.selectFrom('facts').selectAll().where('name', '>=', from).where('name', '<=', to).orderBy('name').limit(10),
);

it('gives each run its own arguments, in their places, inside a transaction too', async () => {
  const { connection } = database;
  for (const name of ['a', 'b', 'c', 'd']) await connection.insertInto('facts').values({ name, value: name }).execute();
  const names = async (from: string, to: string) => (await factsBetween(connection, from, to)).map(({ name }) => name);
  expect(await names('a', 'b')).toEqual(['a', 'b']);
  expect(await names('c', 'z')).toEqual(['c', 'd']);
  expect(await names('b', 'a')).toEqual([]);
  await connection.transaction().execute(async (inside) => {
    await inside.deleteFrom('facts').where('name', '=', 'c').execute();
    expect((await factsBetween(inside, 'a', 'z')).map(({ name }) => name)).toEqual(['a', 'b', 'd']);
  });
});

it('takes hostile values as values', async () => {
  expect(await factsBetween(database.connection, "'; drop table facts; --", '?')).toEqual([]);
  expect(await factsBetween(database.connection, 'a', 'z')).toEqual([]);
});
