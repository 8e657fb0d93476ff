import { join } from 'node:path';
import { DateTime } from 'luxon';
import { migrate, openDatabase } from '../src/db/database.js';
import { SQLite } from '../src/db/sqlite-driver.js';
import { historyOf, toldAgain } from '../src/domain/events/change-detection.js';
import { EventId, OrgId, SourceId } from '../src/domain/ids.js';
import { planChangeNotices } from '../src/domain/notifications/change-notices.js';
import { createServices } from '../src/services.js';
import { systemClock } from '../src/shared/clock.js';
import { idOf } from './big-database.js';
import { median, ms, type Row, timed } from './measure.js';

const GOING = 20_000;
const ROUNDS = 7;
const EVENT = EventId.parse(idOf('a', 1));
const AT = '2026-01-01T00:00:00.000Z';

/** 20,000 members go to one event, and it moves: against one raw UPDATE of as many planned reminders. */
export async function benchReminders(folder: string): Promise<Row[]> {
  const file = join(folder, 'reminders.db');
  const database = openDatabase(file);
  await migrate(database.connection);
  writeGoers(file);
  const services = createServices(database, systemClock());
  const bare = new SQLite(file);
  const update = bare.prepare(
    "update deliveries set due_at = @to, next_try_at = @to where kind = 'bench.planned' and state = 'pending'",
  );
  const insert = bare.prepare(
    `insert into deliveries (id, dedupe_key, member_id, kind, payload, due_at, state, attempts, next_try_at)
     select 'b' || substr(member_id, 2), 'raw ' || member_id, member_id, 'bench.raw', '{"event":"a000000000000001"}',
       @to, 'pending', 0, @to
     from responses where event_id = @event and response in ('going', 'interested')`,
  );
  const raw: number[] = [];
  const inserts: number[] = [];
  const moves: number[] = [];
  const whole: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const now = DateTime.utc();
    const to = now.plus({ days: 30, hours: round });
    raw.push(await timed(() => update.run({ to: to.toISO() })));
    inserts.push(await timed(() => insert.run({ to: to.toISO(), event: EVENT })));
    bare.exec("delete from deliveries where kind <> 'bench.planned'");
    const move = await timed(() =>
      database.inTransaction(async (repositories) => {
        const [before] = await repositories.events.list([EVENT]);
        if (!before) throw new Error('The event is there.');
        const told = { facts: { ...before, startsAt: to, tags: [] }, fingerprint: `moved ${round}` };
        const source = { id: SourceId.parse(idOf('c', 1)) };
        const after = { ...toldAgain(before, told, { source, state: 'on', now }), sourceId: undefined };
        await repositories.events.update(after);
        await repositories.events.addHistory(historyOf(before, after));
        const run = { orgId: OrgId.parse(idOf('b', 1)), sourceId: source.id, isFirst: false, at: now };
        const changed = [{ before, after, what: ['moved' as const] }];
        await planChangeNotices(repositories, { ...run, added: [], changed, cancelled: [] });
      }),
    );
    let told = 0;
    const fanOut = await timed(async () => {
      told = await services.mailings.fanOut(now);
    });
    if (told !== GOING) throw new Error(`${told} were told instead of ${GOING}.`);
    moves.push(move);
    whole.push(move + fanOut);
    bare.exec("delete from deliveries where kind <> 'bench.planned'");
  }
  bare.close();
  await database.close();
  return [
    rowOf(`an event with ${GOING} going moves: its reminders planned anew, against one raw UPDATE`, moves, raw, 3),
    // New rows, with all their indexes and in portions that let everybody else have a turn: for comparison only.
    rowOf('the same, against the same UPDATE, with a notice for each of them planned besides', whole, raw, undefined),
    rowOf('the same with the notices, against one raw INSERT of as many', whole, inserts, undefined),
  ];
}

function rowOf(what: string, ours: readonly number[], bare: readonly number[], bound: number | undefined): Row {
  const [mine, theirs] = [median(ours.slice(1)), median(bare.slice(1))];
  return { what, ours: ms(mine), bare: ms(theirs), ratio: mine / theirs, bound };
}

function writeGoers(file: string): void {
  const sqlite = new SQLite(file);
  const start = DateTime.utc().plus({ days: 30 }).toISO();
  sqlite.transaction(() => {
    sqlite
      .prepare(
        `insert into orgs (id, slug, name, folded_name, type, description, languages, search_text, is_global, is_listed,
           is_hidden, join_policy, active_members, created_at)
         values (?, 'bench', 'Bench', 'bench', 'chapter', '', 'en', 'bench', 0, 1, 0, 'open', 0, ?)`,
      )
      .run(idOf('b', 1), AT);
    sqlite
      .prepare(
        `insert into events (id, org_id, luma_id, title, folded_title, description, starts_at, zone, is_all_day,
           place_kind, type, visibility, state, sequence, fingerprint, missed_reads, first_seen_at, changed_at)
         values (?, ?, 'evt-1', 'Talk', 'talk', '', ?, 'Europe/Lisbon', 0, 'online', 'talk', 'public', 'on', 0, '', 0, ?, ?)`,
      )
      .run(EVENT, idOf('b', 1), start, AT, AT);
    const member = sqlite.prepare(
      `insert into members (id, name, headline, skills, looking_for, is_location_discoverable, is_attendance_shared,
         is_profile_shared, zone, locale, consented_at)
       values (?, 'Ana', '', '', '', 0, 0, 1, 'Europe/Lisbon', 'en-GB', ?)`,
    );
    const choices = sqlite.prepare('insert into notification_choices (member_id) values (?)');
    const response = sqlite.prepare(
      "insert into responses (event_id, member_id, response, source, responded_at) values (?, ?, 'going', 'member', ?)",
    );
    const planned = sqlite.prepare(
      `insert into deliveries (id, dedupe_key, member_id, kind, payload, due_at, state, attempts, next_try_at)
       values (?, ?, ?, 'bench.planned', '{"event":"a000000000000001"}', ?, 'pending', 0, ?)`,
    );
    for (let index = 0; index < GOING; index += 1) {
      const id = idOf('c', index);
      member.run(id, AT);
      choices.run(id);
      response.run(EVENT, id, AT);
      planned.run(idOf('a', index), `planned ${id}`, id, start, start);
    }
  })();
  sqlite.exec('analyze');
  sqlite.close();
}
