import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DateTime } from 'luxon';
import { migrate, openDatabase } from '../src/db/database.js';
import { SQLite, type SqliteFile } from '../src/db/sqlite-driver.js';
import { createSeededRandom, type SeededRandom } from '../src/demo/random.js';
import { createServices } from '../src/services.js';
import { fromInstantText, movableClock, toInstantText } from '../src/shared/clock.js';
import { type FakeDiscord, startFakeDiscord } from '../tests/fakes/discord/fake-discord.js';
import type { Seen } from '../tests/fakes/discord/seen.js';
import { idOf } from './big-database.js';
import { rollcallProgram, startChild } from './child.js';
import { median, ms, type Row, summarise, timed } from './measure.js';

const MEASURING = { rateLimits: false, specification: false };
const AT = '2026-01-01T00:00:00.000Z';

const TAPPING = 500;
const WITHIN_MS = 10_000;
/** Events that all of them tap about at once, and as many about which they tap one after the other; all on one page. */
const TURNS = 3;
/** Each so many-th member taps twice, as people do. */
const TWICE_EVERY = 10;
/** Discord takes an interaction as failed after that. */
const DEADLINE_MS = 3_000;

const EVENTS = 200;
const PEOPLE_EACH = 100;
const ROUNDS = 7;
const NOW = '2026-03-10T20:00:00.000Z';
const ENDED = '2026-03-10T18:00:00.000Z';

/** Answers of many at once after one event, and the planning of who is asked after many. */
export async function benchAttendance(folder: string): Promise<Row[]> {
  return [...(await benchTaps(folder)), ...(await benchPlanning(folder))];
}

/** Taps on Yes through the Discord surface, from interaction sent to callback received: one at a time, then all at once. */
async function benchTaps(folder: string): Promise<Row[]> {
  const fake = await startFakeDiscord(MEASURING);
  const file = join(folder, 'taps.db');
  const people = peopleOf(fake);
  await writeDatabase(file, (sqlite) => fillTaps(sqlite, people));
  const environment = {
    DISCORD_TOKEN: fake.token,
    DISCORD_API_URL: fake.apiUrl,
    DATABASE_URL: `file:${file}`,
    PORT: '0',
  };
  const rollcall = await startChild(rollcallProgram, environment);
  await fake.waitFor(() => fake.commands().length > 0);
  const histories: Seen[] = [];
  for (const { spot } of people) histories.push(await spot.runs('/attendance history'));
  const random = createSeededRandom(7);
  const idle: number[] = [];
  const busy: number[] = [];
  for (let turn = 0; turn < TURNS; turn += 1) {
    for (const card of await open(histories, 2 * turn)) idle.push(await tap(card));
    busy.push(...(await tapTogether(await open(histories, 2 * turn + 1), random)));
  }
  await rollcall.stop();
  await fake.stop();
  const { records, marks } = countRecords(file);
  const expected = 2 * TURNS * TAPPING;
  if (records !== expected || marks !== expected) throw new Error(`${records} records, ${marks} marks of ${expected}.`);
  const [alone, together] = [summarise(idle), summarise(busy)];
  const slowest = Math.max(...busy);
  return [
    {
      what: `${TAPPING} members tap Yes within 10 s, ${TURNS} times, against one at a time (p99); ${records} records, none lost or doubled`,
      ours: ms(together.p99),
      bare: ms(alone.p99),
      ratio: together.p99 / alone.p99,
      bound: 3,
    },
    {
      what: 'the slowest of them, against Discord’s deadline',
      ours: ms(slowest),
      bare: ms(DEADLINE_MS),
      ratio: slowest / DEADLINE_MS,
      bound: 1,
    },
  ];
}

/** Each one's card of the event in that place of their history. */
async function open(histories: readonly Seen[], at: number): Promise<Seen[]> {
  const cards: Seen[] = [];
  for (const history of histories) cards.push(await history.press('Open', { at }));
  return cards;
}

async function tap(card: Seen): Promise<number> {
  const { interaction } = await card.press('Yes');
  return (interaction?.callbackAt ?? Number.NaN) - (interaction?.sentAt ?? Number.NaN);
}

function tapTogether(cards: readonly Seen[], random: SeededRandom): Promise<number[]> {
  return Promise.all(
    cards.map(async (card, index) => {
      await wait(random.next() * WITHIN_MS);
      return Math.max(...(await Promise.all(index % TWICE_EVERY === 0 ? [tap(card), tap(card)] : [tap(card)])));
    }),
  );
}

/** Who is asked after 200 events that ended at once, with 20,000 people, against one raw INSERT of as many messages. */
async function benchPlanning(folder: string): Promise<Row[]> {
  const file = join(folder, 'planning.db');
  await writeDatabase(file, fillPlanning);
  const database = openDatabase(file);
  const clock = movableClock({ now: () => fromInstantText(NOW) });
  const services = createServices(database, clock);
  const bare = new SQLite(file);
  const insert = bare.prepare(
    `insert into deliveries (id, dedupe_key, member_id, kind, payload, due_at, state, attempts, next_try_at)
     select 'b' || substr(responses.member_id, 2), 'prompt:' || events.id || ':' || events.ends_at || ':' || responses.member_id,
       responses.member_id, 'bench.raw', '{"event":"' || events.id || '","at":"${NOW}"}', ?, 'pending', 0, ?
     from responses
     join events on events.id = responses.event_id
     join members on members.id = responses.member_id
     left join attendance on attendance.event_id = responses.event_id and attendance.member_id = responses.member_id
     where events.ends_at = ? and responses.response in ('going', 'interested') and members.stopped_at is null
       and attendance.status is null`,
  );
  const clear = () => bare.exec('delete from deliveries; delete from mailings; delete from prompt_rounds');
  const raw: number[] = [];
  const ours: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    raw.push(await timed(() => insert.run(NOW, NOW, ENDED)));
    clear();
    let planned = 0;
    ours.push(
      await timed(async () => {
        await services.prompts.plan(clock.now());
        planned = await services.mailings.fanOut(clock.now());
      }),
    );
    if (planned !== EVENTS * PEOPLE_EACH) throw new Error(`${planned} are asked, of ${EVENTS * PEOPLE_EACH}.`);
    clear();
  }
  bare.close();
  await database.close();
  const [mine, theirs] = [median(ours.slice(1)), median(raw.slice(1))];
  return [
    {
      what: `planning who is asked after ${EVENTS} events that ended at once, with ${EVENTS * PEOPLE_EACH} people, against one raw INSERT`,
      ours: ms(mine),
      bare: ms(theirs),
      ratio: mine / theirs,
      bound: 5,
    },
  ];
}

function peopleOf(fake: FakeDiscord) {
  const guild = fake.addGuild({ name: 'Bench' });
  return Array.from({ length: TAPPING }, (_, index) => {
    const person = fake.addUser({ username: `person${index}` });
    person.joins(guild);
    return { person, spot: person.in(guild) };
  });
}

function countRecords(file: string): { records: number; marks: number } {
  const sqlite = new SQLite(file);
  const count = (query: string) => (sqlite.prepare(query).get() as { count: number }).count;
  const records = count("select count(*) as count from attendance where status = 'attended'");
  const marks = count('select count(*) as count from attendance_marks');
  sqlite.close();
  return { records, marks };
}

async function writeDatabase(file: string, fill: (sqlite: SqliteFile) => void): Promise<void> {
  const database = openDatabase(file);
  await migrate(database.connection);
  await database.close();
  const sqlite = new SQLite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.transaction(() => {
    sqlite
      .prepare(
        `insert into orgs (id, slug, name, folded_name, type, description, languages, search_text, is_global, is_listed,
           is_hidden, join_policy, active_members, created_at, prompt_after_hours)
         values (?, 'bench', 'Bench', 'bench', 'chapter', '', 'en', 'bench', 0, 1, 0, 'open', 0, ?, ?)`,
      )
      .run(idOf('b', 1), AT, 2);
    fill(sqlite);
  })();
  sqlite.exec('analyze');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
  sqlite.close();
}

/** Events that are just over, to which everybody went. */
function fillTaps(sqlite: SqliteFile, people: ReturnType<typeof peopleOf>): void {
  const now = DateTime.utc();
  const write = writer(sqlite);
  const numbers = Array.from({ length: 2 * TURNS }, (_, number) => number);
  for (const number of numbers) {
    const endsAt = now.minus({ minutes: 10 + number });
    write.event(number, toInstantText(endsAt.minus({ hours: 2 })), toInstantText(endsAt));
  }
  for (const [index, { person }] of people.entries()) {
    write.member(index, person.id);
    for (const number of numbers) write.response(number, index);
  }
}

function fillPlanning(sqlite: SqliteFile): void {
  const write = writer(sqlite);
  for (let number = 0; number < EVENTS; number += 1) {
    write.event(number, '2026-03-10T16:00:00.000Z', ENDED);
    for (let one = 0; one < PEOPLE_EACH; one += 1) {
      const index = number * PEOPLE_EACH + one;
      write.member(index, `7${index.toString().padStart(17, '0')}`);
      write.response(number, index);
    }
  }
}

function writer(sqlite: SqliteFile) {
  const event = sqlite.prepare(
    `insert into events (id, org_id, luma_id, title, folded_title, description, starts_at, ends_at, zone, is_all_day,
       place_kind, type, visibility, state, sequence, fingerprint, missed_reads, first_seen_at, changed_at)
     values (?, ?, ?, 'Talk', 'talk', '', ?, ?, 'Europe/Lisbon', 0, 'online', 'talk', 'public', 'on', 0, '', 0, ?, ?)`,
  );
  const member = sqlite.prepare(
    `insert into members (id, name, headline, skills, looking_for, is_location_discoverable, is_attendance_shared,
       is_profile_shared, zone, locale, consented_at)
     values (?, 'Ana', '', '', '', 0, 0, 1, 'Europe/Lisbon', 'en-GB', ?)`,
  );
  const choices = sqlite.prepare('insert into notification_choices (member_id) values (?)');
  const identity = sqlite.prepare(
    `insert into identities (id, member_id, platform, team_id, account_id, reach) values (?, ?, 'discord', '', ?, 'open')`,
  );
  const response = sqlite.prepare(
    "insert into responses (event_id, member_id, response, source, responded_at) values (?, ?, 'going', 'member', ?)",
  );
  return {
    event: (number: number, startsAt: string, endsAt: string) =>
      event.run(idOf('a', number), idOf('b', 1), `evt-${number}`, startsAt, endsAt, AT, AT),
    member(index: number, accountId: string) {
      member.run(idOf('c', index), AT);
      choices.run(idOf('c', index));
      identity.run(idOf('a', index), idOf('c', index), accountId);
    },
    response: (number: number, index: number) => response.run(idOf('a', number), idOf('c', index), AT),
  };
}
