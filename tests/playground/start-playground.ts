import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { DateTime } from 'luxon';
import { pino } from 'pino';
import type { MemberActor } from '../../src/bot/actor.js';
import { createWelcome } from '../../src/bot/consent/welcome.js';
import type { BotModule } from '../../src/bot/registry.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import { DEMO_PERSONAS } from '../../src/demo/demo-personas.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import { createMembersService } from '../../src/domain/members/members-service.js';
import { createOrgsService } from '../../src/domain/orgs/orgs-service.js';
import { buildClient } from '../../src/platforms/playground/build-client.mjs';
import { createPlayground } from '../../src/platforms/playground/playground.js';
import { createBackground } from '../../src/shared/background.js';
import { movableClock } from '../../src/shared/clock.js';
import { serveWeb } from '../../src/web/serve.js';

export type RunningPlayground = Awaited<ReturnType<typeof startPlayground>>;

/** The product with its playground on a port of its own: real services, demo data in memory, a clock set by the test. */
export async function startPlayground({
  now = '2026-05-04T15:20:00Z',
  hasPage = false,
  more = [],
  remoteAddress,
  port = 0,
}: {
  now?: string;
  /** Builds the page too, for tests with a browser. */
  hasPage?: boolean;
  more?: readonly BotModule[];
  remoteAddress?: () => string | undefined;
  port?: number;
} = {}) {
  const startedMs = performance.now();
  const started = DateTime.fromISO(now, { zone: 'utc' }) as DateTime<true>;
  const clock = movableClock({ now: () => started.plus({ milliseconds: Math.floor(performance.now() - startedMs) }) });
  const logger = pino({ level: 'silent' });
  const database = openDatabase(':memory:');
  await migrate(database.connection);
  await seedDemo(database.inTransaction);
  const parts = { inTransaction: database.inTransaction, clock };
  const services = { members: createMembersService(parts), orgs: createOrgsService(parts) };
  const background = createBackground(logger);
  const welcome = createWelcome({
    members: services.members,
    sendDirect: (identity, view, nonce) => playground.sendDirect(identity, view, nonce),
  });
  const bot = createRollcallBot({
    services,
    clock,
    logger,
    background,
    more,
    welcome: (actor: MemberActor) => welcome(actor),
  });
  const assetsFolder = hasPage ? await mkdtemp(join(tmpdir(), 'rollcall-page-')) : undefined;
  if (assetsFolder) await buildClient({ outdir: assetsFolder });
  const playground = createPlayground({
    bot,
    clock,
    moveTo: async (instant) => {
      clock.moveTo(instant);
      return undefined;
    },
    personas: DEMO_PERSONAS,
    spaceName: async (key) => (await services.orgs.resolve(key)).name,
    logger,
    ...(assetsFolder ? { assetsFolder } : {}),
    ...(remoteAddress ? { remoteAddress } : {}),
  });
  const app = new Hono().route('/', playground.routes);
  const web = await serveWeb(app, { host: '127.0.0.1', port });
  await playground.start();
  return {
    url: `http://localhost:${web.port}`,
    port: web.port,
    playground,
    services,
    clock,
    async stop() {
      await playground.stop();
      await background.drain(1000);
      await web.close();
      await database.close();
      if (assetsFolder) await rm(assetsFolder, { recursive: true, force: true });
    },
  };
}
