import { createWelcome } from '../../src/bot/consent/welcome.js';
import type { BotModule } from '../../src/bot/registry.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import type { PlatformName } from '../../src/domain/members/account.js';
import type { Platform } from '../../src/platforms/platform.js';
import { createServices } from '../../src/services.js';
import { createBackground } from '../../src/shared/background.js';
import { type Clock, systemClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

export type Product = Awaited<ReturnType<typeof startProduct>>;

/** The product with demo data in memory, put together as `main.ts` does, but for the platform that a test connects. */
export async function startProduct({
  more = [],
  clock = systemClock(),
}: {
  more?: readonly BotModule[];
  clock?: Clock;
} = {}) {
  const database = openDatabase(':memory:');
  await migrate(database.connection);
  await seedDemo(database.inTransaction);
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  const services = createServices(database, clock);
  const background = createBackground(logger);
  return {
    database,
    services,
    clock,
    logger,
    /** Every line logged so far. */
    logs: () => lines.join(''),
    /** A bot of its own, as after a restart; the platform may be made after it. */
    createBot: (platform: () => Platform) =>
      createRollcallBot({
        services,
        clock,
        logger,
        background,
        more,
        welcome: createWelcome({
          members: services.members,
          sendDirect: (identity, view, nonce) => platform().sendDirect(identity, view, nonce),
        }),
      }),
    /** Connects a server or workspace to the demo's BAISH. */
    async connectToBaish(platform: PlatformName, externalId: string): Promise<void> {
      const { id } = await services.orgs.resolve('baish');
      await database.inTransaction(({ orgs }) => orgs.addSpace({ platform, externalId }, id, clock.now()));
    },
    async stop(): Promise<void> {
      await background.drain(2_000);
      await database.close();
    },
  };
}
