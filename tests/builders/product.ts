import type { Bot } from '../../src/bot/bot.js';
import type { BotModule } from '../../src/bot/registry.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import type { LumaAddresses } from '../../src/calendar-services.js';
import { migrate, openDatabase } from '../../src/db/database.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import type { PlatformName } from '../../src/domain/members/account.js';
import { channelLooks } from '../../src/platforms/channel-looks.js';
import type { Platform } from '../../src/platforms/platform.js';
import { createDispatcher, type Dispatcher } from '../../src/scheduler/dispatcher.js';
import { createServices } from '../../src/services.js';
import { type Clock, systemClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

export type Product = Awaited<ReturnType<typeof startProduct>>;

/**
 * The product with demo data, put together as `main.ts` does, but for the platforms that a test connects; in memory
 * unless a file is named.
 */
export async function startProduct({
  more = [],
  clock = systemClock(),
  file = ':memory:',
  luma,
  publicUrl,
}: {
  more?: readonly BotModule[];
  clock?: Clock;
  file?: string;
  /** Where a fake lu.ma is. */
  luma?: LumaAddresses;
  publicUrl?: string;
} = {}) {
  const database = openDatabase(file);
  await migrate(database.connection);
  await seedDemo(database.inTransaction);
  const lines: string[] = [];
  const logger = createLogger('trace', { write: (line) => void lines.push(line) });
  const dispatchers: Dispatcher[] = [];
  const platforms = new Map<PlatformName, Platform>();
  const services = createServices(database, clock, {
    looks: channelLooks(() => [...platforms.values()]),
    luma,
    publicUrl,
  });
  database.onPlanned(() => dispatchers.at(-1)?.wake());
  return {
    database,
    services,
    clock,
    logger,
    /** Every line logged so far. */
    logs: () => lines.join(''),
    /** The bot with all of the product in it. */
    createBot: () => createRollcallBot({ services, clock, logger, more }),
    /** Begins to send what is due on this platform too, in the place of an earlier dispatcher, as after a restart. */
    async startDispatcher(bot: Bot, platform: Platform): Promise<Dispatcher> {
      await dispatchers.at(-1)?.stop();
      platforms.set(platform.name, platform);
      const { inTransaction } = database;
      const dispatcher = createDispatcher({ inTransaction, bot, platforms: [...platforms.values()], clock, logger });
      dispatchers.push(dispatcher);
      dispatcher.start();
      return dispatcher;
    },
    /** Sends everything due, and resolves once it is noted. */
    drain: async (): Promise<void> => void (await dispatchers.at(-1)?.run()),
    /** Connects a server or workspace to the demo's BAISH. */
    async connectToBaish(platform: PlatformName, externalId: string): Promise<void> {
      const { id } = await services.orgs.resolve('baish');
      await database.inTransaction(({ orgs }) => orgs.addSpace({ platform, externalId }, id, clock.now()));
    },
    async stop(): Promise<void> {
      await dispatchers.at(-1)?.stop();
      await database.close();
    },
  };
}
