import { join } from 'node:path';
import { SQLite } from '../src/db/sqlite-driver.js';
import { accountOf, idOf, writeBigDatabase } from './big-database.js';
import { aVisitor, startBotOn } from './bot-on-file.js';
import { ms, type Row, summarise, timed } from './measure.js';

const RUNS = 600;

/** The directory's one query as one would write it by hand: a page of orgs with the reader's standing, and the total. */
function rawQuery(filter: string): string {
  const seen = `is_listed = 1 and is_hidden = 0 ${filter}`;
  return `
    select orgs.*, memberships.status as reader_status, memberships.role as reader_role,
      (select count(*) from orgs where ${seen}) as total
    from orgs left join memberships on memberships.org_id = orgs.id and memberships.member_id = @reader
    where ${seen}
    order by orgs.active_members desc, orgs.folded_name, orgs.id
    limit 6 offset 0`;
}

/** `/orgs browse` over 10,000 orgs and 100,000 members: the whole handler against one raw prepared query. */
export async function benchBrowse(folder: string): Promise<Row[]> {
  const file = join(folder, 'browse.db');
  await writeBigDatabase(file);
  const rollcall = await startBotOn(file);
  const raw = new SQLite(file, { readonly: true });
  raw.pragma('cache_size = -65536');
  const rows: Row[] = [];
  const searches = [
    { what: 'all orgs', texts: {}, filter: '' },
    { what: 'one type', texts: { type: 'chapter' }, filter: "and type = 'chapter'" },
    { what: 'a word', texts: { query: 'lisbon' }, filter: "and search_text like '%lisbon%'" },
  ];
  for (const search of searches) {
    const query = raw.prepare(rawQuery(search.filter));
    const ours: number[] = [];
    const bare: number[] = [];
    for (let run = 0; run < RUNS; run += 1) {
      const member = (run * 7919) % 100_000;
      const visitor = aVisitor(accountOf(member));
      bare.push(await timed(() => query.all({ reader: idOf('b', member) })));
      ours.push(await timed(() => rollcall.bot.runCommand(visitor, 'orgs browse', search.texts)));
    }
    const [mine, theirs] = [summarise(ours.slice(50)), summarise(bare.slice(50))];
    rows.push({
      what: `\`/orgs browse\`, ${search.what}: handler against one raw prepared query (p50; p99)`,
      ours: `${ms(mine.p50)}; ${ms(mine.p99)}`,
      bare: `${ms(theirs.p50)}; ${ms(theirs.p99)}`,
      ratio: mine.p50 / theirs.p50,
      bound: 3,
    });
  }
  raw.close();
  await rollcall.stop();
  return rows;
}
