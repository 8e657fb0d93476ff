import { join } from 'node:path';
import { startFakeDiscord } from '../tests/fakes/discord/fake-discord.js';
import { startFakeSlack } from '../tests/fakes/slack/fake-slack.js';
import { writeBigDatabase } from './big-database.js';
import { bareProgram, rollcallProgram, startChild } from './child.js';
import { inTurns, mb, median, ms, type Row } from './measure.js';

const ROUNDS = 7;

/** From process start to ready with 100,000 members in the file, against the bare libraries connecting. */
export async function benchStartUp(folder: string): Promise<Row[]> {
  const file = join(folder, 'start-up.db');
  await writeBigDatabase(file);
  const discord = await startFakeDiscord({ rateLimits: false, specification: false });
  const slack = await startFakeSlack({ rateLimits: false });
  discord.addGuild({ name: 'Bench' });
  const environment = {
    DISCORD_TOKEN: discord.token,
    DISCORD_API_URL: discord.apiUrl,
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_APP_TOKEN: slack.appToken,
    SLACK_API_URL: slack.apiUrl,
    DATABASE_URL: `file:${file}`,
    PORT: '0',
  };
  const start = (program: string) => async () => {
    const child = await startChild(program, environment);
    await child.stop();
    return child;
  };
  const { one, other } = await inTurns(ROUNDS, start(rollcallProgram), start(bareProgram('both')));
  await discord.stop();
  await slack.stop();
  const time = (children: typeof one) => median(children.map(({ readyAfterMs }) => readyAfterMs));
  const memory = (children: typeof one) => median(children.map(({ rss }) => rss));
  return [
    {
      what: 'start to ready, 100,000 members in the file (median)',
      ours: ms(time(one)),
      bare: ms(time(other)),
      ratio: time(one) / time(other),
      bound: 2,
    },
    {
      what: 'resident memory when ready (median)',
      ours: mb(memory(one)),
      bare: mb(memory(other)),
      ratio: memory(one) / memory(other),
      bound: undefined,
    },
  ];
}
