import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Database, migrate, openDatabase } from '../../src/db/database.js';
import { jobRuns } from '../../src/db/job-runs.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import { newSourceId } from '../../src/domain/ids.js';
import type { Account } from '../../src/domain/members/account.js';
import { WELCOME } from '../../src/domain/members/members-service.js';
import { createSecretBox, makeKey } from '../../src/shared/secret-box.js';
import { aMember, anIdentity } from '../builders/members.js';
import { anOrg } from '../builders/orgs.js';
import { aSource } from '../builders/sync.js';
import { type FakeDiscord, startFakeDiscord } from '../fakes/discord/fake-discord.js';
import type { FakeCalendar } from '../fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../fakes/luma/fake-luma.js';
import { type FakeSlack, startFakeSlack } from '../fakes/slack/fake-slack.js';
import { rollcall, scratch } from './program.js';

let place: ReturnType<typeof scratch>;
let database: Database;

beforeEach(async () => {
  place = scratch();
  database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
});
afterEach(async () => {
  await database.close();
  place.remove();
});

/** Each run is a process of its own, which takes some seconds on a busy machine. */
const PATIENCE = { timeout: 120_000 };

const start = (args: string[], environment: Record<string, string> = {}) =>
  rollcall(['job', ...args], { DATABASE_URL: place.database, LOG_LEVEL: 'silent', ...environment });
const run = (args: string[], environment?: Record<string, string>) => start(args, environment).ended;
const runOf = (job: string) => jobRuns(database.connection).find(job);
const ahead = (days: number) => DateTime.utc().plus({ days }).startOf('second');

describe('rollcall job', PATIENCE, () => {
  it('shows what each job does, how it fared, and when it is due', async () => {
    const lines = async () => (await run([])).out.trimEnd().split('\n');
    const [heading, ...before] = await lines();
    expect(heading).toMatch(/^job +what it does +last run \(UTC\) +took +outcome +next run \(UTC\)$/);
    expect(before.find((line) => line.startsWith('maintenance'))).toMatch(/never +now$/);
    expect(before.find((line) => line.startsWith('dispatch'))).toMatch(/never$/);
    await run(['maintenance']);
    const after = (await lines()).find((line) => line.startsWith('maintenance'));
    expect(after).toMatch(/\d{4}-\d\d-\d\d \d\d:\d\d +\d+\.\d s +0 old .* \d{4}-\d\d-\d\d 03:00$/);
  });

  it('tells of a job that fails, that runs, and that was cut off', async () => {
    const runs = jobRuns(database.connection);
    const now = DateTime.utc();
    const lease = { job: 'maintenance', holder: 'another', until: now.plus({ minutes: 1 }) };
    const start = { at: now, startedAt: now, isWanted: () => true };
    const row = async () => (await run([])).out.split('\n').find((line) => line.startsWith('maintenance'));
    await runs.begin(lease, start);
    expect(await row()).toContain('  running  ');
    await runs.renew({ ...lease, until: now.minus({ minutes: 1 }) });
    expect(await row()).toContain('  cut off  ');
    const failed = { state: 'failed', outcome: 'TypeError', isFailure: true, tookMs: 40 } as const;
    await runs.finish(lease, { ...failed, watermarkAt: now, finishedAt: now });
    expect(await row()).toMatch(/0\.0 s +failed: TypeError/);
  });

  it('runs one, says what it did and when it is due next, and ends with 0', async () => {
    const { code, out, err } = await run(['maintenance']);
    expect([code, err]).toEqual([0, expect.stringMatching(/^rollcall: next run: \d{4}-\d\d-\d\d 03:00$/m)]);
    expect(out).toMatch(/^maintenance: 0 old .*, in \d+\.\d s$/m);
    expect(await runOf('maintenance')).toMatchObject({ state: 'done', number: 1, leasedUntil: undefined });
  });

  it('runs one for a moment ahead, which then counts as done', async () => {
    const moment = ahead(40).set({ hour: 12, minute: 0, second: 0 });
    const { code, err } = await run(['maintenance', '--now', moment.toISO() ?? '']);
    expect([code, err]).toEqual([0, expect.stringContaining('is not done again when it comes')]);
    expect(err).toContain(`next run: ${moment.plus({ days: 1 }).toFormat('yyyy-MM-dd')} 03:00`);
    expect((await runOf('maintenance'))?.watermarkAt?.toMillis()).toBe(moment.toMillis());
  });

  it('names the jobs there are, and the nearest, for a name that none has', async () => {
    const { code, err } = await run(['maintainance']);
    expect(code).toBe(2);
    expect(err).toMatch(/no job maintainance\. Did you mean maintenance\? There are: .*dispatch.*maintenance/);
  });

  it.each(['yesterday', '2026', '2026-02-30T10:00:00Z', '10:00'])('takes %s for no moment', async (moment) => {
    const { code, err } = await run(['maintenance', '--now', moment]);
    expect([code, err]).toEqual([2, expect.stringContaining(`${moment} is no moment. Write it like 2026-03-01T09:00`)]);
    expect(await runOf('maintenance')).toBeUndefined();
  });
});

describe('rollcall job luma-sync', PATIENCE, () => {
  let luma: FakeLuma;
  beforeEach(async () => {
    luma = await startFakeLuma();
  });
  afterEach(() => luma.close());

  it('ends with 0 when a calendar fails, names that one and nothing of its key, and brings in the others', async () => {
    const key = makeKey();
    const secrets = sourceSecrets(createSecretBox([key]));
    const org = anOrg();
    await database.inTransaction(({ orgs }) => orgs.add(org));
    const connect = (calendar: FakeCalendar) => {
      const id = newSourceId();
      const access = secrets.sealAccess(id, { kind: 'api', apiKey: calendar.apiKey ?? '' });
      const source = aSource(org.id, { id, access, calendarId: calendar.facts.id, name: calendar.facts.name });
      return database.inTransaction(({ sources }) => sources.add(source)).then(() => id);
    };
    const [good, bad] = [luma.addCalendar({ name: 'Good' }), luma.addCalendar({ name: 'Bad' })];
    good.addEvent({ startAt: ahead(5) });
    const [, badId] = [await connect(good), await connect(bad)];
    const badKey = bad.apiKey ?? 'none';
    bad.revokeKey();
    const { code, out, err } = await run(['luma-sync'], {
      LUMA_API_URL: luma.apiUrl,
      LUMA_ICS_URL: luma.icsUrl,
      ENCRYPTION_KEY: key.export().toString('base64'),
      LOG_LEVEL: 'info',
    });
    expect([code, out]).toEqual([
      0,
      expect.stringMatching(
        new RegExp(`^luma-sync: 1 synced: 1 new, .*; 1 failed: ${badId} \\(key-refused\\), in`, 'm'),
      ),
    ]);
    expect(`${out}${err}`).not.toContain(badKey);
    expect(await runOf('luma-sync')).toMatchObject({ state: 'done', failures: 0 });
    expect(await database.inTransaction(({ sources }) => sources.find(badId))).toMatchObject({
      failures: 1,
      lastProblem: 'key-refused',
    });
  });
});

describe('rollcall job beside a process that is at the job', PATIENCE, () => {
  const hold = async () => {
    const runs = jobRuns(database.connection);
    const now = DateTime.utc();
    const lease = { job: 'maintenance', holder: 'another', until: now.plus({ minutes: 5 }) };
    await runs.begin(lease, { at: now, startedAt: now, isWanted: () => true });
    const ended = { state: 'done', outcome: 'by another', isFailure: false, tookMs: 1 } as const;
    return () => runs.finish(lease, { ...ended, watermarkAt: now, finishedAt: now });
  };

  it('waits until that has finished', async () => {
    const letGo = await hold();
    const waiting = start(['maintenance']);
    await waiting.says(/maintenance is running in another process; waiting for it/);
    await letGo();
    expect((await waiting.ended).code).toBe(0);
    expect(await runOf('maintenance')).toMatchObject({ number: 2, state: 'done' });
  });

  it('gives up after 30 seconds, has done nothing, and ends with 3', async () => {
    await hold();
    const { code, err } = await run(['maintenance']);
    expect([code, err]).toEqual([3, expect.stringContaining('nothing was done')]);
    expect(await runOf('maintenance')).toMatchObject({ number: 1, state: 'running' });
  });
});

describe('rollcall job dispatch', PATIENCE, () => {
  let discord: FakeDiscord;
  let slack: FakeSlack;
  let tokens: Record<string, string>;

  beforeEach(async () => {
    discord = await startFakeDiscord();
    slack = await startFakeSlack();
    tokens = {
      DISCORD_TOKEN: discord.token,
      DISCORD_API_URL: discord.apiUrl,
      SLACK_BOT_TOKEN: slack.botToken,
      SLACK_APP_TOKEN: slack.appToken,
      SLACK_API_URL: slack.apiUrl,
    };
  });
  afterEach(async () => {
    expect([discord.violations, slack.violations]).toEqual([[], []]);
    await discord.stop();
    await slack.stop();
  });

  const welcomeDue = (account: Account, dueAt: DateTime) =>
    database.inTransaction(async ({ members, deliveries }) => {
      const member = aMember();
      await members.add(member);
      await members.addIdentity(anIdentity(member.id, { account }));
      await deliveries.plan({
        dedupeKey: `hello:${member.id}`,
        memberId: member.id,
        kind: WELCOME,
        payload: {},
        dueAt,
      });
    });

  it('sends by itself what is due by then on Discord and Slack, and listens on neither', async () => {
    const ana = discord.addUser({ username: 'ana' });
    ana.joins(discord.addGuild({ name: 'BAISH' }));
    const ben = slack.addUser({ name: 'ben' });
    await welcomeDue({ platform: 'discord', teamId: '', accountId: ana.id }, DateTime.utc());
    await welcomeDue({ platform: 'slack', teamId: slack.workspace.id, accountId: ben.id }, ahead(3));
    const now = await run(['dispatch'], tokens);
    expect([now.code, now.out]).toEqual([0, expect.stringMatching(/^dispatch: 1 message sent, in/m)]);
    expect([ana.inbox().length, ben.inbox().length]).toEqual([1, 0]);
    const later = await run(['dispatch', '--now', ahead(4).toISO() ?? ''], tokens);
    expect([later.code, later.out]).toEqual([0, expect.stringMatching(/^dispatch: 1 message sent, in/m)]);
    expect([ana.inbox().length, ben.inbox().length]).toEqual([1, 1]);
    expect(discord.gatewayCounts.identifies).toBe(0);
    expect(slack.calls('apps.connections.open')).toEqual([]);
    expect(await runOf('dispatch')).toMatchObject({ number: 2, state: 'done' });
  });

  it('says which token is wrong, and leaves what is due alone', async () => {
    await welcomeDue({ platform: 'discord', teamId: '', accountId: '1' }, DateTime.utc());
    const { code, err } = await run(['dispatch'], { ...tokens, DISCORD_TOKEN: 'x'.repeat(60) });
    expect([code, err]).toEqual([2, expect.stringMatching(/Discord does not accept DISCORD_TOKEN/)]);
    const slackToo = await run(['dispatch'], { ...tokens, SLACK_BOT_TOKEN: 'xoxb-wrong' });
    expect([slackToo.code, slackToo.err]).toEqual([2, expect.stringMatching(/SLACK_BOT_TOKEN/)]);
    const deliveries = await database.connection.selectFrom('deliveries').select(['state', 'attempts']).execute();
    expect(deliveries).toEqual([{ state: 'pending', attempts: 0 }]);
  });

  it('says that the playground’s messages are sent by the process that shows it', async () => {
    const { code, err } = await run(['dispatch']);
    expect([code, err]).toEqual([2, expect.stringContaining('sent by the process that shows it')]);
  });
});
