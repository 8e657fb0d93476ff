import { setTimeout as wait } from 'node:timers/promises';
import { type Client, Events, type Interaction, type Message, type REST } from 'discord.js';
import type { Bot } from '../../bot/bot.js';
import { createBackground } from '../../shared/background.js';
import type { Facts } from '../../shared/facts.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { type Platform, StartProblem } from '../platform.js';
import { createAnswer } from './answer.js';
import { createCallbacks } from './callbacks.js';
import { createChannels } from './channels.js';
import { createClockSkew } from './clock-skew.js';
import { CONNECTION_TIMES, type ConnectionTimes, createConnection } from './connection.js';
import { createDirectMessages } from './direct-messages.js';
import { createFollowUps } from './follow-ups.js';
import { createHearMessage } from './hear-message.js';
import { createIdentifyPacing } from './identify-pacing.js';
import { loginProblem } from './login-problems.js';
import { createOnInteraction } from './on-interaction.js';
import { PACING } from './pacing.js';
import { createPosting } from './posting.js';
import { createRecent } from './recent.js';
import { createRefusals } from './refusals.js';
import { findApplicationId, registerCommands, registeredIds } from './registration.js';
import type { RenderParts } from './render-view.js';
import { createCallbackRest, createOnceRest, createRest } from './rest.js';
import { createScheduledEvents } from './scheduled-events.js';
import { createStanding } from './standing.js';

/** What the adapter needs, and what tests may shorten. */
export interface DiscordParts {
  token: string;
  /** Without a version and without a slash at its end. */
  apiUrl: string;
  bot: Bot;
  keptTexts: KeptTexts;
  facts: Facts;
  logger: Logger;
  times?: Partial<DiscordTimes>;
}

/** Times in milliseconds. */
export interface DiscordTimes extends ConnectionTimes {
  answerWithinMs: number;
  /** The least time between two identifies. */
  identifyGapMs: number;
  /** Pauses between tries to register the commands. */
  registerPauseMs: { first: number; most: number };
}

/** How long stopping waits for what runs. */
const STOP_WITHIN_MS = 10_000;
const REGISTER_PAUSE_MS = { first: 5_000, most: 3_600_000 };

/** Discord: commands, taps, forms and messages in; cards and direct messages out. */
export function createDiscordPlatform(parts: DiscordParts): Platform {
  const { token, apiUrl, bot, keptTexts, facts, logger, times = {} } = parts;
  const rest = createRest(apiUrl, token);
  const onceRest = createOnceRest(apiUrl, token);
  const callbackRest = createCallbackRest(apiUrl);
  const skew = createClockSkew([rest, callbackRest]);
  const running = createBackground(logger);
  const recent = createRecent();
  const refusals = createRefusals(logger);
  const stopping = new AbortController();
  let commandIds: Record<string, string> = {};
  let applicationId: string | undefined;

  const render: RenderParts = {
    keptTexts,
    findCommandId: (name: string) =>
      bot.registry.findCommand(name) ? commandIds[name.split(' ')[0] ?? ''] : undefined,
    drawn: new WeakMap(),
  };
  const useIds = (ids: Record<string, string>): void => {
    commandIds = ids;
    render.drawn = new WeakMap();
  };
  const posting = createPosting({ rest, render });
  const standing = createStanding(rest);
  const directMessages = createDirectMessages({ rest, posting, logger });
  const channels = createChannels({ rest, posting, standing, logger });
  const scheduledEvents = createScheduledEvents({ rest: onceRest, standing, logger });
  const callbacks = createCallbacks({ rest: callbackRest, logger });
  const answer = createAnswer({
    callbacks,
    followUps: createFollowUps({ rest, logger }),
    render,
    logger,
    ...(times.answerWithinMs !== undefined && { answerWithinMs: times.answerWithinMs }),
  });
  const onInteraction = createOnInteraction({ bot, keptTexts, callbacks, answer, recent, skew });
  const onMessage = createHearMessage({ bot, directMessages, recent, logger });

  const taking = (name: string, work: () => Promise<void>) => {
    if (!stopping.signal.aborted) running.run(name, work);
  };
  const attach = (client: Client): void => {
    skew.learnFrom(client.rest);
    client.on(Events.InteractionCreate, (interaction: Interaction) =>
      taking('discord interaction', () => onInteraction(interaction)),
    );
    client.on(Events.MessageCreate, (message: Message) => taking('discord message', () => onMessage(message)));
  };

  const register = async (applicationId: string): Promise<boolean> => {
    try {
      const outcome = await registerCommands({ rest, applicationId, registry: bot.registry, facts });
      useIds(await registeredIds(facts, applicationId));
      logger.info({ outcome }, 'Discord commands');
      return true;
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'could not register the Discord commands; trying again later');
      return false;
    }
  };
  const registerLater = async (applicationId: string): Promise<void> => {
    const { first, most } = times.registerPauseMs ?? REGISTER_PAUSE_MS;
    for (let pauseMs = first; !stopping.signal.aborted; pauseMs = Math.min(pauseMs * 2, most)) {
      await wait(pauseMs, undefined, { signal: stopping.signal, ref: false }).catch(() => undefined);
      if (stopping.signal.aborted || (await register(applicationId))) return;
    }
  };

  const connection = createConnection({
    token,
    apiUrl,
    logger,
    attach,
    pacing: createIdentifyPacing({
      facts,
      ...(times.identifyGapMs !== undefined && { gapMs: times.identifyGapMs }),
    }),
    times: { ...CONNECTION_TIMES, ...times },
    async onReady(client) {
      const { id } = client.application;
      applicationId = id;
      useIds(await registeredIds(facts, id).catch(() => ({})));
      if (!(await register(id))) void registerLater(id);
    },
  });

  /** Sending needs no gateway; commands that are named in a message want their ids. */
  const readyToSend = async (): Promise<void> => {
    try {
      useIds(await registeredIds(facts, await findApplicationId(rest)));
    } catch (error) {
      const why = loginProblem(error);
      if (why !== undefined) throw new StartProblem(why);
      logger.warn({ error: errorFacts(error) }, 'Discord does not tell which application this is');
    }
  };

  watchRest(rest, token, logger);
  refusals.watch(rest);
  watchRest(onceRest, token, logger);
  refusals.watch(onceRest);
  return {
    name: 'discord',
    start: connection.start,
    startSending: readyToSend,
    health: connection.health,
    pacing: PACING,
    sendDirect: refusals.heeding(directMessages.sendDirect),
    editDirect: refusals.heeding(directMessages.editDirect),
    channels: { ...channels, post: refusals.heeding(channels.post), edit: refusals.heeding(channels.edit) },
    scheduledEvents: {
      ...scheduledEvents,
      save: refusals.heeding(scheduledEvents.save),
      cancel: refusals.heeding(scheduledEvents.cancel),
    },
    addUrl: () => applicationId && `https://discord.com/oauth2/authorize?client_id=${applicationId}`,
    async stop() {
      stopping.abort();
      await running.drain(STOP_WITHIN_MS);
      await connection.stop();
    },
  };
}

const TOKEN_AGAIN_MS = 30_000;

function watchRest(rest: REST, token: string, logger: Logger): void {
  rest.on('response', (_request, { status }) => {
    // One 401 makes discord.js forget the token for good, though it may be Discord's own mistake.
    if (status === 401) setTimeout(() => rest.setToken(token), TOKEN_AGAIN_MS).unref();
  });
  rest.on('rateLimited', ({ method, route, retryAfter, scope }) =>
    logger.info({ method, route, retryAfterMs: retryAfter, scope }, 'Discord asks to slow down'),
  );
}
