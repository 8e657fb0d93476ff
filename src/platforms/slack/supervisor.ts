import { setTimeout as sleep } from 'node:timers/promises';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Connection } from './connection.js';
import { callFailure, isDeadToken } from './slack-errors.js';
import type { Timings } from './timings.js';

/** Two, so that one is there while Slack recycles the other; it does so with each every few hours. */
const CONNECTIONS = 2;

/** Codes with which Slack refuses to open a connection, whatever is retried. */
const REFUSES_CONNECTION = new Set([
  'app_level_token_required',
  'forbidden_team',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'socket_mode_not_enabled',
]);

/** Keeps connections open for as long as the product runs. */
export interface Supervisor {
  /** Resolves once one is open. @throws what refused the very first, if only an operator can help. */
  start(): Promise<void>;
  stop(): void;
  openCount(): number;
  /** Why there may be none, in Slack's word for it. */
  lastRefusal(): string | undefined;
}

export function createSupervisor(parts: {
  open: () => Promise<Connection>;
  timings: Timings;
  logger: Logger;
}): Supervisor {
  const { open, timings, logger } = parts;
  const stopping = new AbortController();
  const connections = new Set<Connection>();
  const retired = new Set<Connection>();
  let refusal: string | undefined;

  const opened = async (): Promise<Connection> => {
    const connection = await open();
    refusal = undefined;
    if (stopping.signal.aborted) connection.close();
    else connections.add(connection);
    return connection;
  };

  /** What is being handled can still be acknowledged while the next connection opens. */
  const retire = (connection: Connection): void => {
    connections.delete(connection);
    retired.add(connection);
    const close = () => {
      retired.delete(connection);
      connection.close();
    };
    setTimeout(close, timings.lingerMs).unref();
  };

  /** How long to wait after a failure before the next attempt. */
  const pauseAfter = (error: unknown, failures: number): number => {
    const failure = callFailure(error);
    if (failure.kind === 'rate-limited') return failure.retryAfterMs;
    if (failure.kind === 'refused' && refusesConnection(failure.code)) {
      if (refusal !== failure.code) {
        logger.error({ code: failure.code }, 'slack refuses to connect; check SLACK_APP_TOKEN and Socket Mode');
      }
      refusal = failure.code;
      return timings.hopelessPauseMs;
    }
    logger.warn({ failures, error: errorFacts(error) }, 'slack: no connection yet');
    const pauseMs = Math.min(timings.firstPauseMs * 2 ** (failures - 1), timings.longestPauseMs);
    return pauseMs * (0.75 + Math.random() / 2);
  };

  const pause = (ms: number) => sleep(ms, undefined, { signal: stopping.signal, ref: false }).catch(() => {});

  /** One place of the two: as soon as its connection ends, the next is opened. */
  const keepOpen = async (first: Connection | undefined): Promise<void> => {
    let current = first;
    let failures = 0;
    while (!stopping.signal.aborted) {
      try {
        current ??= await opened();
        const openedMs = performance.now();
        await current.ended;
        retire(current);
        current = undefined;
        // One that ends at once was not wanted, as when there are too many already.
        const isBrief = performance.now() - openedMs < timings.firstPauseMs;
        failures = isBrief ? failures + 1 : 0;
        if (isBrief) await pause(timings.firstPauseMs * failures);
      } catch (error) {
        failures += 1;
        await pause(pauseAfter(error, failures));
      }
    }
  };

  return {
    async start() {
      const first = await opened().catch((error: unknown) => {
        const failure = callFailure(error);
        if (failure.kind === 'refused' && refusesConnection(failure.code)) throw error;
        logger.warn({ error: errorFacts(error) }, 'slack cannot be reached yet; trying again');
        return undefined;
      });
      void keepOpen(first);
      for (let number = 1; number < CONNECTIONS; number += 1) {
        void pause(timings.staggerMs * number).then(() => keepOpen(undefined));
      }
    },
    stop() {
      stopping.abort();
      for (const connection of [...connections, ...retired]) connection.close();
      connections.clear();
      retired.clear();
    },
    openCount: () => connections.size,
    lastRefusal: () => refusal,
  };
}

function refusesConnection(code: string): boolean {
  return isDeadToken(code) || REFUSES_CONNECTION.has(code);
}
