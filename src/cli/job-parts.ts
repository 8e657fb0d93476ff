import type { DateTime } from 'luxon';
import { createRollcallBot } from '../bot/rollcall-bot.js';
import type { Config } from '../config.js';
import type { Database } from '../db/database.js';
import { jobRuns } from '../db/job-runs.js';
import { startDemoCalendars } from '../demo/calendar/demo-calendars.js';
import { openSecretBox } from '../encryption.js';
import { createJobs } from '../jobs.js';
import { type Platform, StartProblem } from '../platforms/platform.js';
import { createDispatcher } from '../scheduler/dispatcher.js';
import { createJobRunner } from '../scheduler/job-runner.js';
import { createServices } from '../services.js';
import { movableClock, systemClock } from '../shared/clock.js';
import { createLogger, errorFacts } from '../shared/logger.js';

export type HandParts = Awaited<ReturnType<typeof partsByHand>>;

/**
 * What running a job by hand takes, beside a process that runs the product: the same jobs, and platforms that only send.
 *
 * @param moment lies ahead perhaps: then all of this process takes it for the present, but the lease and its notes.
 */
export async function partsByHand({
  config,
  database,
  moment,
}: {
  config: Config;
  database: Database;
  moment: DateTime | undefined;
}) {
  const machineClock = systemClock();
  const clock = movableClock(machineClock);
  if (moment && moment > clock.now()) clock.moveTo(moment);
  const logger = createLogger(config.logLevel, process.stderr);
  const { publicUrl, reviewsNewOrgs, luma } = config;
  const secretBox = openSecretBox(config, logger);
  const demo = config.isPlayground ? await startDemoCalendars({ clock }) : undefined;
  const onFault = (error: unknown) => logger.error({ error: errorFacts(error) }, 'a calendar could not be synced');
  const services = createServices(database, clock, { publicUrl, reviewsNewOrgs, secretBox, luma, demo, onFault });
  const bot = createRollcallBot({ services, clock, logger });
  const platforms: Platform[] = [];
  const dispatcher = createDispatcher({ inTransaction: database.inTransaction, bot, platforms, clock, logger });
  const runs = jobRuns(database.connection);
  return {
    jobs: createJobs({ database, services, dispatcher }),
    runs,
    runner: createJobRunner({ runs, clock: machineClock, machineClock, logger }),
    clock,
    machineClock,

    /** @throws StartProblem when there is nothing to send with. */
    async startSending(): Promise<void> {
      // Read here, as the other jobs need no chat library.
      const { createChatPlatforms } = await import('../chat-platforms.js');
      platforms.push(...createChatPlatforms({ config, database, services, secretBox, bot, clock, logger }));
      if (platforms.length === 0) throw new StartProblem(NO_PLATFORM);
      await Promise.all(platforms.map((platform) => platform.startSending()));
    },

    async stop(): Promise<void> {
      await Promise.all([dispatcher.stop(), demo?.close(), ...platforms.map((platform) => platform.stop())]);
    },
  };
}

const NO_PLATFORM =
  'There is no platform to send on: neither DISCORD_TOKEN nor the tokens of Slack are set. What is said in the ' +
  'playground is sent by the process that shows it.';
