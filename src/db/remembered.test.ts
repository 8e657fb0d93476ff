import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { type Database, migrate, openDatabase } from './database.js';
import { remembered } from './remembered.js';
import { SQLite } from './sqlite-driver.js';

const member = aMember();
const identity = anIdentity(member.id);
let folder: string;
let file: string;
let database: Database;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-db-'));
  file = join(folder, 'rollcall.db');
  database = openDatabase(file);
  await migrate(database.connection);
  await database.inTransaction(async ({ members }) => {
    await members.add(member);
    await members.addIdentity(identity);
  });
});

afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const nameSeen = async () => {
  const found = await database.inTransaction(({ members }) => members.findByAccount(identity.account), {
    isReadOnly: true,
  });
  return found?.member.profile.name;
};

describe('who is acting, asked again and again', () => {
  it('is as it was last written by this process', async () => {
    expect(await nameSeen()).toBe(member.profile.name);
    await database.inTransaction(({ members }) =>
      members.updateProfile(member.id, { ...member.profile, name: 'Renamed here' }),
    );
    expect(await nameSeen()).toBe('Renamed here');
  });

  it('is as it was last written by another process', async () => {
    expect(await nameSeen()).toBe(member.profile.name);
    const other = new SQLite(file);
    other.prepare('update members set name = ?').run('Renamed elsewhere');
    other.close();
    await vi.waitFor(async () => expect(await nameSeen()).toBe('Renamed elsewhere'));
  });

  it('is not what a transaction wrote that was undone', async () => {
    const undone = database.inTransaction(async ({ members }) => {
      await members.updateProfile(member.id, { ...member.profile, name: 'Never' });
      throw new Error('stopped in between');
    });
    const seen = nameSeen();
    await expect(undone).rejects.toThrow();
    expect([await seen, await nameSeen()]).toEqual([member.profile.name, member.profile.name]);
  });

  it('is forgotten with the person', async () => {
    await nameSeen();
    await database.inTransaction(({ personalData }) => personalData.erase(member.id));
    expect(await nameSeen()).toBeUndefined();
  });
});

describe('a remembered look-up', () => {
  it('asks again only once something was written, and for what it does not know', async () => {
    const asked: string[] = [];
    let writes = 0;
    const find = remembered(
      () => String(writes),
      (key: string) => key,
      async (key) => asked.push(key),
    );
    for (const key of ['a', 'a', 'b', 'a']) await find(key);
    writes += 1;
    await find('a');
    expect(asked).toEqual(['a', 'b', 'a']);
  });

  it('does not keep what was read while something was written', async () => {
    let [value, writes] = ['old', 0];
    const find = remembered(
      () => String(writes),
      () => 'key',
      async () => {
        const read = value;
        await nextTurn();
        return read;
      },
    );
    const reading = find();
    value = 'new';
    writes += 1;
    expect([await reading, await find()]).toEqual(['old', 'new']);
  });
});
