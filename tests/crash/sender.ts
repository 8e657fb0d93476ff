import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { onDelivery } from '../../src/bot/deliveries.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { message } from '../../src/bot/views.js';
import { createChatPlatforms } from '../../src/chat-platforms.js';
import { readConfig } from '../../src/config.js';
import { openDatabase } from '../../src/db/database.js';
import { SourceId } from '../../src/domain/ids.js';
import { openSecretBox } from '../../src/encryption.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createServices } from '../../src/services.js';
import { systemClock } from '../../src/shared/clock.js';
import { createLogger, errorFacts } from '../../src/shared/logger.js';

/** The pause between two syncs of a calendar, in milliseconds; the product waits a quarter of an hour. */
const SYNC_PAUSE_MS = 20;

/**
 * A process that sends what the outbox of `DATABASE_URL` holds, and syncs and announces the calendars in there, as the
 * product does but over and over, until somebody kills it. It tells its parent when it begins.
 */
const config = readConfig(process.env);
const clock = systemClock();
const logger = createLogger('fatal', process.stderr);
const database = openDatabase(config.databaseFile);
const secretBox = openSecretBox(config, logger);
const services = createServices(database, clock, {
  secretBox,
  luma: { ...config.luma, perMinute: Number.POSITIVE_INFINITY },
  onFault: (error) => logger.fatal({ error: errorFacts(error) }, 'a sync failed by our own mistake'),
});
const counted = onDelivery('crash.count', z.object({ number: z.number() }), async (_member, { number }) =>
  message(`Message ${number}.`),
);
const bot = createRollcallBot({ services, clock, logger, more: [{ messages: [counted] }] });
const platforms = createChatPlatforms({ config, database, services, secretBox, bot, clock, logger });
await Promise.all(platforms.map((platform) => platform.startSending()));
const dispatcher = createDispatcher({ inTransaction: database.inTransaction, bot, platforms, clock, logger });
database.onPlanned(dispatcher.wake);
const sources = await database.connection.selectFrom('event_sources').select('id').execute();
dispatcher.start();
process.send?.('sending');
process.on('disconnect', () => process.exit(0));
while (sources.length > 0) {
  for (const { id } of sources) await services.syncs.syncSource(SourceId.parse(id), { now: clock.now(), force: true });
  await wait(SYNC_PAUSE_MS);
}
