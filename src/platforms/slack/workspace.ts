import type { Logger as SlackLogger } from '@slack/bolt';
import { webApi } from '@slack/bolt';
import { StartProblem } from '../platform.js';
import { callFailure, isDeadToken } from './slack-errors.js';
import type { Timings } from './timings.js';

/** The workspace a bot token is for. */
export interface Workspace {
  teamId: string;
  botUserId: string;
  botId: string;
}

/**
 * A Web API client. It never tries again by itself: a copy of a message is worse than a late one, and whoever calls
 * knows better. Options are made anew each time, as Bolt writes into those it is given.
 */
export function createWebClient(parts: {
  token: string;
  apiUrl: string;
  timings: Timings;
  logger: SlackLogger;
}): webApi.WebClient {
  return new webApi.WebClient(parts.token, {
    slackApiUrl: parts.apiUrl,
    timeout: parts.timings.callMs,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: parts.logger,
  });
}

/**
 * Asks Slack whose token this is.
 *
 * @throws StartProblem for a token that no retry can help; anything else as it came.
 */
export async function findWorkspace(client: webApi.WebClient): Promise<Workspace> {
  try {
    const { team_id, user_id, bot_id } = await client.auth.test();
    return { teamId: team_id ?? '', botUserId: user_id ?? '', botId: bot_id ?? '' };
  } catch (error) {
    const failure = callFailure(error);
    if (failure.kind === 'refused' && isDeadToken(failure.code)) throw new StartProblem(BAD_BOT_TOKEN);
    throw error;
  }
}

const BAD_BOT_TOKEN =
  'Slack does not accept SLACK_BOT_TOKEN. Copy the Bot User OAuth Token (xoxb-…) from ' +
  'https://api.slack.com/apps → your app → Install App; after a reinstall it may be a new one.';

/** The app-level token's side of the same. */
export const BAD_APP_TOKEN =
  'Slack does not accept SLACK_APP_TOKEN. Make an App-Level Token (xapp-…) with the scope connections:write at ' +
  'https://api.slack.com/apps → your app → Basic Information, and switch Socket Mode on.';

/** Codes with which Slack refuses to open a connection, whatever is retried. */
const REFUSES_CONNECTION = new Set([
  'app_level_token_required',
  'forbidden_team',
  'missing_scope',
  'no_permission',
  'not_allowed_token_type',
  'socket_mode_not_enabled',
]);

export function refusesConnection(code: string): boolean {
  return isDeadToken(code) || REFUSES_CONNECTION.has(code);
}
