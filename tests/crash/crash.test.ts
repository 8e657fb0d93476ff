import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { createSeededRandom } from '../../src/demo/random.js';
import { startCrashCalendar } from './calendar.js';
import { type Readers, readersOnDiscord, readersOnSlack } from './readers.js';
import { type CrashCalendar, crash } from './story.js';

let folder: string;
let on: Readers;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'rollcall-crash-'));
});
afterEach(async () => {
  await on.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Each sender is a process of its own, which takes seconds to start on a busy machine. */
const PATIENCE = 300_000;

const killed = (settings: { each: number; kills: number; longestLifeMs: number; calendar?: CrashCalendar }) =>
  crash({
    ...settings,
    file: join(folder, 'rollcall.db'),
    readers: on.readers,
    environment: on.environment,
    random: createSeededRandom(7).next,
  });

it(
  'loses and doubles nothing on Discord, and keeps the order, though killed a dozen times',
  async () => {
    on = await readersOnDiscord(60);
    expect(await killed({ each: 4, kills: 12, longestLifeMs: 500 })).toMatchObject({
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
    });
    expect(on.violations()).toEqual([]);
  },
  PATIENCE,
);

it(
  'loses and doubles nothing on Slack, where what may be there already is looked for',
  async () => {
    on = await readersOnSlack(20);
    expect(await killed({ each: 2, kills: 5, longestLifeMs: 1_500 })).toMatchObject({
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
    });
    expect(on.violations()).toEqual([]);
  },
  PATIENCE,
);

it(
  'tells everybody of every event once, though killed while it syncs and sends',
  async () => {
    on = await readersOnDiscord(25);
    const { calendar, environment, stop } = await startCrashCalendar(8);
    on.environment = { ...on.environment, ...environment };
    const told = await killed({ each: 1, kills: 8, longestLifeMs: 600, calendar });
    await stop();
    expect(told).toMatchObject({ lost: 0, doubled: 0 });
    const database = openDatabase(join(folder, 'rollcall.db'));
    const events = await database.connection.selectFrom('events').select('title').execute();
    const changes = await database.connection.selectFrom('event_changes').select('id').execute();
    await database.close();
    expect(events.map(({ title }) => title).sort()).toEqual(
      Array.from({ length: 8 }, (_, index) => `Event ${index + 1}`),
    );
    // Each is noted as new, once.
    expect(changes).toHaveLength(8);
  },
  PATIENCE,
);
