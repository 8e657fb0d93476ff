import { setTimeout as sleep } from 'node:timers/promises';
import { App } from '@slack/bolt';
import type { Bot } from '../../bot/bot.js';
import type { Clock } from '../../shared/clock.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { type Platform, type PlatformHealth, StartProblem, type WebDoor } from '../platform.js';
import { createCarefulPosts } from './careful-posts.js';
import { createChannels } from './channels.js';
import { createDesk } from './create-desk.js';
import { createHttpTransport } from './http-transport.js';
import { createInstallDoor } from './install-door.js';
import type { Installations } from './installations.js';
import { createInstalledWorkspaces } from './installed-workspaces.js';
import { type Intake, listen } from './listeners.js';
import { createOneWorkspace } from './one-workspace.js';
import { PACING } from './pacing.js';
import { PATHS } from './paths.js';
import { quietLogger } from './quiet-logger.js';
import { createEditDirect, createSendDirect } from './send-direct.js';
import { createSocketTransport } from './socket-transport.js';
import { TIMINGS, type Timings } from './timings.js';
import type { Transport } from './transport.js';
import type { Workspaces } from './workspaces.js';

export interface SlackParts {
  apiUrl: string;
  /** One workspace by its bot token, or many that install the app by themselves. */
  workspaces: { kind: 'one'; botToken: string } | { kind: 'many'; clientId: string; clientSecret: string };
  /** Sockets that we open, or requests that Slack makes. */
  transport: { kind: 'sockets'; appToken: string } | { kind: 'requests'; signingSecret: string };
  /** Put before every slash command's name, such as `rc-`. */
  commandPrefix: string;
  publicUrl: string | undefined;
  installations: Installations;
  /** Told of a workspace that lets the bot in, perhaps again. */
  onInstalled: (teamId: string) => Promise<void>;
  bot: Bot;
  keptTexts: KeptTexts;
  clock: Clock;
  logger: Logger;
  /** For tests. */
  timings?: Partial<Timings>;
}

/** Slack, with either way of being installed and either way of hearing. */
export function createSlackPlatform(parts: SlackParts): Platform {
  const { apiUrl, logger } = parts;
  const timings = { ...TIMINGS, ...parts.timings };
  const tools: Tools = { apiUrl, timings, logger, slackLogger: quietLogger(logger) };
  const intake: Intake = { running: new Set(), unacknowledged: new Set(), isStopping: false };
  let trouble: string | undefined;

  const desk = createDesk({
    ...parts,
    timings,
    clientFor: (teamId) => workspaces.clientFor(teamId),
    serves: (teamId) => workspaces.serves(teamId),
  });
  const { workspaces, doors: installDoors } = chooseWorkspaces(parts, tools, () => {
    desk.people.forgetAll();
    desk.directChannels.forgetAll();
  });
  const { transport, doors: requestDoors } = chooseTransport(parts, tools, () => intake.isStopping);
  const sending = {
    clientFor: workspaces.clientFor,
    servesTeam: workspaces.serves,
    postCarefully: createCarefulPosts(workspaces),
    composer: desk.composer,
    logger,
  };
  const app = createApp(workspaces, tools);
  listen(app, desk, intake, (taken) => workspaces.takeBack(taken));

  const connect = async (): Promise<void> => {
    await workspaces.load();
    await transport.start(app);
    // It may have been told to stop meanwhile.
    if (intake.isStopping) return transport.stop();
    trouble = undefined;
    logger.info({ serving: workspaces.summary() }, 'slack connected');
  };

  /** Goes on trying while Slack cannot be reached; nobody waits for it any more. */
  const connectLater = async (): Promise<void> => {
    for (let failures = 1; !intake.isStopping; failures += 1) {
      await sleep(Math.min(timings.firstPauseMs * 2 ** (failures - 1), timings.longestPauseMs), undefined, {
        ref: false,
      });
      if (intake.isStopping) return;
      try {
        return await connect();
      } catch (error) {
        trouble = error instanceof StartProblem ? error.message : UNREACHABLE;
        logger.error({ error: errorFacts(error) }, 'slack cannot be reached yet');
        if (error instanceof StartProblem) await sleep(timings.hopelessPauseMs, undefined, { ref: false });
      }
    }
  };

  return {
    name: 'slack',
    doors: [...installDoors, ...requestDoors],
    addUrl: () => addUrl(parts),
    pacing: PACING,
    sendDirect: createSendDirect({ ...sending, directChannels: desk.directChannels }),
    editDirect: createEditDirect(sending),
    channels: createChannels(sending),

    async start() {
      try {
        await connect();
      } catch (error) {
        if (error instanceof StartProblem) throw error;
        trouble = UNREACHABLE;
        logger.warn({ error: errorFacts(error) }, 'slack cannot be reached; trying again');
        void connectLater();
      }
    },

    async startSending() {
      try {
        await workspaces.load();
      } catch (error) {
        if (error instanceof StartProblem) throw error;
        logger.warn({ error: errorFacts(error) }, 'slack cannot be reached');
      }
    },

    async stop() {
      intake.isStopping = true;
      const until = performance.now() + timings.drainMs;
      // Acknowledging takes a connection; the answers after it do not.
      while (intake.unacknowledged.size > 0 && performance.now() < until) await sleep(10);
      transport.stop();
      await drain(intake, until - performance.now());
    },

    health(): PlatformHealth {
      const why = trouble ?? workspaces.trouble();
      if (why) return { isUp: false, detail: why };
      const { isUp, detail } = transport.health();
      return { isUp, detail: [workspaces.summary(), detail].filter(Boolean).join('; ') };
    },
  };
}

/** Our own install page; a bot of one workspace is added by its admins alone. */
function addUrl({ publicUrl, workspaces }: SlackParts): string | undefined {
  return workspaces.kind === 'many' && publicUrl ? `${publicUrl}${PATHS.install}` : undefined;
}

const UNREACHABLE = 'Slack cannot be reached; trying again';

interface Tools {
  apiUrl: string;
  timings: Timings;
  logger: Logger;
  slackLogger: ReturnType<typeof quietLogger>;
}

/** How the bot is let in: by one token, or by installations, which take a door of their own. */
function chooseWorkspaces(
  parts: SlackParts,
  tools: Tools,
  onChange: () => void,
): { workspaces: Workspaces; doors: WebDoor[] } {
  const { workspaces: choice, installations: store, onInstalled, clock } = parts;
  if (choice.kind === 'one') return { workspaces: createOneWorkspace({ ...choice, ...tools }), doors: [] };
  const workspaces = createInstalledWorkspaces({ ...tools, store, clock, onInstalled, onChange });
  const door = createInstallDoor({ ...parts, ...choice, ...tools, workspaces });
  return { workspaces, doors: [door] };
}

function chooseTransport(
  { transport: choice }: SlackParts,
  tools: Tools,
  isClosing: () => boolean,
): { transport: Transport; doors: WebDoor[] } {
  if (choice.kind === 'sockets') return { transport: createSocketTransport({ ...choice, ...tools }), doors: [] };
  const transport = createHttpTransport({ ...choice, ...tools, isClosing });
  return { transport, doors: [transport.door] };
}

/** Bolt, which is handed what came in by whichever transport; it asks Slack nothing by itself. */
function createApp(workspaces: Workspaces, { apiUrl, timings, slackLogger }: Tools): App {
  return new App({
    authorize: workspaces.authorize,
    receiver: { init: () => {}, start: async () => {}, stop: async () => {} },
    clientOptions: { slackApiUrl: apiUrl, retryConfig: { retries: 0 }, timeout: timings.callMs },
    logger: slackLogger,
    convoStore: false,
  });
}

/** Waits for what runs, at most so long. */
async function drain({ running }: Intake, mostMs: number): Promise<void> {
  if (running.size === 0) return;
  const enough = new AbortController();
  const patience = sleep(mostMs, undefined, { signal: enough.signal }).catch(() => {});
  await Promise.race([Promise.allSettled(running), patience]);
  enough.abort();
}
