import type { Logger as SlackLogger } from '@slack/bolt';
import type { Logger } from '../../shared/logger.js';
import { StartProblem } from '../platform.js';
import { callFailure, isDeadToken } from './slack-errors.js';
import type { Timings } from './timings.js';
import { createWebClient } from './web-client.js';
import type { Workspaces } from './workspaces.js';

/** The one workspace that a bot token is for. */
export function createOneWorkspace(parts: {
  botToken: string;
  apiUrl: string;
  timings: Timings;
  logger: Logger;
  slackLogger: SlackLogger;
}): Workspaces {
  const { botToken, apiUrl, timings, logger, slackLogger } = parts;
  const client = createWebClient({ token: botToken, apiUrl, timings, logger: slackLogger });
  let known: { teamId: string; botUserId: string; botId: string } | undefined;
  let trouble: string | undefined;

  return {
    async load() {
      try {
        const { team_id, user_id, bot_id } = await client.auth.test();
        known = { teamId: team_id ?? '', botUserId: user_id ?? '', botId: bot_id ?? '' };
      } catch (error) {
        const failure = callFailure(error);
        if (failure.kind === 'refused' && isDeadToken(failure.code)) throw new StartProblem(BAD_BOT_TOKEN);
        throw error;
      }
    },
    serves: (teamId) => known === undefined || known.teamId === teamId,
    clientFor: () => client,
    authorize: async () => ({ botToken, ...known }),
    async takeBack({ botUserIds }) {
      trouble = botUserIds ? 'the bot token was revoked' : 'the app was removed from the workspace';
      logger.error({ why: trouble }, 'slack: the workspace took its permission back');
    },
    trouble: () => trouble,
    summary: () => undefined,
  };
}

const BAD_BOT_TOKEN =
  'Slack does not accept SLACK_BOT_TOKEN. Copy the Bot User OAuth Token (xoxb-…) from ' +
  'https://api.slack.com/apps → your app → Install App; after a reinstall it may be a new one.';
