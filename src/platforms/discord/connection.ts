import { setTimeout as wait } from 'node:timers/promises';
import { type Client, Events, type IIdentifyThrottler, Status } from 'discord.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { type PlatformHealth, StartProblem } from '../platform.js';
import { createGatewayClient, type GatewayClient } from './client.js';
import { ClosedForGood, closeProblem, loginProblem } from './login-problems.js';

/** Times of a connection, in milliseconds; tests shorten them. */
export interface ConnectionTimes {
  /** How long the start waits for the first login before it goes on without. */
  startWithinMs: number;
  /** How often Discord is asked for a sign of life, and after how long without one the connection counts as lost. */
  probeEveryMs: number;
  lostAfterMs: number;
  /** Pauses between logins: after faults that pass, and after refusals that somebody has to mend. */
  faultPauseMs: { first: number; most: number };
  refusalPauseMs: { first: number; most: number };
}

export const CONNECTION_TIMES: ConnectionTimes = {
  startWithinMs: 10_000,
  probeEveryMs: 8_000,
  lostAfterMs: 20_000,
  faultPauseMs: { first: 1_000, most: 60_000 },
  refusalPauseMs: { first: 60_000, most: 3_600_000 },
};

type State =
  | { kind: 'connecting' }
  | { kind: 'unreachable' }
  | { kind: 'refused'; why: string }
  | { kind: 'in'; gateway: GatewayClient }
  | { kind: 'stopped' };

/** Keeps the bot connected to Discord's gateway, with a new client for each login. */
export function createConnection(parts: {
  token: string;
  apiUrl: string;
  pacing: IIdentifyThrottler;
  logger: Logger;
  times: ConnectionTimes;
  /** Attaches what listens to a client, before it logs in. */
  attach: (client: Client) => void;
  /** Runs each time the bot is in; must not throw. */
  onReady: (client: Client<true>) => Promise<void>;
}) {
  const { token, apiUrl, pacing, logger, times } = parts;
  const stopping = new AbortController();
  let state: State = { kind: 'connecting' };
  let current: GatewayClient | undefined;
  let probing: NodeJS.Timeout | undefined;

  /** One login; resolves when the bot is in. @throws what discord.js throws. */
  const login = async (): Promise<void> => {
    await current?.client.destroy();
    const gateway = createGatewayClient({ apiUrl, pacing });
    current = gateway;
    listen(gateway);
    const ready = new Promise<Client<true>>((resolve, reject) => {
      gateway.client.once(Events.ClientReady, resolve);
      gateway.client.once(Events.ShardDisconnect, ({ code }) => reject(new ClosedForGood(code)));
    });
    // Heard below; a login that fails earlier must not leave it unheard.
    ready.catch(() => undefined);
    await gateway.client.login(token);
    const client = await ready;
    if (stopping.signal.aborted) return client.destroy();
    state = { kind: 'in', gateway };
    await parts.onReady(client);
  };

  const listen = ({ client }: GatewayClient): void => {
    // Without a listener any error ends the process.
    client.on(Events.Error, (error) => logger.error({ error: errorFacts(error) }, 'discord.js failed'));
    client.on(Events.ShardError, (error) => logger.info({ error: errorFacts(error) }, 'the Discord socket failed'));
    client.on(Events.ShardReconnecting, () => logger.info('reconnecting to Discord'));
    client.on(Events.ShardResume, () => logger.info('resumed the session with Discord'));
    client.on(Events.ShardDisconnect, ({ code }) => {
      if (state.kind !== 'in' || state.gateway.client !== client) return;
      state = { kind: 'refused', why: closeProblem(code) };
      logger.error({ code }, 'Discord closed the connection for good');
      void keepTrying(times.refusalPauseMs.first);
    });
    parts.attach(client);
  };

  const noteFailure = (error: unknown): number => {
    const why = loginProblem(error);
    state = why === undefined ? { kind: 'unreachable' } : { kind: 'refused', why };
    logger.error({ error: errorFacts(error), why }, 'could not log in to Discord');
    return why === undefined ? times.faultPauseMs.first : times.refusalPauseMs.first;
  };

  const keepTrying = async (firstPauseMs: number): Promise<void> => {
    let pauseMs = firstPauseMs;
    while (!stopping.signal.aborted) {
      await wait(pauseMs, undefined, { signal: stopping.signal }).catch(() => undefined);
      if (stopping.signal.aborted) return;
      try {
        await login();
        logger.info('logged in to Discord again');
        return;
      } catch (error) {
        const first = noteFailure(error);
        const { most } = state.kind === 'refused' ? times.refusalPauseMs : times.faultPauseMs;
        pauseMs = Math.min(Math.max(pauseMs * 2, first), most);
      }
    }
  };

  return {
    /**
     * Resolves once the bot is in, or when Discord cannot be reached: then it goes on trying.
     *
     * @throws StartProblem when Discord refuses the bot.
     */
    async start(): Promise<void> {
      probing = setInterval(() => {
        const isUp = current?.client.ws.shards.first()?.status === Status.Ready;
        if (isUp) current?.probe();
      }, times.probeEveryMs);
      probing.unref();
      let isWaitedFor = true;
      const first = login().catch((error: unknown) => {
        if (stopping.signal.aborted) return;
        const why = loginProblem(error);
        if (why !== undefined && isWaitedFor) throw new StartProblem(why);
        void keepTrying(noteFailure(error));
      });
      const patience = wait(times.startWithinMs, undefined, { signal: stopping.signal, ref: false });
      await Promise.race([first, patience.catch(() => undefined)]);
      isWaitedFor = false;
    },

    async stop(): Promise<void> {
      stopping.abort();
      clearInterval(probing);
      state = { kind: 'stopped' };
      await current?.client.destroy();
    },

    health(): PlatformHealth {
      return healthOf(state, times);
    },
  };
}

export type Connection = ReturnType<typeof createConnection>;

function healthOf(state: State, { lostAfterMs }: ConnectionTimes): PlatformHealth {
  switch (state.kind) {
    case 'connecting':
      return { isUp: false, detail: 'connecting to Discord' };
    case 'unreachable':
      return { isUp: false, detail: 'Discord cannot be reached; trying again' };
    case 'refused':
      return { isUp: false, detail: state.why };
    case 'stopped':
      return { isUp: false, detail: 'stopped' };
    case 'in':
      return gatewayHealth(state.gateway, lostAfterMs);
  }
}

/** `client.isReady()` stays true when the connection is lost, so the shard itself is looked at. */
function gatewayHealth({ client, lastHeardMs }: GatewayClient, lostAfterMs: number): PlatformHealth {
  if (client.ws.shards.first()?.status !== Status.Ready) return { isUp: false, detail: 'reconnecting to Discord' };
  const silentMs = performance.now() - lastHeardMs();
  if (silentMs > lostAfterMs) {
    return { isUp: false, detail: `nothing heard from Discord for ${Math.round(silentMs / 1000)} s` };
  }
  return { isUp: true, detail: `connected as ${client.user?.username ?? 'the bot'}` };
}
