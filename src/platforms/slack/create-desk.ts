import type { webApi } from '@slack/bolt';
import type { Bot } from '../../bot/bot.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import type { Logger } from '../../shared/logger.js';
import { createActionIds } from './action-ids.js';
import { commandWords } from './command-words.js';
import { createComposer } from './compose.js';
import { createConversations } from './conversation.js';
import type { Desk } from './desk.js';
import { createDirectChannels } from './direct-channels.js';
import { createUploads } from './files.js';
import { createHomes } from './home.js';
import { createModals } from './modals.js';
import { createPeople } from './people.js';
import type { Timings } from './timings.js';
import { createVisitors } from './visitor.js';

/** What answering takes, put together. */
export function createDesk(parts: {
  bot: Bot;
  keptTexts: KeptTexts;
  commandPrefix: string;
  clientFor: (teamId: string) => webApi.WebClient;
  serves: (teamId: string) => boolean;
  timings: Timings;
  logger: Logger;
}): Desk {
  const { bot, keptTexts, commandPrefix, clientFor, serves, timings, logger } = parts;
  const shared = { clientFor, logger, lookupMs: timings.lookupMs };
  const words = commandWords(bot.registry, commandPrefix);
  const ids = createActionIds(keptTexts);
  const people = createPeople(shared);
  const directChannels = createDirectChannels(shared);
  bot.onErased(({ platform, teamId, accountId }) => {
    if (platform !== 'slack') return;
    people.forget(teamId, accountId);
    directChannels.forget(teamId, accountId);
  });
  const visitors = createVisitors({ people, directChannels, serves });
  const uploads = createUploads({ ...shared, openDirect: directChannels.open });
  const composer = createComposer({ words, ids, uploads });
  return {
    bot,
    words,
    ids,
    people,
    directChannels,
    visitors,
    composer,
    conversations: createConversations({ ...shared, composer, callMs: timings.callMs }),
    modals: createModals({ ...shared, composer, ids, words }),
    homes: createHomes({ ...shared, bot, visitors, composer }),
    timings,
    logger,
  };
}
