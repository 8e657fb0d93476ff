import type { Logger as SlackLogger } from '@slack/bolt';
import { webApi } from '@slack/bolt';
import { callFailure, isTakenBack } from './slack-errors.js';
import type { Timings } from './timings.js';

export interface WebClientParts {
  /** Nothing for a workspace we are not in: Slack then refuses each call. */
  token: string | undefined;
  apiUrl: string;
  timings: Timings;
  logger: SlackLogger;
  /** Put into each call: the token of an org-wide installation is good for several workspaces. */
  teamId?: string;
  /** Told when a call is refused because the installation is gone. */
  onTakenBack?: () => void;
}

/**
 * A Web API client. It never tries again by itself: a copy of a message is worse than a late one, and whoever calls
 * knows better. Options are made anew each time, as Bolt writes into those it is given.
 */
export function createWebClient(parts: WebClientParts): webApi.WebClient {
  return new WatchedClient(parts);
}

class WatchedClient extends webApi.WebClient {
  readonly #onTakenBack: (() => void) | undefined;

  constructor({ token, apiUrl, timings, logger, teamId, onTakenBack }: WebClientParts) {
    super(token, {
      slackApiUrl: apiUrl,
      timeout: timings.callMs,
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      logger,
      ...(teamId === undefined ? {} : { teamId }),
    });
    this.#onTakenBack = onTakenBack;
  }

  override async apiCall(method: string, options?: Record<string, unknown>): Promise<webApi.WebAPICallResult> {
    try {
      return await super.apiCall(method, options);
    } catch (error) {
      const failure = callFailure(error);
      if (failure.kind === 'refused' && isTakenBack(failure.code)) this.#onTakenBack?.();
      throw error;
    }
  }
}
