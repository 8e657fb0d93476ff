import { join } from 'node:path';
import { createSeededRandom } from '../src/demo/random.js';
import { type CrashCalendar, startCrashCalendar } from '../tests/crash/calendar.js';
import { type Readers, readersOnDiscord, readersOnSlack } from '../tests/crash/readers.js';
import { crash } from '../tests/crash/story.js';
import type { Row } from './measure.js';

interface Settings {
  each: number;
  kills: number;
  longestLifeMs: number;
  calendar?: CrashCalendar;
}

/**
 * Kills one process after another with `kill -9` at random moments while it sends, and on Discord also syncs and announces
 * a calendar that changes before each kill; counts what came of the deliveries.
 */
export async function benchCrash(folder: string): Promise<Row[]> {
  const onDiscord = await readersOnDiscord(500, { specification: false });
  const calendar = await startCrashCalendar(onDiscord.channel);
  const discord = await rowOf(folder, 'Discord', onDiscord, { each: 4, kills: 200, longestLifeMs: 2_000, calendar });
  await calendar.stop();
  // Slack takes five messages a second from us, so that there are fewer of them.
  const onSlack = await readersOnSlack(100);
  const slack = await rowOf(folder, 'Slack', onSlack, { each: 4, kills: 40, longestLifeMs: 3_000 });
  return [discord, slack];
}

async function rowOf(folder: string, platform: string, on: Readers, settings: Settings): Promise<Row> {
  const { sent, lost, doubled, outOfOrder } = await crash({
    ...settings,
    file: join(folder, `${platform}.db`),
    readers: on.readers,
    environment: on.environment,
    random: createSeededRandom(1).next,
  });
  await on.stop();
  return {
    what: `Crash: ${sent} deliveries on ${platform}, ${settings.kills} × kill -9: lost; doubled; out of order`,
    ours: `${lost}; ${doubled}; ${outOfOrder}`,
    bare: '',
    ratio: lost + doubled,
    bound: 0,
  };
}
