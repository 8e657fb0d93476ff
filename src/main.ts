import { Hono } from 'hono';
import type { BotModule } from './bot/registry.js';
import { createRollcallBot } from './bot/rollcall-bot.js';
import { createChatPlatforms } from './chat-platforms.js';
import type { Config } from './config.js';
import { type Database, migrate, openDatabase } from './db/database.js';
import { jobRuns } from './db/job-runs.js';
import { sourceSecrets } from './db/source-secrets.js';
import { openSecretBox } from './encryption.js';
import { createJobs } from './jobs.js';
import { createPictures } from './pictures/pictures.js';
import { channelLooks } from './platforms/channel-looks.js';
import type { Platform } from './platforms/platform.js';
import { createDispatcher, type Dispatcher } from './scheduler/dispatcher.js';
import { troubleOf } from './scheduler/job-overview.js';
import { createJobRunner, type Ran, ranWords } from './scheduler/job-runner.js';
import { createScheduler, type Scheduler } from './scheduler/scheduler.js';
import { createServices } from './services.js';
import { createAlarm } from './shared/alarm.js';
import { type Clock, movableClock, systemClock } from './shared/clock.js';
import { errorFacts, type Logger } from './shared/logger.js';
import { feedRoutes } from './web/feeds/feed-routes.js';
import { type Check, healthRoutes } from './web/health-routes.js';
import { lumaWebhookRoutes } from './web/luma-webhook.js';
import { createMetrics } from './web/metrics.js';
import { joinWaysOf } from './web/org-pages/join-steps.js';
import { orgRoutes } from './web/org-pages/org-routes.js';
import { serveWeb } from './web/serve.js';

/** How long mailings are gathered, in milliseconds: what one run finds in several calendars is told in one message. */
const GATHER_MAILINGS_MS = 5_000;

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
  const machineClock = systemClock();
  const clock = movableClock(machineClock);
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
    const forPlayground = config.isPlayground ? await import('./playground-parts.js') : undefined;
    await forPlayground?.seedDemo(database.inTransaction);
    const secretBox = openSecretBox(config, logger);
    const pictures = createPictures();
    stops.push(() => pictures.close());
    // Another one once it is open, when it was asked to pick one.
    let port = config.port;
    const platforms: Platform[] = [];
    const demo = await forPlayground?.startDemoCalendars({ clock });
    stops.push(async () => demo?.close());
    const services = createServices(database, clock, {
      looks: channelLooks(() => platforms),
      pictures,
      demo,
      publicUrl: config.publicUrl,
      localUrl: () => `http://localhost:${port}`,
      secretBox,
      reviewsNewOrgs: config.reviewsNewOrgs,
      luma: config.luma,
      onFault: (error) => logger.error({ error: errorFacts(error) }, 'a calendar could not be synced'),
    });
    stops.push(() => services.syncWakes.stop());
    if (forPlayground && demo) {
      const secrets = sourceSecrets(secretBox);
      await forPlayground.connectDemoCalendars(database.inTransaction, { keyFor: demo.keyFor, secrets, clock });
    }
    const metrics = createMetrics();
    const bot = createRollcallBot({
      services,
      clock,
      logger,
      more,
      // Once the answer is on its way: nobody waits for the counting.
      onAnswered: (answered) => void setImmediate(() => metrics.observe(answered)),
    });
    const dispatcher = createDispatcher({
      inTransaction: database.inTransaction,
      bot,
      platforms,
      clock,
      logger,
      onOutcome: (state) => metrics.observeDelivery(state),
    });
    database.onPlanned(dispatcher.wake);
    const runs = jobRuns(database.connection);
    const onRan = (ran: Ran) => metrics.observeJob(ran);
    const runner = createJobRunner({ runs, clock, machineClock, logger, onRan });
    const jobs = createJobs({ database, services, dispatcher });
    const scheduler = createScheduler({ jobs, runs, runner, dispatcher, clock, logger });

    const mailingAlarm = createAlarm(() => void scheduler.tick());
    database.onMailing(() => mailingAlarm.setFor(GATHER_MAILINGS_MS));
    stops.push(async () => mailingAlarm.clear());

    const app = new Hono();
    platforms.push(...createChatPlatforms({ config, database, services, secretBox, bot, clock, logger }));
    if (forPlayground) {
      const playground = forPlayground.createPlayground({
        bot,
        clock,
        moveTo: async (instant) =>
          (await scheduler.moveTo(clock, instant)).map((ran) => ({ job: ran.job, outcome: ranWords(ran) })),
        personas: forPlayground.DEMO_PERSONAS,
        spaceName: async (key) => (await services.orgs.resolve(key)).name,
        logger,
      });
      platforms.push(playground);
      app.route('/', playground.routes);
    }
    metrics.watch(platforms);
    metrics.watchJobs(() => scheduler.overview());
    metrics.watchOutbox(async () => {
      const now = clock.now();
      const counts = await database.inTransaction(({ deliveries }) => deliveries.counts(now), { isReadOnly: true });
      return { ...counts, oldestDueSeconds: counts.oldestDueAt ? now.diff(counts.oldestDueAt).as('seconds') : 0 };
    });
    metrics.watchHeld(() => dispatcher.held());
    const checks = async (): Promise<Check[]> => [
      databaseCheck(database),
      ...platforms.map((platform) => ({ name: platform.name, ...platform.health() })),
      await schedulerCheck(scheduler, clock),
      outboxCheck(dispatcher),
    ];
    app.route('/', healthRoutes({ checks, metrics }));
    app.route('/', lumaWebhookRoutes({ calls: services.webhookCalls }));
    app.route('/', feedRoutes({ feeds: services.calendarFeeds, logger }));
    app.route(
      '/',
      orgRoutes({
        orgPages: services.orgPages,
        invites: services.invites,
        publicUrl: config.publicUrl,
        ways: () => joinWaysOf(platforms, config.slackCommandPrefix),
        clock,
        logger,
      }),
    );

    const web = await serveWeb(app, { ...config, doors: platforms.flatMap(({ doors = [] }) => doors) });
    port = web.port;
    stops.push(() => web.close());
    scheduler.start();
    // Side by side, so that the time each waits for what runs does not add up.
    stops.push(() => allOf([scheduler.stop(), dispatcher.stop(), ...platforms.map((platform) => platform.stop())]));
    await allOf(platforms.map((platform) => platform.start()));
    dispatcher.start();
    return { port: web.port, stop: stopAll };
  } catch (error) {
    await stopAll();
    throw error;
  }
}

/** Waits for all of them, also when one fails. @throws the first failure. */
async function allOf(works: readonly Promise<void>[]): Promise<void> {
  const outcomes = await Promise.allSettled(works);
  for (const outcome of outcomes) if (outcome.status === 'rejected') throw outcome.reason;
}

/** Longest time between two looks of the scheduler, in minutes; it looks once a minute. */
const MOST_BETWEEN_TICKS = 3;

/** Red when it looks no more. A job that fails or is late shows, but restarting or replacing the process would not help. */
async function schedulerCheck(scheduler: Scheduler, clock: Clock): Promise<Check> {
  const now = clock.now();
  const last = scheduler.lastTickAt();
  const isUp = last !== undefined && now.diff(last).as('minutes') < MOST_BETWEEN_TICKS;
  const looked = last ? `looked at ${last.toISO()}` : 'has not looked yet';
  // A database that does not answer is another check's to tell.
  const jobs = await scheduler.overview().catch(() => []);
  const troubles = jobs.map((job) => troubleOf(job, now)).filter((trouble) => trouble !== undefined);
  return { name: 'scheduler', isUp, detail: [looked, ...troubles].join('; ') };
}

/** What is held back shows; a restart would not help, so it is no reason for red. */
function outboxCheck(dispatcher: Dispatcher): Check {
  const held = dispatcher.held().map(({ platform, sort, until }) => `${platform} (${sort}) until ${until?.toISO()}`);
  const detail = held.length === 0 ? 'nothing is held back' : `held back: ${held.join(', ')}`;
  return { name: 'outbox', isUp: true, detail };
}

function databaseCheck(database: Database): Check {
  try {
    database.sqlite.prepare('select 1').get();
    return { name: 'database', isUp: true, detail: 'answers' };
  } catch {
    return { name: 'database', isUp: false, detail: 'does not answer' };
  }
}
