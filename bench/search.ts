import { join } from 'node:path';
import { SQLite } from '../src/db/sqlite-driver.js';
import { accountOf, idOf, MEMBERS, writeBigDatabase } from './big-database.js';
import { aVisitor, startBotOn } from './bot-on-file.js';
import { ms, type Row, summarise, timed } from './measure.js';

const RUNS = 400;

/** The search's one query as one would write it by hand: the orgs that the index finds, with the total. */
function rawQuery(match: string, order: string): string {
  const found = `(select org_id from org_numbers where number in
    (select rowid from org_search where org_search match '${match}'))`;
  const seen = `is_listed = 1 and is_hidden = 0 and orgs.id in ${found}`;
  return `
    select orgs.*, memberships.status as reader_status, memberships.role as reader_role,
      (select count(*) from orgs where ${seen}) as total
    from orgs left join memberships on memberships.org_id = orgs.id and memberships.member_id = @reader
    where ${seen} order by ${order} limit 6`;
}

/** The same by letters in common, for words that nothing has. */
const RAW_ALIKE = `
  select orgs.*, memberships.status as reader_status, memberships.role as reader_role
  from (select rowid as number, rank from org_search
    where org_search match '{name place} : ("aks" OR "akl" OR "kla" OR "lan" OR "lnd" OR "cir" OR "irc" OR "rlc" OR "lce" OR "cle" OR "123" OR "234")'
    order by rank limit 60) as alike
  join org_numbers on org_numbers.number = alike.number join orgs on orgs.id = org_numbers.org_id
  left join memberships on memberships.org_id = orgs.id and memberships.member_id = @reader
  where is_listed = 1 and is_hidden = 0 order by alike.rank limit 60`;

const BY_SIZE = 'active_members desc, folded_name, orgs.id';

const SEARCHES = [
  { what: 'one word, many orgs', query: 'auckland', raw: rawQuery('"auckland"', BY_SIZE) },
  { what: 'two words', query: 'circle 4321', raw: rawQuery('"circle" AND "4321"', BY_SIZE) },
  {
    what: 'a word of the description',
    query: 'every week nairobi',
    raw: rawQuery('"every" AND "week" AND "nairobi"', BY_SIZE),
  },
  { what: 'misspelt', query: 'aukclnad circel 1234', raw: RAW_ALIKE },
];

/** Text search in `/orgs browse` over 10,000 orgs and 100,000 members: the whole handler against one raw query. */
export async function benchSearch(folder: string): Promise<Row[]> {
  const file = join(folder, 'search.db');
  await writeBigDatabase(file);
  const rollcall = await startBotOn(file);
  const sqlite = new SQLite(file, { readonly: true });
  sqlite.pragma('cache_size = -65536');
  const rows: Row[] = [];
  for (const { what, query, raw } of SEARCHES) {
    const prepared = sqlite.prepare(raw);
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const member = (run * 7919) % MEMBERS;
      bare.push(await timed(() => prepared.all({ reader: idOf('b', member) })));
      ours.push(await timed(() => rollcall.bot.runCommand(aVisitor(accountOf(member)), 'orgs browse', { query })));
    }
    const [mine, theirs] = [summarise(ours.slice(50)), summarise(bare.slice(50))];
    rows.push({
      what: `\`/orgs browse query:\`, ${what}: handler against one raw prepared query (p50; p99)`,
      ours: `${ms(mine.p50)}; ${ms(mine.p99)}`,
      bare: `${ms(theirs.p50)}; ${ms(theirs.p99)}`,
      ratio: mine.p50 / theirs.p50,
      bound: 3,
    });
  }
  sqlite.close();
  await rollcall.stop();
  return rows;
}
