import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Installation } from '../platforms/slack/installations.js';
import { createSecretBox, makeKey } from '../shared/secret-box.js';
import { type Database, migrate, openDatabase } from './database.js';
import { checkSecrets, resealSecrets, SEALED_COLUMNS } from './sealed-columns.js';
import { slackInstallations } from './slack-installations.js';

const noon = DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' });
const anInstallation = (more: Partial<Installation> = {}): Installation => ({
  id: 'T1',
  isEnterprise: false,
  name: 'Riverbend',
  bot: { token: 'xoxb-very-secret', id: 'B1', userId: 'U1' },
  installedAt: noon,
  ...more,
});

let folder: string;
let database: Database;
const [key, otherKey] = [makeKey(), makeKey()];
const box = createSecretBox([key]);

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-installations-'));
  database = openDatabase(join(folder, 'rollcall.db'));
  await migrate(database.connection);
});
afterEach(async () => {
  await database.close();
  rmSync(folder, { recursive: true, force: true });
});

const inFile = (text: string) => {
  database.sqlite.pragma('wal_checkpoint(TRUNCATE)');
  return readFileSync(join(folder, 'rollcall.db')).includes(text);
};

describe('Slack installations', () => {
  it('come back as they were kept, and their token is nowhere in the file', async () => {
    const store = slackInstallations(database.connection, box);
    const [one, org] = [anInstallation(), anInstallation({ id: 'E1', isEnterprise: true, name: 'Big & Co' })];
    await store.save(one);
    await store.save(org);
    expect(await store.list()).toEqual({ installations: [org, one], closed: [] });
    expect(inFile('Riverbend')).toBe(true);
    expect(inFile('very-secret')).toBe(false);
  });

  it('are gone with their token once taken back, and whole again once given again', async () => {
    const store = slackInstallations(database.connection, box);
    await store.save(anInstallation());
    await store.revoke('T1', noon.plus({ hours: 1 }));
    await store.revoke('T1', noon.plus({ hours: 2 }));
    expect(await store.list()).toEqual({ installations: [], closed: [] });
    expect(await store.countRevoked()).toBe(1);
    const again = anInstallation({
      installedAt: noon.plus({ hours: 3 }),
      bot: { token: 'new', id: 'B2', userId: 'U2' },
    });
    await store.save(again);
    expect(await store.list()).toEqual({ installations: [again], closed: [] });
    expect(await store.countRevoked()).toBe(0);
  });

  it('do not open in one another’s place, nor with another key, and are named', async () => {
    const store = slackInstallations(database.connection, box);
    await store.save(anInstallation());
    await store.save(anInstallation({ id: 'T2' }));
    database.sqlite.exec(
      "update slack_installations set sealed_bot = (select sealed_bot from slack_installations where id = 'T1') where id = 'T2'",
    );
    expect(await store.list()).toMatchObject({
      installations: [{ id: 'T1' }],
      closed: [{ id: 'T2', code: 'not-sound' }],
    });
    const elsewhere = slackInstallations(database.connection, createSecretBox([otherKey]));
    expect((await elsewhere.list()).closed.map(({ code }) => code)).toEqual(['unknown-key', 'unknown-key']);
  });

  it('remember which workspaces an org-wide one reaches', async () => {
    const store = slackInstallations(database.connection, box);
    await store.save(anInstallation({ id: 'E1', isEnterprise: true }));
    await store.noteTeam({ teamId: 'T7', installationId: 'E1' });
    await store.noteTeam({ teamId: 'T7', installationId: 'E1' });
    expect(await store.listTeams()).toEqual([{ teamId: 'T7', installationId: 'E1' }]);
  });
});

describe('changing the key', () => {
  it('seals everything anew, so that the old key opens nothing and is not needed', async () => {
    await slackInstallations(database.connection, box).save(anInstallation());
    const rotating = createSecretBox([otherKey, key]);
    expect(await checkSecrets(database.connection, rotating)).toEqual({ secrets: 1, current: 0, closed: 0 });
    expect(await resealSecrets(database.connection, rotating)).toBe(1);
    expect(await resealSecrets(database.connection, rotating)).toBe(0);
    const renewed = createSecretBox([otherKey]);
    expect(await checkSecrets(database.connection, renewed)).toEqual({ secrets: 1, current: 1, closed: 0 });
    expect(await checkSecrets(database.connection, box)).toEqual({ secrets: 1, current: 0, closed: 1 });
    expect((await slackInstallations(database.connection, renewed).list()).installations).toEqual([anInstallation()]);
  });

  it('changes nothing when one secret does not open', async () => {
    const store = slackInstallations(database.connection, box);
    await store.save(anInstallation());
    await slackInstallations(database.connection, createSecretBox([makeKey()])).save(anInstallation({ id: 'T2' }));
    const rotating = createSecretBox([otherKey, key]);
    await expect(resealSecrets(database.connection, rotating)).rejects.toThrow('unknown-key');
    expect(await checkSecrets(database.connection, box)).toEqual({ secrets: 2, current: 1, closed: 1 });
  });

  it('leaves no sealed column out', async () => {
    const tables = await database.connection.introspection.getTables();
    const sealed = tables.flatMap(({ name, columns }) =>
      columns.filter((column) => column.name.startsWith('sealed_')).map((column) => `${name}.${column.name}`),
    );
    expect(SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`).sort()).toEqual(sealed.sort());
  });
});
