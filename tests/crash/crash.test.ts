import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { it, type TestContext } from 'vitest';
import { openDatabase } from '../../src/db/database.js';
import { createSeededRandom } from '../../src/demo/random.js';
import { type CrashCalendar, startCrashCalendar } from './calendar.js';
import { type Readers, readersOnDiscord, readersOnSlack } from './readers.js';
import { crash } from './story.js';

/** Each sender is a process of its own, which takes seconds to start on a busy machine. */
const PATIENCE = 600_000;

/** Kills so many senders to these readers; says what came of it and where the database is. */
async function killed(
  { onTestFinished }: TestContext,
  on: Readers,
  settings: { each: number; kills: number; longestLifeMs: number; calendar?: CrashCalendar },
) {
  const folder = mkdtempSync(join(tmpdir(), 'rollcall-crash-'));
  onTestFinished(async () => {
    await on.stop();
    await settings.calendar?.stop();
    rmSync(folder, { recursive: true, force: true });
  });
  const file = join(folder, 'rollcall.db');
  const { readers, environment } = on;
  return { file, ...(await crash({ ...settings, file, readers, environment, random: createSeededRandom(7).next })) };
}

// Side by side, as most of the time is spent waiting.
it.concurrent(
  'loses and doubles nothing on Discord, and keeps the order, though killed a dozen times while it syncs and sends',
  async (test) => {
    const { expect } = test;
    const on = await readersOnDiscord(40);
    const calendar = await startCrashCalendar(on.channel);
    const { file, ...told } = await killed(test, on, { each: 4, kills: 12, longestLifeMs: 800, calendar });
    expect(told).toMatchObject({ lost: 0, doubled: 0, outOfOrder: 0 });
    expect(on.violations()).toEqual([]);
    expect(on.channel.messageIds().length).toBeGreaterThan(0);
    expect(await eventsAndHistory(file)).toEqual({ events: calendar.titles().sort(), notedTwice: 0 });
  },
  PATIENCE,
);

it.concurrent(
  'loses and doubles nothing on Slack, where what may be there already is looked for',
  async (test) => {
    const { expect } = test;
    const on = await readersOnSlack(20);
    expect(await killed(test, on, { each: 2, kills: 5, longestLifeMs: 1_500 })).toMatchObject({
      lost: 0,
      doubled: 0,
      outOfOrder: 0,
    });
    expect(on.violations()).toEqual([]);
  },
  PATIENCE,
);

/** What is known of the calendar: each event by its present name, and that it got this name once. */
async function eventsAndHistory(file: string) {
  const { connection, close } = openDatabase(file);
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
