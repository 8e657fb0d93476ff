import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { createSeededRandom } from '../../src/demo/random.js';
import { type CrashCalendar, startCrashCalendar } from './calendar.js';
import { type Readers, readersOnDiscord, readersOnSlack } from './readers.js';
import { crash } from './story.js';

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
const PATIENCE = 600_000;

const killed = (settings: { each: number; kills: number; longestLifeMs: number; calendar?: CrashCalendar }) =>
  crash({
    ...settings,
    file: join(folder, 'rollcall.db'),
    readers: on.readers,
    environment: on.environment,
    random: createSeededRandom(7).next,
  });

it(
  'loses and doubles nothing on Discord, and keeps the order, though killed a dozen times while it syncs and sends',
  async () => {
    const discord = await readersOnDiscord(40);
    on = discord;
    const calendar = await startCrashCalendar(discord.channel);
    const told = await killed({ each: 4, kills: 12, longestLifeMs: 1_000, calendar });
    await calendar.stop();
    expect(told).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0 });
    expect(on.violations()).toEqual([]);
    expect(discord.channel.messageIds().length).toBeGreaterThan(0);
    expect(await eventsAndHistory()).toEqual({ events: calendar.titles().sort(), notedTwice: 0 });
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

/** What is known of the calendar: each event by its present name, and that it got this name once. */
async function eventsAndHistory() {
  const { connection, close } = openDatabase(join(folder, 'rollcall.db'));
  const events = await connection.selectFrom('events').select('title').execute();
  const renamed = await connection
    .selectFrom('event_changes')
    .select('event_id')
    .where('what', '=', 'renamed')
    .execute();
  await close();
  return {
    events: events.map(({ title }) => title).sort(),
    notedTwice: renamed.length - new Set(renamed.map(({ event_id }) => event_id)).size,
  };
}
