import { join } from 'node:path';
import { createRollcallBot } from '../src/bot/rollcall-bot.js';
import { openDatabase } from '../src/db/database.js';
import { SQLite, type SqliteFile } from '../src/db/sqlite-driver.js';
import { createServices } from '../src/services.js';
import { fromInstantText, movableClock } from '../src/shared/clock.js';
import { createLogger } from '../src/shared/logger.js';
import { beside } from './beside.js';
import { accountOf, idOf, MEMBERS, writeBigDatabase } from './big-database.js';
import { aVisitor } from './bot-on-file.js';
import { mb, ms, type Row, summarise, timed } from './measure.js';

const ORGS_EACH = 5;
const ORGS_WITH_EVENTS = 400;
const EVENTS = 2_000;
/** Of the five events of an org, so many were told to everybody before. */
const TOLD = 3;

/** Sunday, 18:00 in Lisbon, where everybody is. */
const NOW = '2026-03-08T18:00:00.000Z';

const MOST_GROWTH_BYTES = 150 * 1024 * 1024;
const MOST_DELAY_MS = 50;

/** Planning one digest hour for everybody, against the bare query that finds who is due and what is new to them. */
export async function benchDigest(folder: string): Promise<Row[]> {
  const file = join(folder, 'digest.db');
  await writeBigDatabase(file);
  const sqlite = new SQLite(file);
  fill(sqlite);
  bareQuery(sqlite);
  const bareMs = await timed(() => bareQuery(sqlite));
  sqlite.close();
  const database = openDatabase(file);
  const clock = movableClock({ now: () => fromInstantText(NOW) });
  const services = createServices(database, clock);
  const bot = createRollcallBot({ services, clock, logger: createLogger('silent') });
  let count = 0;
  const command = () => {
    count += 1;
    const visitor = aVisitor(accountOf((count * 7919) % MEMBERS));
    return timed(() => bot.runCommand(visitor, 'orgs show', { org: `org-${count % ORGS_WITH_EVENTS}` }));
  };
  for (let warm = 0; warm < 200; warm += 1) await command();
  // Every process fills SQLite's page cache in time, 64 MB at most: what planning takes is counted from there.
  bareQuery(database.sqlite);
  const memory = watchMemory();
  let planned = 0;
  const run = await beside(async () => {
    planned = (await services.digests.plan(clock.now())).planned;
  }, command);
  const grownBytes = memory.stop();
  await database.close();
  if (planned !== MEMBERS) throw new Error(`${planned} digests were planned, of ${MEMBERS}.`);
  return [
    {
      what: `planning the digests of ${MEMBERS} members, ${ORGS_EACH} orgs each, ${EVENTS} events ahead, against the bare query of who is due and what is new`,
      ours: ms(run.tookMs),
      bare: ms(bareMs),
      ratio: run.tookMs / bareMs,
      bound: 5,
    },
    {
      what: 'memory that it takes meanwhile, against 150 MB',
      ours: mb(grownBytes),
      bare: mb(MOST_GROWTH_BYTES),
      ratio: grownBytes / MOST_GROWTH_BYTES,
      bound: 1,
    },
    {
      what: `event-loop delay p99 meanwhile, against 50 ms, with ${run.commands.length} commands answered (p99 ${ms(summarise(run.commands).p99)})`,
      ours: ms(run.delayP99Ms),
      bare: ms(MOST_DELAY_MS),
      ratio: run.delayP99Ms / MOST_DELAY_MS,
      bound: 1,
    },
  ];
}

/** Everybody in Lisbon, in five orgs, and due now; events of which most were told. */
function fill(sqlite: SqliteFile): void {
  sqlite.pragma('synchronous = OFF');
  sqlite.transaction(() => {
    sqlite.exec(`delete from memberships; update members set zone = 'Europe/Lisbon', stopped_at = null`);
    sqlite.prepare(`update notification_choices set frequency = 'weekly', next_digest_at = ?`).run(NOW);
    const membership = sqlite.prepare(
      `insert into memberships (org_id, member_id, role, status, joined_at) values (?, ?, 'member', 'active', ?)`,
    );
    for (let member = 0; member < MEMBERS; member += 1) {
      for (let nth = 0; nth < ORGS_EACH; nth += 1) {
        membership.run(idOf('a', (member * 7 + nth * 83) % ORGS_WITH_EVENTS), idOf('b', member), NOW);
      }
    }
    const event = sqlite.prepare(
      `insert into events (id, org_id, luma_id, title, folded_title, description, starts_at, zone, is_all_day, place_kind,
         type, visibility, state, sequence, fingerprint, first_seen_at, changed_at)
       values (?, ?, ?, ?, ?, ?, ?, 'Europe/Lisbon', 0, 'online', 'talk', 'public', 'on', 0, '', ?, ?)`,
    );
    for (let index = 0; index < EVENTS; index += 1) {
      const startsAt = fromInstantText(NOW)
        .plus({ hours: 24 + index })
        .toISO();
      const description = 'An evening about one question, with time to talk. '.repeat(12);
      const [id, org] = [idOf('c', index), idOf('a', index % ORGS_WITH_EVENTS)];
      event.run(id, org, `evt-${index}`, `Talk ${index}`, `talk ${index}`, description, startsAt, NOW, NOW);
    }
    sqlite
      .prepare(
        `insert into told_events (member_id, event_id, occasion)
         select own.member_id, events.id, 'earlier' from memberships as own
         inner join events on events.org_id = own.org_id where events.id < ?
         order by own.member_id, events.id`,
      )
      .run(idOf('c', TOLD * ORGS_WITH_EVENTS));
  })();
  sqlite.exec('analyze');
  sqlite.pragma('wal_checkpoint(TRUNCATE)');
}

/** Who is due, and every event that is new to them; by the index that fits, which SQLite does not take by itself here. */
function bareQuery(sqlite: SqliteFile): number {
  let rows = 0;
  const query = sqlite.prepare(
    `select chosen.member_id, events.id, events.title, events.starts_at
     from notification_choices as chosen
     inner join memberships as own on own.member_id = chosen.member_id and own.status = 'active'
     inner join events indexed by events_by_org on events.org_id = own.org_id and events.starts_at > ? and events.state = 'on'
     where chosen.next_digest_at <= ?
       and not exists (select 1 from told_events where member_id = chosen.member_id and event_id = events.id)
     order by chosen.next_digest_at, chosen.member_id`,
  );
  for (const _row of query.iterate(NOW, NOW)) rows += 1;
  return rows;
}

/** How much more memory the process has at any time than now, in bytes. */
function watchMemory(): { stop(): number } {
  globalThis.gc?.();
  const before = process.memoryUsage.rss();
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, process.memoryUsage.rss());
  }, 50);
  return {
    stop() {
      clearInterval(timer);
      return Math.max(most, process.memoryUsage.rss()) - before;
    },
  };
}
