import type { webApi } from '@slack/bolt';
import type { Bot } from '../../bot/bot.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Composer } from './compose.js';
import { withRetries } from './slack-errors.js';
import type { Visitors } from './visitor.js';

/** The Home tabs, one a person. */
export interface Homes {
  /** Publishes the person's dashboard as it is now. Those who ask meanwhile share the next one. */
  refresh(teamId: string, accountId: string): Promise<void>;
}

/**
 * One at a time for each person and always the newest last, so that no two publishings race and Slack's `hash` is not
 * needed.
 */
export function createHomes(parts: {
  bot: Bot;
  visitors: Visitors;
  composer: Composer;
  clientFor: (teamId: string) => webApi.WebClient;
  logger: Logger;
}): Homes {
  const { bot, visitors, composer, clientFor, logger } = parts;
  const running = new Map<string, Promise<void>>();
  const waiting = new Map<string, Promise<void>>();

  const publish = async (teamId: string, accountId: string): Promise<void> => {
    try {
      const visitor = await visitors.find({ teamId, accountId, name: undefined, channelId: undefined });
      if (!visitor) return;
      const view = await composer.home(await bot.home(visitor), { teamId, accountId });
      await withRetries(() => clientFor(teamId).views.publish({ user_id: accountId, view }));
    } catch (error) {
      logger.warn({ error: errorFacts(error) }, 'slack: a Home tab could not be published');
    }
  };

  return {
    refresh(teamId, accountId) {
      const key = `${teamId}/${accountId}`;
      const already = waiting.get(key);
      if (already) return already;
      const before = running.get(key) ?? Promise.resolve();
      const next: Promise<void> = before
        .then(() => {
          waiting.delete(key);
          running.set(key, next);
          return publish(teamId, accountId);
        })
        .finally(() => {
          if (running.get(key) === next) running.delete(key);
        });
      waiting.set(key, next);
      return next;
    },
  };
}
