import { type App, type ReceiverEvent, type Logger as SlackLogger, SocketModeReceiver } from '@slack/bolt';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { burstAgent } from './burst-agent.js';
import type { Timings } from './timings.js';

/** One open connection to Slack. */
export interface Connection {
  /** Resolves when Slack is about to take it back, or it broke: time for the next one. */
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
  const ended = new Promise<void>((resolve) => {
    receiver.client.on('disconnected', () => resolve());
    onGoodbye(receiver, resolve, parts.logger);
  });
  passOn(receiver, parts);
  const close = () => void receiver.stop().catch(() => {});
  try {
    await within(receiver.start(), parts.timings.openMs);
    return { ended, close };
  } catch (error) {
    close();
    throw error ?? new Error('The connection ended before Slack said hello.');
  }
}

function createReceiver({ appToken, apiUrl, timings, slackLogger }: ConnectionParts): SocketModeReceiver {
  return new SocketModeReceiver({
    appToken,
    dispatcher: burstAgent(),
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
  });
}

/**
 * Hands what arrives to Bolt. The receiver's own way of doing so writes every answer as JSON two times more, for a debug
 * line that is not printed, and acknowledges by itself after an error, which can fail too where nobody would catch it.
 */
function passOn({ client }: SocketModeReceiver, { app, logger }: ConnectionParts): void {
  client.removeAllListeners('slack_event');
  client.on('slack_event', async ({ ack, body, retry_num, retry_reason }: Envelope) => {
    try {
      await app.processEvent({
        body,
        ack: (answer) => ack(answer),
        ...(retry_num === undefined ? {} : { retryNum: retry_num }),
        ...(retry_reason === undefined ? {} : { retryReason: retry_reason }),
      });
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'slack: an envelope was not handled');
    }
  });
}

/** An envelope as the client library hands it on. */
interface Envelope {
  ack: (answer?: unknown) => Promise<void>;
  body: ReceiverEvent['body'];
  retry_num?: number;
  retry_reason?: string;
}

/**
 * Slack says goodbye before it takes a connection back. The library would close at once, and what is being handled could
 * not be acknowledged any more; so it does not get to hear it, and the connection stays for as long as Slack lets it.
 * Its handler also rejects on a frame of no known shape, where nobody would catch it.
 */
function onGoodbye({ client }: SocketModeReceiver, goodbye: () => void, logger: Logger): void {
  const handlers = client.listeners('ws_message');
  client.removeAllListeners('ws_message');
  client.on('ws_message', async (data: unknown, isBinary: unknown) => {
    if (isGoodbye(data)) return goodbye();
    try {
      for (const handler of handlers) await handler(data, isBinary);
    } catch (error) {
      logger.error({ error: errorFacts(error) }, 'slack: a frame was not understood');
    }
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
