import { join } from 'node:path';
import { SQLite, type SqliteFile } from '../src/db/sqlite-driver.js';
import { accountOf, idOf, MEMBERS, writeBigDatabase } from './big-database.js';
import { aVisitor, startBotOn } from './bot-on-file.js';
import { ms, type Row, summarise, timed } from './measure.js';

const RUNS = 600;

/** Where the members of this benchmark live, each the next. */
const HOMES = [
  ['Almada', 'PT', 38.68, -9.16],
  ['Potsdam', 'DE', 52.4, 13.06],
  ['Whangarei', 'NZ', -35.73, 174.32],
] as const;

/**
 * The suggestions' one query as one would write it by hand: the orgs in a box around the member that they could join,
 * by their distance on a flat map, then the global ones.
 */
const RAW_QUERY = `
  select * from (
    select orgs.*, memberships.status as reader_status, memberships.role as reader_role
    from orgs left join memberships on memberships.org_id = orgs.id and memberships.member_id = @reader
    where is_listed = 1 and is_hidden = 0 and (status is null or status = 'left')
      and city_latitude between @latitude - 4.5 and @latitude + 4.5
      and city_longitude between @longitude - 7 and @longitude + 7
    order by (city_latitude - @latitude) * (city_latitude - @latitude)
      + (city_longitude - @longitude) * (city_longitude - @longitude) * 0.6, active_members desc
    limit 5)
  union all
  select * from (
    select orgs.*, memberships.status, memberships.role
    from orgs left join memberships on memberships.org_id = orgs.id and memberships.member_id = @reader
    where is_global = 1 and is_listed = 1 and is_hidden = 0 and (status is null or status = 'left')
    order by active_members desc limit 5)
  limit 5`;

/** `/orgs nearby` over 10,000 orgs and 100,000 members: the whole handler against one raw prepared query. */
export async function benchNearby(folder: string): Promise<Row[]> {
  const file = join(folder, 'nearby.db');
  await writeBigDatabase(file);
  const raw = new SQLite(file);
  settle(raw);
  raw.pragma('cache_size = -65536');
  const rollcall = await startBotOn(file);
  const query = raw.prepare(RAW_QUERY);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let run = 0; run < RUNS; run += 1) {
    const member = (run * 7919) % MEMBERS;
    const [, , latitude, longitude] = HOMES[member % HOMES.length] ?? HOMES[0];
    bare.push(await timed(() => query.all({ reader: idOf('b', member), latitude, longitude })));
    ours.push(await timed(() => rollcall.bot.runCommand(aVisitor(accountOf(member)), 'orgs nearby', {})));
  }
  raw.close();
  await rollcall.stop();
  const [mine, theirs] = [summarise(ours.slice(50)), summarise(bare.slice(50))];
  return [
    {
      what: '`/orgs nearby`: handler against one raw prepared query (p50; p99)',
      ours: `${ms(mine.p50)}; ${ms(mine.p99)}`,
      bare: `${ms(theirs.p50)}; ${ms(theirs.p99)}`,
      ratio: mine.p50 / theirs.p50,
      bound: 3,
    },
  ];
}

/** Gives every member a home, with location turned on. */
function settle(sqlite: SqliteFile): void {
  const settleIn = sqlite.prepare(
    `update members set is_location_discoverable = 1, city_name = ?, city_region = '', city_country = ?,
       city_latitude = ?, city_longitude = ?, city_zone = 'Europe/Lisbon' where id = ?`,
  );
  sqlite.transaction(() => {
    for (let member = 0; member < MEMBERS; member += 1) {
      settleIn.run(...(HOMES[member % HOMES.length] ?? HOMES[0]), idOf('b', member));
    }
  })();
}
