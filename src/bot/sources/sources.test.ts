import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aVisitor, buttonsOf, formId, formOf, startBot, tapOf, viewOf, wordsOf } from '../../../tests/builders/bot.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { FakeCalendar } from '../../../tests/fakes/luma/calendar.js';
import { type FakeLuma, startFakeLuma } from '../../../tests/fakes/luma/fake-luma.js';
import type { Visitor } from '../actor.js';
import type { Reply } from '../reply.js';

const START = '2026-03-01T10:00:00Z';
let now = DateTime.fromISO(START, { zone: 'utc' }) as DateTime<true>;
const clock = { now: () => now };
const org = anOrg({ name: 'Studio', slug: 'studio', city: undefined });
const place = { kind: 'space', externalId: '600000000000000001', channelId: '400000000000000001' } as const;
/** Somebody who manages the org's server and has never agreed to anything. */
const manager = aVisitor({ managesSpace: true, place });
const stranger = aVisitor({ account: { platform: 'discord', teamId: '', accountId: '700000000000000009' }, place });

let luma: FakeLuma;
let calendar: FakeCalendar;
let rollcall: Awaited<ReturnType<typeof startBot>>;

beforeEach(async () => {
  now = DateTime.fromISO(START, { zone: 'utc' }) as DateTime<true>;
  luma = await startFakeLuma({ clock });
  calendar = luma.addCalendar({ name: 'Lisbon <b>Readers</b>' });
  rollcall = await startBot({ luma, clock });
  await rollcall.inTransaction(async ({ orgs }) => {
    await orgs.add(org);
    await orgs.addSpace({ platform: 'discord', externalId: place.externalId }, org.id, now);
  });
});
afterEach(async () => {
  await rollcall.stop();
  await luma.close();
});

const run = (name: string, visitor: Visitor = manager) => rollcall.bot.runCommand(visitor, name, {});
const press = (reply: Reply, label: string, visitor: Visitor = manager) =>
  rollcall.bot.press(visitor, tapOf(reply, label), []);
const labelsOf = (reply: Reply) => buttonsOf(viewOf(reply)).map(({ label }) => label);
/** Fills in the form of `/manage luma connect`. */
async function tells(told: { apiKey?: string; feed?: string }, visitor: Visitor = manager): Promise<Reply> {
  const form = formOf(await run('manage luma connect', visitor));
  return rollcall.bot.submit(visitor, formId(form), { apiKey: '', feed: '', ...told });
}
const connects = async (told: { apiKey?: string; feed?: string }) => press(await tells(told), 'This is ours – connect');
const rows = () => rollcall.database.connection.selectFrom('event_sources').selectAll().execute();
const key = () => calendar.apiKey ?? '';

/** Everything that the database holds as text, as somebody who has copied the file would read it. */
async function everything(): Promise<string> {
  const tables = await rollcall.database.connection.introspection.getTables();
  const texts: string[] = [];
  for (const { name } of tables) {
    if (name.startsWith('org_search')) continue;
    texts.push(JSON.stringify(rollcall.database.sqlite.prepare(`select * from ${name}`).all()));
  }
  return texts.join('\n');
}

describe('connecting a calendar', () => {
  it('shows whose it is and what is next before anything is stored, then brings everything in', async () => {
    for (const day of [3, 5, 4, 9]) calendar.addEvent({ name: `Day ${day}`, startAt: `2026-03-0${day}T18:30:00Z` });
    calendar.addEvent({ name: 'Long ago', startAt: '2025-01-05T18:30:00Z' });
    const found = await tells({ apiKey: key() });
    expect(wordsOf(found)).toMatch(/Lisbon <b>Readers<\/b>[\s\S]*Day 3[\s\S]*Day 4[\s\S]*Day 5/);
    expect(wordsOf(found)).not.toContain('Day 9');
    expect(await rows()).toEqual([]);
    expect(JSON.stringify(viewOf(found))).not.toContain(key());

    const done = await press(found, 'This is ours – connect');
    expect(wordsOf(done)).toContain('4 upcoming events, 1 past');
    expect(await rows()).toMatchObject([{ name: 'Lisbon <b>Readers</b>', kind: 'api', failures: 0, runs: 1 }]);
    expect(await everything()).not.toContain(key());
    expect(rollcall.logged.join('')).not.toContain(key());
    expect(wordsOf(await run('manage audit'))).toContain('connected the calendar “Lisbon <b>Readers</b>” (by its key)');
    expect(wordsOf(await run('manage show'))).toContain('Lisbon <b>Readers</b>');
  });

  it('takes a public feed where there is no key', async () => {
    calendar.addEvent({ startAt: '2026-03-05T18:30:00Z' });
    const found = await tells({ feed: luma.feedUrlOf(calendar) });
    expect(wordsOf(found)).toContain('registrations and check-ins come with an API key only');
    expect(wordsOf(await press(found, 'This is ours – connect'))).toContain('1 upcoming event, 0 past');
    expect(await rows()).toMatchObject([{ kind: 'feed', sealed_api_key: null, calendar_id: calendar.id }]);
  });

  it('is done once by two taps, and by one that comes late', async () => {
    calendar.addEvent();
    const found = await tells({ apiKey: key() });
    const [one, other] = await Promise.all([1, 2].map(() => press(found, 'This is ours – connect')));
    expect([one, other].map((reply) => reply && wordsOf(reply).includes('1 upcoming event'))).toEqual([true, true]);
    expect(wordsOf(await press(found, 'This is ours – connect'))).toContain('is connected');
    expect(await rows()).toHaveLength(1);
  });

  it('forgets what was entered on Cancel, and after half an hour', async () => {
    const found = await tells({ apiKey: key() });
    expect(wordsOf(await press(found, 'Cancel'))).toContain('Nothing was connected');
    expect(wordsOf(await press(found, 'This is ours – connect'))).toContain('enter it once more');
    const again = await tells({ apiKey: key() });
    now = now.plus({ minutes: 31 });
    expect(wordsOf(await press(again, 'This is ours – connect'))).toContain('enter it once more');
    expect(await rows()).toEqual([]);
  });

  it('says when the org has the calendar already, however it was told', async () => {
    await connects({ apiKey: key() });
    expect(wordsOf(await tells({ apiKey: key() }))).toContain('is connected already');
    expect(wordsOf(await tells({ feed: calendar.id }))).toContain('is connected already');
    expect(await rows()).toHaveLength(1);
  });

  it('puts the key in the place of the feed, and keeps events and answers', async () => {
    calendar.addEvent({ startAt: '2026-03-05T18:30:00Z' });
    await connects({ feed: calendar.id });
    const ids = () => rollcall.database.connection.selectFrom('events').select(['id', 'state']).execute();
    const before = await ids();
    const found = await tells({ apiKey: key() });
    expect(wordsOf(found)).toContain('in the place of its feed');
    await press(found, 'This is ours – connect');
    expect(await rows()).toMatchObject([{ kind: 'api' }]);
    expect(await ids()).toEqual(before);
  });

  it.each<[string, (luma: FakeLuma) => { apiKey?: string; feed?: string }, string]>([
    ['a wrong key', () => ({ apiKey: 'secret-but-wrong' }), 'does not accept the API key'],
    [
      'a revoked key',
      ({ faults }) => {
        faults.plan('get-self', { kind: 'status', status: 401 });
        return { apiKey: key() };
      },
      'does not accept the API key',
    ],
    [
      'HTML in the place of JSON',
      ({ faults }) => {
        faults.plan('events/list', { kind: 'html' }, { times: 9 });
        return { apiKey: key() };
      },
      'no list of events',
    ],
    [
      'a feed that is a web page',
      ({ faults }) => {
        faults.plan('ics/get', { kind: 'html' }, { times: 9 });
        return { feed: calendar.id };
      },
      'most likely it is a web page',
    ],
    ['a calendar that is not there', () => ({ feed: 'cal-NobodyHasThisOne' }), 'no calendar at that address'],
  ])('says in plain words what is wrong with %s, and stores nothing', async (_what, told, words) => {
    const refused = await tells(told(luma));
    expect(wordsOf(refused)).toContain(words);
    expect(labelsOf(refused)).toContain('Try again');
    expect(formOf(await press(refused, 'Try again')).fields.map(({ initial }) => initial)).toEqual([
      undefined,
      undefined,
    ]);
    expect(await rows()).toEqual([]);
  });

  it.each([
    [{ feed: 'https://luma.com/baish' }, 'feed'],
    [{ feed: 'http://169.254.169.254/latest/meta-data' }, 'feed'],
    [{ feed: 'javascript:alert(1)' }, 'feed'],
    [{ apiKey: 'two words' }, 'apiKey'],
    [{ apiKey: 'key\r\nHost: evil.example' }, 'apiKey'],
    [{}, 'apiKey'],
  ])('asks again for what is neither a key nor a feed: %j', async (told, field) => {
    const reply = await tells(told);
    expect(reply.kind === 'correct' && Object.keys(reply.problems)).toEqual([field]);
    expect(luma.requests).toEqual([]);
  });

  it('is for admins alone: the form, the tap and everything after', async () => {
    expect(wordsOf(await run('manage luma connect', stranger))).toContain('Only admins of Studio');
    const found = await tells({ apiKey: key() });
    expect(wordsOf(await press(found, 'This is ours – connect', stranger))).toContain('Only admins of Studio');
    const form = formOf(await run('manage luma connect'));
    const forged = await rollcall.bot.submit(stranger, formId(form), { apiKey: key(), feed: '' });
    expect(wordsOf(forged)).toContain('Only admins of Studio');
    await press(found, 'This is ours – connect');
    const status = await run('manage luma status');
    for (const label of ['Sync now', 'Disconnect']) {
      expect(wordsOf(await press(status, label, stranger))).toContain('Only admins of Studio');
    }
    const question = await press(status, 'Disconnect');
    expect(wordsOf(await press(question, 'Confirm', stranger))).toContain('Only admins of Studio');
    expect(await rows()).toHaveLength(1);
  });
});

describe('the status of calendars', () => {
  it('offers to connect one where there is none', async () => {
    for (const name of ['status', 'sync', 'disconnect']) {
      expect(labelsOf(await run(`manage luma ${name}`))).toContain('Connect a calendar');
    }
  });

  it('tells the last run, what it found, the next one, and what went wrong', async () => {
    const event = calendar.addEvent({ startAt: '2026-03-05T18:30:00Z' });
    await connects({ apiKey: key() });
    calendar.move(event, '2026-03-06T18:30:00Z');
    now = now.plus({ minutes: 1 });
    const synced = await press(await run('manage luma status'), 'Sync now');
    expect(wordsOf(synced)).toContain('Synced just now: 1 changed.');
    calendar.revokeKey();
    now = now.plus({ minutes: 1 });
    const failed = wordsOf(await run('manage luma sync'));
    expect(failed).toContain('That did not work, and nothing was changed');
    expect(failed).toContain('does not accept the API key');
    const status = wordsOf(await run('manage luma status'));
    expect(status).toMatch(/1 upcoming event, 0 past[\s\S]*failed 1 time in a row[\s\S]*Last good run[\s\S]*1 changed/);
  });

  it('says when the events came in but the guest lists did not, until they do', async () => {
    calendar.addEvent({ startAt: '2026-03-05T18:30:00Z' });
    luma.faults.plan('/v1/events/guests/list', { kind: 'broken-json' });
    await connects({ apiKey: key() });
    const status = wordsOf(await run('manage luma status'));
    expect(status).toContain('not every guest list could be read. What I know of the guests stays as it is');
    expect(status).not.toContain('all well');
    now = now.plus({ minutes: 15 });
    await run('manage luma sync');
    const after = wordsOf(await run('manage luma status'));
    expect(after).toContain('all well');
    expect(after).not.toContain('guest list could');
  });

  it('lists several, each with its own page and its own outcome', async () => {
    const other = luma.addCalendar({ name: 'Berlin Readers' });
    await connects({ apiKey: key() });
    now = now.plus({ minutes: 1 });
    await connects({ apiKey: other.apiKey ?? '' });
    other.revokeKey();
    now = now.plus({ minutes: 1 });
    const synced = wordsOf(await run('manage luma sync'));
    expect(synced).toMatch(/Lisbon <b>Readers<\/b>\nSynced just now: nothing new\./);
    expect(synced).toMatch(/Berlin Readers\nThat did not work/);
    const list = await run('manage luma status');
    expect(labelsOf(list).filter((label) => label === 'Show')).toHaveLength(2);
    expect(wordsOf(await press(list, 'Show'))).toContain('Lisbon <b>Readers</b>');
  });

  it('does not sync while lu.ma asked to wait', async () => {
    await connects({ apiKey: key() });
    now = now.plus({ minutes: 20 });
    await rollcall.database.connection
      .updateTable('event_sources')
      .set({ last_problem: 'rate-limited', failures: 1, next_sync_at: '2026-03-01T10:21:00.000Z' })
      .execute();
    const before = luma.requests.length;
    expect(wordsOf(await run('manage luma sync'))).toContain('asks us to wait');
    expect(luma.requests).toHaveLength(before);
  });
});

describe('disconnecting a calendar', () => {
  it('erases the key, withdraws what is ahead, and brings it back with its answers when connected again', async () => {
    calendar.addEvent({ name: 'Ahead', startAt: '2026-03-05T18:30:00Z' });
    calendar.addEvent({ name: 'Past', startAt: '2026-02-05T18:30:00Z' });
    await connects({ apiKey: key() });
    const member = aMember();
    await rollcall.inTransaction(async ({ members, responses, events }) => {
      await members.add(member);
      const [event] = (await events.listOutlines(org.id)).filter(({ startsAtMs }) => startsAtMs > now.toMillis());
      if (!event) throw new Error('It was synced.');
      const said = { memberId: member.id, response: 'going', source: 'member' } as const;
      await responses.save({ ...said, eventId: event.id, respondedAt: now });
    });
    const question = await run('manage luma disconnect');
    expect(wordsOf(question)).toContain('Its 1 upcoming event will no longer be shown');
    expect(await rows()).toHaveLength(1);
    const done = await press(question, 'Confirm');
    expect(wordsOf(done)).toContain('is disconnected');
    expect(await rows()).toEqual([]);
    const states = async () =>
      rollcall.database.connection.selectFrom('events').select(['title', 'state']).orderBy('title').execute();
    expect(await states()).toEqual([
      { title: 'Ahead', state: 'withdrawn' },
      { title: 'Past', state: 'on' },
    ]);
    expect(wordsOf(await press(question, 'Confirm'))).toContain('disconnected already');
    now = now.plus({ days: 1 });
    expect(wordsOf(await connects({ apiKey: key() }))).toContain('1 upcoming event, 1 past');
    expect(await states()).toMatchObject([{ state: 'on' }, { state: 'on' }]);
    const said = await rollcall.database.connection.selectFrom('responses').select('response').execute();
    expect(said).toEqual([{ response: 'going' }]);
    expect(wordsOf(await run('manage audit'))).toContain('disconnected the calendar');
  });
});

describe('an alert to the admins', () => {
  it('goes out once after three failures, by day, and not at all when it works again before', async () => {
    const admin = aMember({ zone: 'Europe/Lisbon' });
    await rollcall.inTransaction(async ({ members, orgs }) => {
      await members.add(admin);
      await members.addIdentity(anIdentity(admin.id, { account: { ...manager.account, accountId: '7007' } }));
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: admin.id, role: 'admin', status: 'active' }));
    });
    await connects({ apiKey: key() });
    const wasKey = calendar.apiKey;
    calendar.revokeKey();
    for (let failures = 0; failures < 4; failures += 1) {
      now = now.plus({ hours: 1 });
      await run('manage luma sync');
    }
    await rollcall.settle();
    expect(rollcall.sent.map(({ accountId, view }) => [accountId, wordsOf({ kind: 'show', view })])).toEqual([
      [
        '7007',
        expect.stringMatching(/cannot be read[\s\S]*does not accept the API key[\s\S]*because you are an admin/),
      ],
    ]);
    calendar.apiKey = wasKey;
    await run('manage luma sync');
    calendar.revokeKey();
    now = DateTime.fromISO('2026-03-02T23:00:00Z', { zone: 'utc' }) as DateTime<true>;
    for (let failures = 0; failures < 3; failures += 1) await run('manage luma sync');
    await rollcall.settle();
    expect(rollcall.sent).toHaveLength(1);
    calendar.apiKey = wasKey;
    await run('manage luma sync');
    now = now.plus({ hours: 12 });
    await rollcall.settle();
    expect(rollcall.sent).toHaveLength(1);
  });
});
