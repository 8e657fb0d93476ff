import { setTimeout as sleep } from 'node:timers/promises';
import { webApi } from '@slack/bolt';

/** What went wrong with a call, as far as it decides what to do next. */
export type CallFailure =
  /** Slack's own word for it, such as `channel_not_found`; the call was not carried out. */
  | { kind: 'refused'; code: string }
  | { kind: 'rate-limited'; retryAfterMs: number }
  /** An outage or a cut connection: the call may have been carried out or not. */
  | { kind: 'unknown' };

/** Codes Slack answers with when something broke on its side, perhaps after the call was carried out. */
const UNSURE = new Set(['fatal_error', 'internal_error', 'service_unavailable', 'request_timeout']);
const RATE_LIMITED = new Set(['ratelimited', 'rate_limited', 'message_limit_exceeded']);

/** @see https://docs.slack.dev/tools/node-slack-sdk/web-api (errors) */
export function callFailure(error: unknown): CallFailure {
  if (error instanceof webApi.WebAPIRateLimitedError) {
    return { kind: 'rate-limited', retryAfterMs: error.retryAfter * 1000 };
  }
  if (!(error instanceof webApi.WebAPIPlatformError)) return { kind: 'unknown' };
  const code = error.data.error;
  if (RATE_LIMITED.has(code)) return { kind: 'rate-limited', retryAfterMs: 30_000 };
  return UNSURE.has(code) ? { kind: 'unknown' } : { kind: 'refused', code };
}

/** The installation is gone or the token is bad: nothing will work until an operator acts. */
const DEAD_TOKEN = new Set([
  'account_inactive',
  'invalid_auth',
  'not_authed',
  'org_login_required',
  'team_disabled',
  'token_expired',
  'token_revoked',
  'user_removed_from_team',
]);

export function isDeadToken(code: string): boolean {
  return DEAD_TOKEN.has(code);
}

/** The app was removed or its token revoked: it surely never works again. */
export function isTakenBack(code: string): boolean {
  return code === 'account_inactive' || code === 'token_revoked';
}

const TRIES = 4;
const FIRST_PAUSE_MS = 400;
const LONGEST_PAUSE_MS = 30_000;

/**
 * Tries a call that a person is waiting for a few times: after the time Slack asks for when it is busy, and after
 * a short and growing pause when the outcome is unknown. An answer may so come twice, which is better than never.
 */
export async function withRetries<Result>(call: () => Promise<Result>): Promise<Result> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await call();
    } catch (error) {
      const failure = callFailure(error);
      if (failure.kind === 'refused' || tried >= TRIES) throw error;
      const pauseMs = failure.kind === 'rate-limited' ? failure.retryAfterMs : FIRST_PAUSE_MS * 2 ** (tried - 1);
      await sleep(Math.min(pauseMs, LONGEST_PAUSE_MS));
    }
  }
}
