import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '../database.js';
import { LISTED_TABLES } from './personal-data.js';

let database: Database;

beforeAll(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
});
afterAll(() => database.close());

const rows = (query: string, ...values: string[]) =>
  database.sqlite.prepare(query).all(...values) as Record<string, unknown>[];

/** The product's own tables as they really are; search indexes hold orgs and places, and have tables of their own. */
const tables = () =>
  rows("select name from pragma_table_list where schema = 'main' and type = 'table'")
    .map(({ name }) => String(name))
    .filter((name) => !/^(sqlite_|kysely_)/.test(name));

const columnsOf = (table: string) => rows('select name, pk from pragma_table_info(?)', table);

/** Columns that refer to a member by foreign key. */
const memberColumnsOf = (table: string) =>
  rows('select "from" as name from pragma_foreign_key_list(?) where "table" = \'members\'', table).map(({ name }) =>
    String(name),
  );

/** The sets of columns that are unique together, without their owner columns, for each owner column among them. */
const uniqueWith = (table: string, owner: string) =>
  rows('select name from pragma_index_list(?) where "unique" = 1', table)
    .map(({ name }) => rows('select name from pragma_index_info(?)', String(name)).map((column) => String(column.name)))
    .filter((columns) => columns.includes(owner))
    .map((columns) => columns.filter((column) => column !== owner));

describe('the list of what is held about people', () => {
  it('has every table and every column of the database, and no other', () => {
    expect(LISTED_TABLES.map(({ name }) => name).sort()).toEqual(tables().sort());
    for (const { name, columns } of LISTED_TABLES) {
      expect({ [name]: Object.keys(columns).sort() }).toEqual({
        [name]: columnsOf(name)
          .map((column) => String(column.name))
          .sort(),
      });
    }
  });

  it('has every column that refers to a member as one by which rows are found', () => {
    for (const { name, owners, columns } of LISTED_TABLES.filter((table) => table.name !== 'members')) {
      const listed = owners.map(({ column }) => column).sort();
      expect({ [name]: listed }).toEqual({ [name]: memberColumnsOf(name).sort() });
      const marked = Object.keys(columns).filter((column) => columns[column]?.holds === 'owner');
      expect({ [name]: marked.sort() }).toEqual({ [name]: listed });
    }
  });

  it('says of no column that it is nobody’s when its name tells of a person', () => {
    const suspicious = LISTED_TABLES.flatMap(({ name, columns }) =>
      Object.keys(columns)
        .filter((column) => columns[column]?.holds === 'nobody')
        .filter((column) => /member|identity|account|person|actor|user|email|phone|typed|told|(^|_)by$/.test(column))
        .map((column) => `${name}.${column}`),
    );
    expect(suspicious).toEqual([]);
  });

  it('knows the primary keys, and what makes a member’s row unique', () => {
    for (const { name, key, owners } of LISTED_TABLES) {
      const primary = columnsOf(name)
        .filter(({ pk }) => Number(pk) > 0)
        .sort((one, other) => Number(one.pk) - Number(other.pk))
        .map((column) => column.name);
      expect({ [name]: key }).toEqual({ [name]: primary });
      if (name === 'members') continue;
      for (const owner of owners) {
        const listed = owner.uniqueWith === undefined ? [] : [[...owner.uniqueWith]];
        expect({ [`${name}.${owner.column}`]: listed }).toEqual({
          [`${name}.${owner.column}`]: uniqueWith(name, owner.column),
        });
      }
    }
  });

  it('shows the member every column about them, under a name of its own', () => {
    for (const { name, owners, columns } of LISTED_TABLES) {
      const personal = Object.entries(columns).flatMap(([column, listing]) =>
        listing.holds === 'person' ? [{ column, label: listing.label }] : [],
      );
      const shown = new Set(owners.flatMap(({ shows }) => shows ?? personal.map(({ column }) => column)));
      expect({ [name]: personal.filter(({ column }) => !shown.has(column)) }).toEqual({ [name]: [] });
      expect(new Set(personal.map(({ label }) => label)).size).toBe(personal.length);
    }
  });

  it('makes no row give way on linking that other rows refer to', () => {
    const givingWay = LISTED_TABLES.filter(({ owners }) => owners.some(({ uniqueWith }) => uniqueWith !== undefined));
    const referredTo = LISTED_TABLES.flatMap(({ name }) =>
      rows('select "table" as target from pragma_foreign_key_list(?)', name).map(({ target }) => target),
    );
    expect(givingWay.map(({ name }) => name).filter((name) => referredTo.includes(name))).toEqual([]);
  });

  it('lets go of rows before those that they refer to, and of members last', () => {
    const order = LISTED_TABLES.map(({ name }) => String(name));
    expect(order.at(-1)).toBe('members');
    for (const table of LISTED_TABLES.filter(({ owners }) => owners.some(({ erasing }) => erasing === 'row goes'))) {
      const keys = rows('select "table" as target, on_delete from pragma_foreign_key_list(?)', table.name);
      const restricting = keys.filter(({ on_delete, target }) => on_delete === 'NO ACTION' && target !== 'orgs');
      for (const { target } of restricting) {
        expect(order.indexOf(table.name)).toBeLessThan(order.indexOf(String(target)));
      }
    }
  });
});
