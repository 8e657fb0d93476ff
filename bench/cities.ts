import { join } from 'node:path';
import { openPlacesFile } from '../src/db/places/places-file.js';
import { accountOf, MEMBERS, writeBigDatabase } from './big-database.js';
import { aVisitor, startBotOn } from './bot-on-file.js';
import { ms, type Row, summarise, timed } from './measure.js';

const ROUNDS = 40;

/** The longest that type-ahead may take at the slow end, in milliseconds. */
const MOST_P99_MS = 20;

/** What is typed, letter by letter, and with a slip. */
const TYPED = [
  's',
  'sa',
  'san',
  'san f',
  'san fr',
  'l',
  'li',
  'lis',
  'lisb',
  'buenos',
  'new y',
  'york',
  'cambridge, m',
  'munchen',
  'barcelonn',
  'amsterdm',
  'xqz',
  '',
];

/** The bare handler: one raw prepared query for names that begin so, the most populous first. */
const RAW_QUERY = `
  select places.* from (select place_id, weight from names where key >= @key and key < @end order by weight desc limit 25)
    as found join places on places.id = found.place_id order by found.weight desc`;

/** City type-ahead over the world's places and 10,000 orgs, against a bare handler in the same run. */
export async function benchCities(folder: string): Promise<Row[]> {
  const file = join(folder, 'cities.db');
  await writeBigDatabase(file);
  const rollcall = await startBotOn(file);
  const places = await openPlacesFile();
  const query = places.prepare(RAW_QUERY);
  const ours: number[] = [];
  const bare: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const [index, text] of TYPED.entries()) {
      const visitor = aVisitor(accountOf((round * 7919 + index) % MEMBERS));
      const key = text.split(',')[0] ?? '';
      bare.push(await timed(() => query.all({ key, end: `${key}\u{10FFFF}` })));
      ours.push(await timed(() => rollcall.bot.suggest(visitor, { command: 'orgs browse', option: 'near', text })));
    }
  }
  places.close();
  await rollcall.stop();
  const [mine, theirs] = [summarise(ours.slice(TYPED.length)), summarise(bare.slice(TYPED.length))];
  return [
    {
      what: `city type-ahead (p50; p99); the p99 in parts of ${MOST_P99_MS} ms`,
      ours: `${ms(mine.p50)}; ${ms(mine.p99)}`,
      bare: `${ms(theirs.p50)}; ${ms(theirs.p99)}`,
      ratio: mine.p99 / MOST_P99_MS,
      bound: 1,
    },
  ];
}
