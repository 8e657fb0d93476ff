import { Hono } from 'hono';
import type { BotModule } from './bot/registry.js';
import { createRollcallBot } from './bot/rollcall-bot.js';
import type { Config } from './config.js';
import { type Database, migrate, openDatabase } from './db/database.js';
import { facts } from './db/facts.js';
import { jobRuns } from './db/job-runs.js';
import { dropOldTexts, keptTexts } from './db/kept-texts.js';
import { slackInstallations } from './db/slack-installations.js';
import { DEMO_PERSONAS } from './demo/demo-personas.js';
import { seedDemo } from './demo/seed-demo.js';
import { createOrgPageService } from './domain/orgs/org-page-service.js';
import { openSecretBox } from './encryption.js';
import { createPictures } from './pictures/pictures.js';
import { createDiscordPlatform } from './platforms/discord/discord-platform.js';
import type { Platform } from './platforms/platform.js';
import { createPlayground } from './platforms/playground/playground.js';
import { createSlackPlatform } from './platforms/slack/slack-platform.js';
import { createDispatcher } from './scheduler/dispatcher.js';
import { maintenanceJob } from './scheduler/maintenance.js';
import { createScheduler, type Scheduler } from './scheduler/scheduler.js';
import { createServices } from './services.js';
import { type Clock, movableClock, systemClock } from './shared/clock.js';
import { errorFacts, type Logger } from './shared/logger.js';
import { type Check, healthRoutes } from './web/health-routes.js';
import { createMetrics } from './web/metrics.js';
import { joinWaysOf } from './web/org-pages/join-steps.js';
import { orgRoutes } from './web/org-pages/org-routes.js';
import { serveWeb } from './web/serve.js';

/** The product, running. */
export interface Rollcall {
  /** The port its pages are served on. */
  port: number;
  stop(): Promise<void>;
}

/**
 * Builds everything and starts it: database, services, bot, platforms, scheduler, web; `stop` goes the other way.
 *
 * @param more modules beside the product's own; the benchmarks bring one.
 * @throws StartProblem, in words for an operator, when no retry can help.
 */
export async function startRollcall(
  config: Config,
  { logger, more = [] }: { logger: Logger; more?: readonly BotModule[] },
): Promise<Rollcall> {
  const clock = movableClock(systemClock());
  const database = openDatabase(config.databaseFile);
  const stops: (() => Promise<void>)[] = [() => database.close()];
  // One part that cannot stop keeps none of the others from it.
  const stopAll = async () => {
    for (const stop of stops.splice(0).reverse()) {
      await stop().catch((error: unknown) => logger.error({ error: errorFacts(error) }, 'a part did not stop cleanly'));
    }
  };
  try {
    await migrate(database.connection);
    if (config.isPlayground) await seedDemo(database.inTransaction);
    const secretBox = openSecretBox(config, logger);
    const pictures = createPictures();
    stops.push(() => pictures.close());
    const services = createServices(database, clock, {
      pictures,
      publicUrl: config.publicUrl,
      reviewsNewOrgs: config.reviewsNewOrgs,
    });
    const metrics = createMetrics();
    const platforms: Platform[] = [];
    const bot = createRollcallBot({
      services,
      clock,
      logger,
      more,
      onAnswered: (answered) => metrics.observe(answered),
    });
    const dispatcher = createDispatcher({ inTransaction: database.inTransaction, bot, platforms, clock, logger });
    database.onPlanned(dispatcher.wake);
    const scheduler = createScheduler({
      jobs: [
        maintenanceJob({
          dropOldTexts: (now) => dropOldTexts(database.connection, now),
          dropOldCodes: (now) => services.links.dropOldCodes(now),
          pruneOutbox: (now) => services.outbox.prune(now),
          tend: () => database.tend(),
        }),
      ],
      runs: jobRuns(database.connection),
      dispatcher,
      clock,
      logger,
    });

    const app = new Hono();
    if (config.discord) {
      platforms.push(
        createDiscordPlatform({
          ...config.discord,
          bot,
          keptTexts: keptTexts(database.connection, clock),
          facts: facts(database.connection),
          logger,
        }),
      );
    }
    if (config.slack) {
      platforms.push(
        createSlackPlatform({
          ...config.slack,
          commandPrefix: config.slackCommandPrefix,
          publicUrl: config.publicUrl,
          installations: slackInstallations(database.connection, secretBox),
          onInstalled: (teamId) => services.members.noteWorkspaceBack('slack', teamId),
          bot,
          keptTexts: keptTexts(database.connection, clock),
          clock,
          logger,
        }),
      );
    }
    if (config.isPlayground) {
      const playground = createPlayground({
        bot,
        clock,
        moveTo: (instant) => scheduler.moveTo(clock, instant),
        personas: DEMO_PERSONAS,
        spaceName: async (key) => (await services.orgs.resolve(key)).name,
        logger,
      });
      platforms.push(playground);
      app.route('/', playground.routes);
    }
    metrics.watch(platforms);
    const checks = async (): Promise<Check[]> => [
      databaseCheck(database),
      ...platforms.map((platform) => ({ name: platform.name, ...platform.health() })),
      schedulerCheck(scheduler, clock),
    ];
    app.route('/', healthRoutes({ checks, metrics }));
    app.route(
      '/',
      orgRoutes({
        orgPages: createOrgPageService(database),
        invites: services.invites,
        publicUrl: config.publicUrl,
        ways: () => joinWaysOf(platforms, config.slackCommandPrefix),
        clock,
        logger,
      }),
    );

    const web = await serveWeb(app, { ...config, doors: platforms.flatMap(({ doors = [] }) => doors) });
    stops.push(() => web.close());
    scheduler.start();
    stops.push(() => scheduler.stop());
    stops.push(() => stopPlatforms(platforms));
    await startAll(platforms);
    dispatcher.start();
    stops.push(() => dispatcher.stop());
    return { port: web.port, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Starts the platforms side by side, and waits for all of them before it tells that one could not. */
async function startAll(platforms: readonly Platform[]): Promise<void> {
  const outcomes = await Promise.allSettled(platforms.map((platform) => platform.start()));
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Stops the platforms side by side, so that the time each waits for what runs does not add up. */
async function stopPlatforms(platforms: readonly Platform[]): Promise<void> {
  await Promise.all(platforms.map((platform) => platform.stop()));
}

/** Longest time between two looks of the scheduler, in minutes; it looks once a minute. */
const MOST_BETWEEN_TICKS = 3;

function schedulerCheck(scheduler: Scheduler, clock: Clock): Check {
  const last = scheduler.lastTickAt();
  const isUp = last !== undefined && clock.now().diff(last).as('minutes') < MOST_BETWEEN_TICKS;
  return { name: 'scheduler', isUp, detail: last ? `looked at ${last.toISO()}` : 'has not looked yet' };
}

function databaseCheck(database: Database): Check {
  try {
    database.sqlite.prepare('select 1').get();
    return { name: 'database', isUp: true, detail: 'answers' };
  } catch {
    return { name: 'database', isUp: false, detail: 'does not answer' };
  }
}
