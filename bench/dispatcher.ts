import { join } from 'node:path';
import { DateTime } from 'luxon';
import { migrate, openDatabase } from '../src/db/database.js';
import { SQLite } from '../src/db/sqlite-driver.js';
import { readersOnDiscord } from '../tests/crash/readers.js';
import { crash } from '../tests/crash/story.js';
import { ms, type Row, summarise, timed } from './measure.js';

/** What Discord allows a bot over all routes, in requests a second. */
const ALLOWED_PER_SECOND = 50;
const READERS = 2_500;
const EACH = 4;

/**
 * 10,000 deliveries by a process of their own to a Discord with its real limits, which takes 200 s at best; and looking for
 * what is due beside a million rows that are done with.
 */
export async function benchDispatcher(folder: string): Promise<Row[]> {
  return [...(await sending(folder)), ...(await looking(folder))];
}

async function sending(folder: string): Promise<Row[]> {
  const on = await readersOnDiscord(READERS, { specification: false });
  const { lost, doubled } = await crash({
    file: join(folder, 'sending.db'),
    readers: on.readers,
    each: EACH,
    kills: 0,
    longestLifeMs: 0,
    environment: on.environment,
    random: Math.random,
  });
  const posts = on
    .requests()
    .filter(({ method, endpoint }) => method === 'POST' && endpoint === '/channels/:channel/messages');
  const refused = on.requests().filter(({ status }) => status === 429).length;
  await on.stop();
  if (lost + doubled > 0) throw new Error(`${lost} deliveries were lost and ${doubled} doubled.`);
  const tookS = ((posts.at(-1)?.at ?? 0) - (posts[0]?.at ?? 0)) / 1_000;
  const perSecond = (posts.length - 1) / tookS;
  return [
    {
      what: `Dispatcher: ${posts.length} deliveries to Discord with its limits, a second`,
      ours: perSecond.toFixed(2),
      bare: `${ALLOWED_PER_SECOND} allowed`,
      ratio: ALLOWED_PER_SECOND / perSecond,
      bound: 1.05,
    },
    { what: 'Answers 429 meanwhile', ours: String(refused), bare: '', ratio: refused, bound: 0 },
  ];
}

const OLD_ROWS = 1_000_000;
const DUE_ROWS = 1_000;
const LOOKS = 500;

async function looking(folder: string): Promise<Row[]> {
  const few = await timesOfLooking(join(folder, 'few.db'), 0);
  const many = await timesOfLooking(join(folder, 'many.db'), OLD_ROWS);
  return [
    {
      what: `Outbox: what is due in a lane, beside ${OLD_ROWS / 1e6} million old rows and none (p50; p99)`,
      ours: `${ms(many.p50)}; ${ms(many.p99)}`,
      bare: `${ms(few.p50)}; ${ms(few.p99)}`,
      ratio: many.p50 / few.p50,
      bound: 1.5,
    },
  ];
}

async function timesOfLooking(file: string, oldRows: number) {
  const database = openDatabase(file);
  await migrate(database.connection);
  fill(file, oldRows);
  const now = DateTime.utc();
  const times: number[] = [];
  for (let look = 0; look < LOOKS; look += 1) {
    const took = await timed(() =>
      database.inTransaction(({ deliveries }) => deliveries.listDue({ lane: 'discord:known:', now, most: 12 }), {
        isReadOnly: true,
      }),
    );
    times.push(took);
  }
  await database.close();
  return summarise(times);
}

function fill(file: string, oldRows: number): void {
  const sqlite = new SQLite(file);
  sqlite.pragma('synchronous = OFF');
  sqlite.exec(`
    insert into members (id, name, headline, skills, looking_for, is_location_discoverable, is_attendance_shared,
      is_profile_shared, locale, consented_at)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < 10000)
    select printf('m%015d', i), 'Somebody', '', '', '', 0, 0, 1, 'en', '2026-01-01T00:00:00.000Z' from n`);
  const insert = sqlite.prepare(`
    insert into deliveries (id, dedupe_key, member_id, kind, payload, due_at, state, lane, attempts, next_try_at, sent_at)
    with recursive n (i) as (select 1 union all select i + 1 from n where i < @rows)
    select printf(@prefix || '%015d', i), printf(@prefix || ':%d', i), printf('m%015d', 1 + i % 10000), 'bench', '{}',
      '2026-01-01T00:00:00.000Z', @state, 'discord:known:', 1, '2026-01-01T00:00:00.000Z', @sentAt from n`);
  if (oldRows > 0) insert.run({ prefix: 'o', rows: oldRows, state: 'sent', sentAt: '2026-01-01T00:00:00.000Z' });
  insert.run({ prefix: 'd', rows: DUE_ROWS, state: 'pending', sentAt: null });
  sqlite.exec('analyze');
  sqlite.close();
}
