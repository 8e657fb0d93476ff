import { type App, type Logger as SlackLogger, SocketModeReceiver } from '@slack/bolt';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Timings } from './timings.js';

/** One open connection to Slack. */
export interface Connection {
  /** Resolves when Slack takes it back, or it broke: envelopes no longer come this way. */
  ended: Promise<void>;
  close(): void;
}

export interface ConnectionParts {
  app: App;
  appToken: string;
  apiUrl: string;
  timings: Timings;
  logger: Logger;
  slackLogger: SlackLogger;
}

/**
 * Opens one Socket Mode connection and resolves after Slack's hello.
 *
 * The library's own reconnecting is off: in 3.1 it waits five seconds without any connection, and when it fails for
 * good its rejection belongs to nobody and ends the process. So each connection is opened once, by a receiver of its
 * own, and `supervisor.ts` opens the next.
 *
 * @throws whatever kept it from opening.
 */
export async function openConnection(parts: ConnectionParts): Promise<Connection> {
  const receiver = createReceiver(parts);
  const { client } = receiver;
  const ended = new Promise<void>((resolve) => {
    client.on('disconnected', () => resolve());
    // The library says that a connection is over when the closing handshake is; Slack stops using it before that.
    client.on('ws_message', (data: unknown) => {
      if (isGoodbye(data)) resolve();
    });
  });
  receiver.init(parts.app);
  const close = () => void receiver.stop().catch(() => {});
  try {
    await within(receiver.start(), parts.timings.openMs);
    return { ended, close };
  } catch (error) {
    close();
    throw error ?? new Error('The connection ended before Slack said hello.');
  }
}

function createReceiver({ appToken, apiUrl, timings, logger, slackLogger }: ConnectionParts): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    logger: slackLogger,
    autoReconnectEnabled: false,
    clientPingTimeout: timings.pingMs,
    installerOptions: {
      clientOptions: {
        slackApiUrl: apiUrl,
        timeout: timings.callMs,
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
      },
    },
    // Never acknowledges by itself: that can fail too, and nobody would catch it.
    processEventErrorHandler: async ({ error }) => {
      logger.error({ error: errorFacts(error) }, 'slack: an envelope was not handled');
      return false;
    },
  });
}

function isGoodbye(data: unknown): boolean {
  return typeof data === 'string' && /^\s*\{[^{]*"type"\s*:\s*"disconnect"/.test(data);
}

async function within<Result>(work: Promise<Result>, mostMs: number): Promise<Result> {
  let timer: NodeJS.Timeout | undefined;
  const tooLong = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('Slack did not say hello in time.')), mostMs);
  });
  try {
    return await Promise.race([work, tooLong]);
  } finally {
    clearTimeout(timer);
  }
}
