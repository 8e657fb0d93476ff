import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import { onDelivery } from '../../src/bot/deliveries.js';
import { createRollcallBot } from '../../src/bot/rollcall-bot.js';
import { message } from '../../src/bot/views.js';
import { createChatPlatforms } from '../../src/chat-platforms.js';
import { readConfig } from '../../src/config.js';
import { openDatabase } from '../../src/db/database.js';
import { sourceSecrets } from '../../src/db/source-secrets.js';
import type { SyncedChanges } from '../../src/domain/events/event-changes.js';
import { createSyncService } from '../../src/domain/events/sync-service.js';
import { MemberId, SourceId } from '../../src/domain/ids.js';
import type { Repositories } from '../../src/domain/repositories.js';
import { openSecretBox } from '../../src/encryption.js';
import { createOpenSource } from '../../src/luma/open-source.js';
import { createDispatcher } from '../../src/scheduler/dispatcher.js';
import { createServices } from '../../src/services.js';
import { systemClock } from '../../src/shared/clock.js';
import { createLogger, errorFacts } from '../../src/shared/logger.js';

/**
 * A process that sends what the outbox of `DATABASE_URL` holds, and syncs the calendars in there over and over, as the
 * product does, until somebody kills it. It tells its parent when it begins.
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
const people = await database.connection.selectFrom('members').select('id').execute();
const everybody = people.map(({ id }) => MemberId.parse(id));
const dispatcher = createDispatcher({ inTransaction: database.inTransaction, bot, platforms, clock, logger });
dispatcher.start();
void keepSyncing();
process.send?.('sending');
process.on('disconnect', () => process.exit(0));

/** Everybody is due a message on each new event, planned in the transaction that writes it. */
async function tellEverybody({ deliveries }: Repositories, { added, at }: SyncedChanges): Promise<void> {
  for (const { id, title } of added) {
    for (const memberId of everybody) {
      await deliveries.plan({
        dedupeKey: `crash:${id}:${memberId}`,
        memberId,
        kind: 'crash.count',
        payload: { number: Number(/\d+/u.exec(title)?.[0]) },
        dueAt: at,
      });
    }
  }
}

async function keepSyncing(): Promise<void> {
  const rows = await database.connection.selectFrom('event_sources').select('id').execute();
  const syncs = createSyncService({
    inTransaction: database.inTransaction,
    openSource: createOpenSource({ ...config.luma, clock, perMinute: Number.POSITIVE_INFINITY }),
    secrets: sourceSecrets(secretBox),
    follow: [tellEverybody],
    random: Math.random,
    onFault: (error) => logger.fatal({ error: errorFacts(error) }, 'a sync failed by our own mistake'),
  });
  for (;;) {
    for (const { id } of rows) await syncs.syncSource(SourceId.parse(id), { now: clock.now(), force: true });
    await wait(20);
  }
}
