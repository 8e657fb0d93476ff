import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { SQLite } from '../../src/db/sqlite-driver.js';
import { startFakeDiscord } from '../fakes/discord/fake-discord.js';
import { startFakeSlack } from '../fakes/slack/fake-slack.js';
import { type Running, rollcall, scratch } from './program.js';

let place: ReturnType<typeof scratch>;
const running: Running[] = [];

beforeEach(() => {
  place = scratch();
});
afterEach(async () => {
  for (const { child, ended } of running.splice(0)) {
    child.kill('SIGKILL');
    await ended;
  }
  place.remove();
});

const base = () => ({ DATABASE_URL: place.database, PORT: '0' });
const run = (args: string[], environment: Record<string, string> = {}) =>
  rollcall(args, { ...base(), ...environment }).ended;
const start = (environment: Record<string, string> = {}): Running => {
  const one = rollcall(['start'], { ...base(), ...environment });
  running.push(one);
  return one;
};
const portOf = async (one: Running) => Number((await one.says(/"port":(\d+)/))[1]);
const count = (table: string, file = place.file('rollcall.db')) => {
  const sqlite = new SQLite(file, { readonly: true });
  const { n } = sqlite.prepare(`select count(*) as n from ${table}`).get() as { n: number };
  sqlite.close();
  return n;
};

describe('rollcall start', () => {
  it('serves the playground with demo data when there is no token, and ends with 0 on SIGTERM', async () => {
    const one = start();
    const port = await portOf(one);
    await one.says(/http:\/\/localhost:\d+/);
    const get = (path: string) => fetch(`http://127.0.0.1:${port}${path}`);
    expect(await (await get('/healthz')).json()).toEqual({ ok: true });
    const ready = (await (await get('/readyz')).json()) as { checks: { name: string; detail: string }[] };
    expect(ready.checks.map(({ name }) => name)).toEqual(['database', 'playground', 'scheduler', 'outbox']);
    expect(ready.checks.at(-2)?.detail).toMatch(/^looked at \S+$/);
    expect(ready.checks.at(-1)?.detail).toBe('nothing is held back');
    const metrics = async () => (await get('/metrics')).text();
    expect(await metrics()).toMatch(/rollcall_platform_up\{platform="playground"\} 1/);
    expect(await metrics()).toMatch(/rollcall_outbox_due 0\n/);
    await one.says(/"job":"maintenance","state":"done"/);
    const fared = await metrics();
    expect(fared).toContain('rollcall_job_runs_total{job="maintenance",outcome="done"} 1');
    for (const figure of ['last_success_timestamp_seconds', 'last_duration_seconds', 'next_due_timestamp_seconds'])
      expect(fared).toMatch(new RegExp(`rollcall_job_${figure}\\{job="maintenance"\\} [\\d.e+]+`));
    expect(count('orgs')).toBeGreaterThanOrEqual(40);
    expect(count('members')).toBe(300);
    await one.says(/ENCRYPTION_KEY is not set: made a key beside the database/);
    expect(statSync(place.file('rollcall.db.key')).mode & 0o777).toBe(0o600);
    one.child.kill('SIGTERM');
    const { code, out, err } = await one.ended;
    expect(code).toBe(0);
    expect(out + err).not.toContain(readFileSync(place.file('rollcall.db.key'), 'utf8').trim());
  });

  it('keeps what is in the database: a second start adds no demo data', async () => {
    const first = start();
    await portOf(first);
    first.child.kill('SIGKILL');
    await first.ended;
    const second = start();
    await portOf(second);
    expect(count('members')).toBe(300);
  });

  it('lists every bad variable with an example, and ends with 2', async () => {
    const { code, err } = await run(['start'], { PORT: 'x', LOG_LEVEL: 'loud', SLACK_BOT_TOKEN: 'xoxb-1' });
    expect(code).toBe(2);
    for (const name of ['PORT', 'LOG_LEVEL', 'SLACK_APP_TOKEN'])
      expect(err).toMatch(new RegExp(`rollcall: ${name} .*such as`));
    expect(err).not.toContain('at ');
  });

  it('says what to change when the port is taken, and ends with 2', async () => {
    const server = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => server.once('listening', resolve));
    const { port } = server.address() as AddressInfo;
    const { code, err } = await run(['start'], { PORT: String(port) });
    server.close();
    expect(code).toBe(2);
    expect(err).toContain(`Port ${port} is taken`);
    expect(err).toContain(`PORT=${port + 1} npm start`);
  });

  it('says which token is wrong and how to get one, and ends with 2', async () => {
    const discord = await startFakeDiscord();
    const slack = await startFakeSlack();
    const wrongDiscord = await run(['start'], { DISCORD_TOKEN: 'x'.repeat(60), DISCORD_API_URL: discord.apiUrl });
    expect([wrongDiscord.code, wrongDiscord.err]).toEqual([
      2,
      expect.stringMatching(/DISCORD_TOKEN[\s\S]*discord\.com\/developers/),
    ]);
    const tokens = { SLACK_API_URL: slack.apiUrl, SLACK_BOT_TOKEN: slack.botToken, SLACK_APP_TOKEN: slack.appToken };
    const wrongBot = await run(['start'], { ...tokens, SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect([wrongBot.code, wrongBot.err]).toEqual([2, expect.stringMatching(/SLACK_BOT_TOKEN[\s\S]*api\.slack\.com/)]);
    const wrongApp = await run(['start'], { ...tokens, SLACK_APP_TOKEN: 'xapp-wrong' });
    expect([wrongApp.code, wrongApp.err]).toEqual([2, expect.stringMatching(/SLACK_APP_TOKEN[\s\S]*api\.slack\.com/)]);
    for (const { out, err } of [wrongDiscord, wrongBot, wrongApp])
      expect(out + err).not.toMatch(/xxxxxx|xoxb-wrong|xapp-wrong/);
    await discord.stop();
    await slack.stop();
  });
});

describe('backup and restore', () => {
  it('copy the database while the product runs, and put it back when it is stopped', async () => {
    const one = start();
    await portOf(one);
    const copy = place.file('copy.db');
    expect((await run(['backup', copy])).code).toBe(0);
    expect(count('members', copy)).toBe(300);
    const refused = await run(['restore', copy]);
    expect([refused.code, refused.err]).toEqual([2, expect.stringContaining('Stop Rollcall first')]);
    one.child.kill('SIGTERM');
    await one.ended;
    const sqlite = new SQLite(place.file('rollcall.db'));
    sqlite.exec('delete from members');
    sqlite.close();
    const restored = await run(['restore', copy]);
    expect([restored.code, restored.err]).toEqual([0, expect.stringContaining('kept as')]);
    expect(count('members')).toBe(300);
  });

  it('never write over a file', async () => {
    await run(['migrate']);
    writeFileSync(place.file('there.db'), 'mine');
    const { code, err } = await run(['backup', place.file('there.db')]);
    expect([code, err]).toEqual([2, expect.stringContaining('there already')]);
  });

  it('refuse what is no sound backup, and change nothing', async () => {
    await run(['demo']);
    writeFileSync(place.file('junk.db'), 'this is not a database, whatever its name says'.repeat(100));
    new SQLite(place.file('other.db')).exec('create table x (y)').close();
    await run(['migrate'], { DATABASE_URL: `file:${place.file('newer.db')}` });
    new SQLite(place.file('newer.db')).exec("insert into kysely_migration values ('2099-01-01', '2099')").close();
    for (const [name, words] of [
      ['none.db', 'no file'],
      ['junk.db', 'not a sound'],
      ['other.db', 'not a Rollcall'],
      ['newer.db', 'newer Rollcall'],
    ] as const) {
      const { code, err } = await run(['restore', place.file(name)]);
      expect([code, err]).toEqual([2, expect.stringContaining(words)]);
    }
    expect(count('members')).toBe(300);
  });
});

describe('rollcall demo', () => {
  it('fills an empty database once, and leaves one with orgs as it is', async () => {
    expect((await run(['demo'])).code).toBe(0);
    const again = await run(['demo']);
    expect([again.code, again.err]).toEqual([2, expect.stringContaining('never mixes with real data')]);
    expect(count('members')).toBe(300);
  });
});

describe('rollcall migrate', () => {
  it('makes the database, and says so; then says that there is nothing to do', async () => {
    expect((await run(['migrate'])).err).toContain('migrated: 2026-11-22T14-00-ground-floor');
    expect((await run(['migrate'])).err).toContain('up to date');
  });
});

describe('rollcall slack manifest', () => {
  it('prints JSON that has every command, renamed by the prefix, without any token', async () => {
    const { code, out } = await run(['slack', 'manifest'], { SLACK_COMMAND_PREFIX: 'rc-' });
    const manifest = JSON.parse(out) as { features: { slash_commands: { command: string }[] } };
    expect(code).toBe(0);
    const commands = manifest.features.slash_commands.map(({ command }) => command);
    expect(commands).toEqual(expect.arrayContaining(['/rc-orgs', '/rc-profile', '/rc-manage', '/rc-help']));
  });

  it('names the public address for an app that many install, and says so when there is none', async () => {
    const app = { SLACK_CLIENT_ID: '1.2', SLACK_CLIENT_SECRET: 'x', SLACK_SIGNING_SECRET: 'y' };
    const { code, out } = await run(['slack', 'manifest'], { ...app, PUBLIC_URL: 'https://rollcall.example.org/' });
    expect([code, JSON.parse(out)]).toMatchObject([
      0,
      {
        oauth_config: { redirect_urls: ['https://rollcall.example.org/slack/oauth_redirect'] },
        settings: { event_subscriptions: { request_url: 'https://rollcall.example.org/slack/events' } },
      },
    ]);
    const without = await run(['slack', 'manifest'], app);
    expect([without.code, without.err]).toEqual([2, expect.stringContaining('PUBLIC_URL is not set')]);
  });
});

describe('rollcall discord register', () => {
  it('registers every command', async () => {
    const discord = await startFakeDiscord();
    const tokens = { DISCORD_TOKEN: discord.token, DISCORD_API_URL: discord.apiUrl };
    const { code, err } = await run(['discord', 'register'], tokens);
    expect([code, err]).toEqual([0, expect.stringContaining('registered')]);
    expect(
      discord
        .commands()
        .map(({ name }) => name)
        .sort(),
    ).toEqual(['attendance', 'crm', 'events', 'help', 'manage', 'notify', 'orgs', 'profile']);
    expect(discord.violations).toEqual([]);
    await discord.stop();
  });

  it('says what is missing without a token', async () => {
    expect((await run(['discord', 'register'])).err).toContain('DISCORD_TOKEN is not set');
  });
});

describe('rollcall doctor', () => {
  it('finds nothing wrong in a fresh checkout', async () => {
    const { code, out } = await run(['doctor']);
    expect([code, out]).toEqual([0, expect.stringContaining('All is well.')]);
    expect(existsSync(place.file('rollcall.db'))).toBe(false);
  });

  it('finds what is wrong with each platform, says what to mend, and ends with 1', async () => {
    const discord = await startFakeDiscord();
    const slack = await startFakeSlack({ scopes: ['commands', 'chat:write'] });
    const environment = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_API_URL: slack.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
    };
    const first = await run(['doctor'], environment);
    expect(first.code).toBe(1);
    expect(first.out).toMatch(/WRONG {2}Discord commands: .*npx rollcall discord register/);
    expect(first.out).toMatch(/WRONG {2}Slack scopes: .*users:read.* not granted/);
    expect(first.out).toMatch(/look {3}Discord rights: it is in no server yet/);
    expect(first.out).toMatch(/ok {5}Discord token: valid/);
    await run(['discord', 'register'], environment);
    const second = await run(['doctor'], environment);
    expect(second.out).toMatch(/ok {5}Discord commands/);
    const wrongTokens = await run(['doctor'], {
      ...environment,
      DISCORD_TOKEN: 'x'.repeat(60),
      SLACK_BOT_TOKEN: 'xoxb-no',
    });
    expect(wrongTokens.out).toMatch(/WRONG {2}Discord token: DISCORD_TOKEN is not valid/);
    expect(wrongTokens.out).toMatch(/WRONG {2}Slack bot token: SLACK_BOT_TOKEN is refused \(invalid_auth\)/);
    await discord.stop();
    await slack.stop();
  });

  it('finds a damaged database', async () => {
    writeFileSync(place.file('rollcall.db'), 'damage'.repeat(2_000));
    const { code, out } = await run(['doctor']);
    expect([code, out]).toEqual([1, expect.stringMatching(/WRONG {2}Database: .*damaged/)]);
  });
});
