import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Hono } from 'hono';
import { DateTime } from 'luxon';
import type { BotModule } from '../../src/bot/registry.js';
import { DEMO_PERSONAS } from '../../src/demo/demo-personas.js';
import { buildClient } from '../../src/platforms/playground/build-client.mjs';
import { createPlayground } from '../../src/platforms/playground/playground.js';
import { movableClock } from '../../src/shared/clock.js';
import { serveWeb } from '../../src/web/serve.js';
import { startProduct } from '../builders/product.js';

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
  const product = await startProduct({ more, clock });
  const { services, logger } = product;
  const bot = product.createBot();
  const assetsFolder = hasPage ? await mkdtemp(join(tmpdir(), 'rollcall-page-')) : undefined;
  if (assetsFolder) await buildClient({ outdir: assetsFolder });
  const playground = createPlayground({
    bot,
    clock,
    moveTo: async (instant) => {
      clock.moveTo(instant);
      await dispatcher.run();
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
  const dispatcher = await product.startDispatcher(bot, playground);
  return {
    url: `http://localhost:${web.port}`,
    port: web.port,
    playground,
    product: { ...product, clock },
    database: product.database,
    services,
    clock,
    async stop() {
      await playground.stop();
      await web.close();
      await product.stop();
      if (assetsFolder) await rm(assetsFolder, { recursive: true, force: true });
    },
  };
}
