import type { Visitor } from '../src/bot/actor.js';
import { createRollcallBot } from '../src/bot/rollcall-bot.js';
import { migrate, openDatabase } from '../src/db/database.js';
import { createServices } from '../src/services.js';
import { systemClock } from '../src/shared/clock.js';
import { createLogger } from '../src/shared/logger.js';

/** The bot on a database file, without any platform. */
export async function startBotOn(file: string, settings: Parameters<typeof createServices>[2] = {}) {
  const database = openDatabase(file);
  await migrate(database.connection);
  const clock = systemClock();
  const logger = createLogger('silent');
  const services = createServices(database, clock, settings);
  const bot = createRollcallBot({ services, clock, logger });
  return { bot, inTransaction: database.inTransaction, stop: () => database.close() };
}

/** Somebody of the big database, in a Discord server. */
export function aVisitor(accountId: string): Visitor {
  return {
    account: { platform: 'discord', teamId: '', accountId },
    displayName: 'Somebody',
    locale: 'en-GB',
    zone: undefined,
    place: { kind: 'space', externalId: '600000000000000001', channelId: '400000000000000001' },
    managesSpace: false,
  };
}
