import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { Bot } from '../../bot/bot.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { type Platform, type PlatformHealth, StartProblem } from '../platform.js';
import { createActionIds } from './action-ids.js';
import { commandWords } from './command-words.js';
import { createComposer } from './compose.js';
import { openConnection } from './connection.js';
import { createConversations } from './conversation.js';
import type { Desk } from './desk.js';
import { createDirectChannels } from './direct-channels.js';
import { createUploads } from './files.js';
import { createHomes } from './home.js';
import { type Intake, listen } from './listeners.js';
import { createModals } from './modals.js';
import { createPeople } from './people.js';
import { quietLogger } from './quiet-logger.js';
import { createSendDirect } from './send-direct.js';
import { createSupervisor, type Supervisor } from './supervisor.js';
import { TIMINGS, type Timings } from './timings.js';
import { createVisitors } from './visitor.js';
import { BAD_APP_TOKEN, createWebClient, findWorkspace, type Workspace } from './workspace.js';

export interface SlackParts {
  botToken: string;
  appToken: string;
  apiUrl: string;
  /** Put before every slash command's name, such as `rc-`. */
  commandPrefix: string;
  bot: Bot;
  keptTexts: KeptTexts;
  logger: Logger;
  /** For tests. */
  timings?: Partial<Timings>;
}

/** Slack in Socket Mode, for the one workspace the bot token is for. */
export function createSlackPlatform(parts: SlackParts): Platform {
  const { botToken, appToken, apiUrl, logger } = parts;
  const timings = { ...TIMINGS, ...parts.timings };
  const slackLogger = quietLogger(logger);
  const client = createWebClient({ token: botToken, apiUrl, timings, logger: slackLogger });
  const intake: Intake = { running: new Set(), unacknowledged: new Set(), isStopping: false };
  let workspace: Workspace | undefined;
  let supervisor: Supervisor | undefined;
  let trouble: string | undefined;

  const desk = createDesk(parts, timings, () => client);
  const sendDirect = createSendDirect({
    ...desk,
    clientFor: () => client,
    servesTeam: (teamId) => workspace === undefined || workspace.teamId === teamId,
  });

  const createApp = ({ botId, botUserId }: Workspace): App => {
    const app = new App({
      token: botToken,
      botId,
      botUserId,
      // Who we are is known already; Bolt would ask again, and fail where nobody catches it.
      tokenVerificationEnabled: false,
      receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
      clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: timings.callMs },
      logger: slackLogger,
      convoStore: false,
    });
    listen(app, desk, intake, (_teamId, why) => {
      trouble = why === 'app_uninstalled' ? 'the app was removed from the workspace' : 'the bot token was revoked';
      logger.error({ why }, 'slack: the workspace took its permission back');
    });
    return app;
  };

  const connect = async (found: Workspace): Promise<void> => {
    workspace = found;
    const app = createApp(found);
    const open = () => openConnection({ app, appToken, apiUrl, timings, logger, slackLogger });
    supervisor = createSupervisor({ open, timings, logger });
    try {
      await supervisor.start();
    } catch (error) {
      supervisor.stop();
      throw new StartProblem(BAD_APP_TOKEN, { cause: error });
    }
    logger.info({ teamId: found.teamId }, 'slack connected');
  };

  /** Goes on trying while Slack cannot be reached; nobody waits for it any more. */
  const connectLater = async (): Promise<void> => {
    for (let failures = 1; !intake.isStopping; failures += 1) {
      await sleep(Math.min(timings.firstPauseMs * 2 ** (failures - 1), timings.longestPauseMs), undefined, {
        ref: false,
      });
      if (intake.isStopping) return;
      try {
        await connect(await findWorkspace(client));
        trouble = undefined;
        return;
      } catch (error) {
        trouble = error instanceof StartProblem ? error.message : UNREACHABLE;
        logger.error({ error: errorFacts(error) }, 'slack cannot be reached yet');
        if (error instanceof StartProblem) await sleep(timings.hopelessPauseMs, undefined, { ref: false });
      }
    }
  };

  return {
    name: 'slack',
    sendDirect,

    async start() {
      let found: Workspace;
      try {
        found = await findWorkspace(client);
      } catch (error) {
        if (error instanceof StartProblem) throw error;
        trouble = UNREACHABLE;
        logger.warn({ error: errorFacts(error) }, 'slack cannot be reached; trying again');
        void connectLater();
        return;
      }
      await connect(found);
    },

    async stop() {
      intake.isStopping = true;
      const until = performance.now() + timings.drainMs;
      // Acknowledging takes a connection; the answers after it do not.
      while (intake.unacknowledged.size > 0 && performance.now() < until) await sleep(10);
      supervisor?.stop();
      await drain(intake, until - performance.now());
    },

    health(): PlatformHealth {
      if (trouble) return { isUp: false, detail: trouble };
      const open = supervisor?.openCount() ?? 0;
      if (open > 0) return { isUp: true, detail: `${open} of 2 connections open` };
      const refusal = supervisor?.lastRefusal();
      return {
        isUp: false,
        detail: refusal ? `Slack refuses to connect: ${refusal}` : 'no connection open; reconnecting',
      };
    },
  };
}

const UNREACHABLE = 'Slack cannot be reached; trying again';

/** What answering takes, put together. */
function createDesk(
  parts: SlackParts,
  timings: Timings,
  clientFor: (teamId: string) => ReturnType<typeof createWebClient>,
): Desk {
  const { bot, keptTexts, logger, commandPrefix } = parts;
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
  const visitors = createVisitors({ people, directChannels });
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

/** Waits for what runs, at most so long. */
async function drain({ running }: Intake, mostMs: number): Promise<void> {
  if (running.size === 0) return;
  const enough = new AbortController();
  const patience = sleep(mostMs, undefined, { signal: enough.signal }).catch(() => {});
  await Promise.race([Promise.allSettled(running), patience]);
  enough.abort();
}
