import { z } from 'zod';
import { onDelivery } from '../../src/bot/deliveries.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { message } from '../../src/bot/views.js';
import { createChatPlatforms } from '../../src/chat-platforms.js';
import { readConfig } from '../../src/config.js';
import { openDatabase } from '../../src/db/database.js';
import { openSecretBox } from '../../src/encryption.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createServices } from '../../src/services.js';
import { systemClock } from '../../src/shared/clock.js';
import { createLogger } from '../../src/shared/logger.js';

/**
 * A process that sends what the outbox of `DATABASE_URL` holds, as the product does, until somebody kills it. It tells
 * its parent when it begins.
 */
const config = readConfig(process.env);
const clock = systemClock();
const logger = createLogger('fatal');
const database = openDatabase(config.databaseFile);
const services = createServices(database, clock);
const counted = onDelivery('crash.count', z.object({ number: z.number() }), async (_member, { number }) =>
  message(`Message ${number}.`),
);
const bot = createRollcallBot({ services, clock, logger, more: [{ messages: [counted] }] });
const secretBox = openSecretBox(config, logger);
const platforms = createChatPlatforms({ config, database, services, secretBox, bot, clock, logger });
await Promise.all(platforms.map((platform) => platform.startSending()));
const dispatcher = createDispatcher({ inTransaction: database.inTransaction, bot, platforms, clock, logger });
dispatcher.start();
process.send?.('sending');
process.on('disconnect', () => process.exit(0));
