import { chmodSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkEncryption } from '../../src/cli/doctor/check-encryption.js';
import { checkSlack } from '../../src/cli/doctor/check-slack.js';
import { sealAnew } from '../../src/cli/keys-rotate.js';
import { readConfig } from '../../src/config.js';
import { type Database, migrate, openDatabase } from '../../src/db/database.js';
import { slackInstallations } from '../../src/db/slack-installations.js';
import { boxAtHand } from '../../src/encryption.js';
import { startRollcall } from '../../src/main.js';
import { BOT_SCOPES } from '../../src/platforms/slack/manifest.js';
import { createLogger } from '../../src/shared/logger.js';
import { createSecretBox, makeKey, type SecretBox, writeKey } from '../../src/shared/secret-box.js';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import { scratch } from './program.js';

let place: ReturnType<typeof scratch>;
let slack: FakeSlack;

beforeEach(async () => {
  place = scratch();
  slack = await startFakeSlack({ scopes: BOT_SCOPES });
});
afterEach(async () => {
  expect(slack.violations).toEqual([]);
  await slack.stop();
  place.remove();
});

const keyFile = () => place.file('rollcall.db.key');
const configOf = (more: Record<string, string> = {}) =>
  readConfig({
    DATABASE_URL: place.database,
    SLACK_CLIENT_ID: slack.app.clientId,
    SLACK_CLIENT_SECRET: slack.app.clientSecret,
    SLACK_SIGNING_SECRET: slack.app.signingSecret,
    SLACK_API_URL: slack.apiUrl,
    PORT: '0',
    ...more,
  });
const writeNewKey = () => writeFileSync(keyFile(), writeKey(makeKey()), { mode: 0o600 });
const anInstallation = (token: string) => ({
  id: 'T1',
  isEnterprise: false,
  name: 'Riverbend',
  bot: { token, id: 'B1', userId: 'U1' },
  installedAt: DateTime.fromISO('2026-03-01T12:00:00Z', { zone: 'utc' }),
});

async function inDatabase<Result>(work: (database: Database) => Promise<Result>): Promise<Result> {
  const database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
  return work(database).finally(() => database.close());
}
const keep = (box: SecretBox, token = 'xoxb-kept') =>
  inDatabase(({ connection }) => slackInstallations(connection, box).save(anInstallation(token)));
const kept = (box: SecretBox) =>
  inDatabase(async ({ connection }) => (await slackInstallations(connection, box).list()).installations[0]?.bot.token);

/** The doctor's findings as it prints them. */
const encryption = async (more: Record<string, string> = {}) =>
  (await checkEncryption(configOf(more))).map(({ verdict, about, detail }) => `${verdict} ${about}: ${detail}`);
const slackFindings = async (more: Record<string, string> = {}) => {
  const config = configOf(more);
  if (!config.slack) throw new Error('Slack is not configured.');
  const findings = await checkSlack(config.slack, config);
  return findings.map(({ verdict, about, detail }) => `${verdict} ${about}: ${detail}`).join('\n');
};

describe('the doctor', () => {
  it('says where the key is, who can read it, and what does not open', async () => {
    expect(await encryption()).toEqual([expect.stringMatching(/^look .*the first start makes a key/)]);
    writeNewKey();
    await keep(boxAtHand(configOf()));
    expect(await encryption()).toEqual([
      expect.stringMatching(/^look Encryption: the key is in .*rollcall\.db\.key/),
      'fine Secrets: all 1 open.',
    ]);
    chmodSync(keyFile(), 0o644);
    expect((await encryption())[0]).toMatch(/^wrong Encryption: others .* chmod 600/);
    writeNewKey();
    expect((await encryption())[1]).toMatch(/^wrong Secrets: 1 of 1 open with none of the keys/);
    writeFileSync(keyFile(), 'a password');
    expect(await encryption()).toEqual([expect.stringMatching(/^wrong Encryption: .*does not hold a key/)]);
  });

  it('checks an app that many install: its secrets, its address, and each installation', async () => {
    const PUBLIC_URL = 'https://rollcall.example.org';
    const empty = await slackFindings({ PUBLIC_URL });
    expect(empty).toContain('fine Slack app: its id and secret are right.');
    expect(empty).toContain(`fine PUBLIC_URL: people install the app at ${PUBLIC_URL}/slack/install`);
    expect(empty).toContain(`look Slack installations: none yet. Open ${PUBLIC_URL}/slack/install.`);
    expect(empty).not.toContain('wrong');
    writeNewKey();
    await keep(boxAtHand(configOf()));
    const dead = await slackFindings({ SLACK_CLIENT_SECRET: 'wrong', PUBLIC_URL: 'http://rollcall.example.org' });
    expect(dead).toContain('wrong Slack app: SLACK_CLIENT_SECRET is refused.');
    expect(dead).toContain('wrong PUBLIC_URL: http://rollcall.example.org is not https');
    expect(dead).toContain('wrong Slack in “Riverbend”: its token is refused (invalid_auth).');
    await keep(boxAtHand(configOf()), slack.botToken);
    expect(await slackFindings()).toContain('fine Slack in “Riverbend”: all granted.');
    slack.workspace.grants(BOT_SCOPES.filter((scope) => scope !== 'users:read.email'));
    expect(await slackFindings()).toContain(
      'look Slack in “Riverbend”: all that is needed is granted. With users:read.email as well, guests on lu.ma',
    );
    slack.workspace.grants(['commands']);
    expect(await slackFindings()).toMatch(/wrong Slack in “Riverbend”: .*users:read.* not granted/);
  });
});

describe('changing the key', () => {
  it('puts a new one in the place of the file’s, for its owner alone', async () => {
    writeNewKey();
    const old = boxAtHand(configOf());
    await keep(old);
    await sealAnew(configOf());
    expect(statSync(keyFile()).mode & 0o777).toBe(0o600);
    expect(await kept(boxAtHand(configOf()))).toBe('xoxb-kept');
    expect(await kept(old)).toBeUndefined();
  });

  it('takes the first of ENCRYPTION_KEY, also when it moves there from the file', async () => {
    writeNewKey();
    await keep(boxAtHand(configOf()));
    const newest = makeKey();
    const setting = { ENCRYPTION_KEY: writeKey(newest) };
    expect(await encryption(setting)).toEqual([
      'fine Encryption: the key is in ENCRYPTION_KEY.',
      expect.stringMatching(/^look Secrets: 1 of 1 still need an old key/),
    ]);
    await sealAnew(configOf(setting));
    expect(await kept(createSecretBox([newest]))).toBe('xoxb-kept');
    expect(await encryption(setting)).toEqual([expect.anything(), 'fine Secrets: all 1 open.']);
  });

  it('does not happen while the product runs, nor when a secret stays closed', async () => {
    writeNewKey();
    const before = readFileSync(keyFile(), 'utf8');
    await inDatabase(async () => {
      await expect(sealAnew(configOf())).rejects.toThrow('Stop Rollcall first');
    });
    await keep(createSecretBox([makeKey()]));
    await expect(sealAnew(configOf())).rejects.toThrow('nothing was changed');
    expect(readFileSync(keyFile(), 'utf8').trim()).toBe(before.trim());
  });
});

it('does not start with a key that opens no installation, and says what to put back', async () => {
  await keep(createSecretBox([makeKey()]));
  const config = configOf({ ENCRYPTION_KEY: writeKey(makeKey()) });
  const logger = createLogger('silent');
  await expect(startRollcall(config, { logger })).rejects.toThrow(/encrypted with another key than ENCRYPTION_KEY/);
});
