import type { Delivered } from '../platform.js';
import { callFailure, isDeadToken } from './slack-errors.js';

/** The person cannot be written to: the account is gone, or neither it nor the workspace takes the bot's messages. */
const UNREACHABLE = new Set([
  'cannot_dm_bot',
  'channel_not_found',
  'is_archived',
  'messages_tab_disabled',
  'not_in_channel',
  'restricted_action',
  'team_access_not_granted',
  'user_deleted',
  'user_disabled',
  'user_not_found',
  'user_not_visible',
  'users_not_found',
]);

/**
 * What a failed call means for a delivery.
 *
 * @see https://docs.slack.dev/reference/methods/chat.postMessage (errors)
 */
export function deliveredFrom(error: unknown): Exclude<Delivered, { kind: 'sent' }> {
  const failure = callFailure(error);
  if (failure.kind === 'rate-limited') {
    // Slack does not tell whether it is the channel or the workspace that has had enough.
    return { kind: 'retry-after', retryAfterMs: failure.retryAfterMs, holds: 'alike' };
  }
  // A dead installation may come back with the operator's next restart; it says nothing about the person.
  if (failure.kind === 'unknown' || isDeadToken(failure.code)) return { kind: 'retry-later' };
  return UNREACHABLE.has(failure.code) ? { kind: 'unreachable' } : { kind: 'rejected', reason: failure.code };
}

/** Nobody but some people may write in the channel, or only in ways that are not ours. */
const CLOSED_CHANNEL = new Set(['restricted_action_read_only_channel', 'restricted_action_thread_only_channel']);

/** The same for a post in a channel. */
export function channelDeliveredFrom(error: unknown): Exclude<Delivered, { kind: 'sent' }> {
  const failure = callFailure(error);
  const isClosed = failure.kind === 'refused' && CLOSED_CHANNEL.has(failure.code);
  return isClosed ? { kind: 'unreachable' } : deliveredFrom(error);
}

/** Whether a stored conversation may be an old one, so that asking for the present one helps. */
export function isLostChannel(error: unknown): boolean {
  const failure = callFailure(error);
  return failure.kind === 'refused' && failure.code === 'channel_not_found';
}
