import type { Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../shared/logger.js';
import { StartProblem } from '../platform.js';
import { openConnection } from './connection.js';
import { createSupervisor, type Supervisor } from './supervisor.js';
import type { Timings } from './timings.js';
import type { Transport } from './transport.js';

/** Socket Mode: no address of ours need be reachable. */
export function createSocketTransport(parts: {
  appToken: string;
  apiUrl: string;
  timings: Timings;
  logger: Logger;
  slackLogger: SlackLogger;
}): Transport {
  const { timings, logger } = parts;
  let supervisor: Supervisor | undefined;
  return {
    async start(app) {
      supervisor = createSupervisor({ open: () => openConnection({ ...parts, app }), timings, logger });
      try {
        await supervisor.start();
      } catch (error) {
        supervisor.stop();
        throw new StartProblem(BAD_APP_TOKEN, { cause: error });
      }
    },
    stop: () => supervisor?.stop(),
    health() {
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

const BAD_APP_TOKEN =
  'Slack does not accept SLACK_APP_TOKEN. Make an App-Level Token (xapp-…) with the scope connections:write at ' +
  'https://api.slack.com/apps → your app → Basic Information, and switch Socket Mode on.';
