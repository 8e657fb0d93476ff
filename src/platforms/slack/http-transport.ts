import { HTTPReceiver, type Logger as SlackLogger } from '@slack/bolt';
import type { WebDoor } from '../platform.js';
import { PATHS } from './paths.js';
import type { Transport } from './transport.js';
import { createDoor } from './web-door.js';

/** Most that a request may hold; Slack's own views end at 250 KB. */
const BODY_LIMIT = 1024 * 1024;

/**
 * Requests that Slack makes to our web server. Bolt checks each one's signature and age, and answers 401 to any that
 * Slack did not sign within the last five minutes.
 *
 * @see https://docs.slack.dev/authentication/verifying-requests-from-slack
 */
export function createHttpTransport(parts: {
  signingSecret: string;
  /** Whether the product is about to stop: what came before is still answered, and nothing more is taken. */
  isClosing: () => boolean;
  slackLogger: SlackLogger;
}): Transport & { door: WebDoor } {
  let isOpen = false;
  const receiver = new HTTPReceiver({
    signingSecret: parts.signingSecret,
    endpoints: [PATHS.events],
    bodyLimit: BODY_LIMIT,
    logger: parts.slackLogger,
  });
  return {
    // Closed, it says so at once: people see a failure instead of waiting, and Slack brings events again.
    door: createDoor([PATHS.events], (request, response) => {
      if (isOpen && !parts.isClosing()) receiver.requestListener(request, response);
      else response.writeHead(503).end();
    }),
    async start(app) {
      receiver.init(app);
      isOpen = true;
    },
    stop() {
      isOpen = false;
    },
    health: () =>
      isOpen
        ? { isUp: true, detail: `requests are taken at ${PATHS.events}` }
        : { isUp: false, detail: 'no requests are taken yet' },
  };
}
