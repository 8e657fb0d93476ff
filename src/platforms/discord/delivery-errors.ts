import { DiscordAPIError, RateLimitError, RESTJSONErrorCodes } from 'discord.js';
import type { Delivered } from '../platform.js';

type NotSent = Exclude<Delivered, { kind: 'sent' }>;

const HOUR_MS = 3_600_000;

/** Discord's codes that are not among discord.js's names. */
export const CODES = {
  noMutualGuilds: 50_278,
  flaggedAsSpam: 20_026,
  tooManyEditsOfOld: 30_046,
  noReplyWithoutHistory: 160_002,
} as const;

/** No more conversations are to be opened for a good while; those that are open go on. */
const OPENS_TOO_MANY = new Set<number>([RESTJSONErrorCodes.OpeningDirectMessagesTooFast, CODES.flaggedAsSpam]);

/** The person cannot be written to: messages closed, no server in common, account gone or of a bot. */
const UNREACHABLE = new Set<number | string>([
  RESTJSONErrorCodes.CannotSendMessagesToThisUser,
  CODES.noMutualGuilds,
  RESTJSONErrorCodes.UnknownUser,
  RESTJSONErrorCodes.InvalidRecipients,
]);

/** Opening conversations has its own unpublished limit, and a flag against spam needs an appeal: both take long. */
const LONG_WAITS_MS = new Map<number | string, number>([
  [RESTJSONErrorCodes.OpeningDirectMessagesTooFast, HOUR_MS],
  [CODES.flaggedAsSpam, 12 * HOUR_MS],
  [CODES.tooManyEditsOfOld, HOUR_MS / 4],
  [RESTJSONErrorCodes.ActionCannotBePerformedDueToSlowmodeRateLimit, HOUR_MS / 60],
]);

/** A channel that was deleted, or in which the bot may not write; a server that it was taken out of. */
const LOST_CHANNEL = new Set<number | string>([
  RESTJSONErrorCodes.UnknownChannel,
  RESTJSONErrorCodes.UnknownGuild,
  RESTJSONErrorCodes.MissingAccess,
  RESTJSONErrorCodes.MissingPermissions,
]);

/**
 * What a failed sending means to the dispatcher.
 *
 * @see https://docs.discord.com/developers/topics/opcodes-and-status-codes#json-json-error-codes
 */
export function deliveredOf(error: unknown): NotSent {
  if (error instanceof RateLimitError) return whenAllowed(error);
  // An outage or a cut connection: it may have been sent.
  if (!(error instanceof DiscordAPIError)) return { kind: 'retry-later' };
  // Without a code of Discord's own it came from something in front of it, such as a block on this machine's address.
  if (typeof error.code !== 'number' || error.code === 0) return { kind: 'retry-later' };
  if (UNREACHABLE.has(error.code)) return { kind: 'unreachable' };
  const retryAfterMs = LONG_WAITS_MS.get(error.code);
  if (retryAfterMs !== undefined) return whenCalm(error.code, retryAfterMs);
  // Not this message's fault: the token was changed, the request was slow, or access faltered, as it does at times.
  const isPassing = error.status === 401 || error.status === 408 || error.code === RESTJSONErrorCodes.MissingAccess;
  return isPassing ? { kind: 'retry-later' } : { kind: 'rejected', reason: `discord-${error.code}` };
}

/** The same for a channel or a server: access does not falter there, so that lost is lost until somebody mends it. */
export function channelDeliveredOf(error: unknown): NotSent {
  return error instanceof DiscordAPIError && LOST_CHANNEL.has(error.code)
    ? { kind: 'unreachable' }
    : deliveredOf(error);
}

/** Whether Discord refused with that code. */
export function isRefusal(error: unknown, code: number): boolean {
  return error instanceof DiscordAPIError && error.code === code;
}

function whenAllowed({ retryAfter: retryAfterMs, global: isGlobal }: RateLimitError): NotSent {
  return isGlobal ? { kind: 'retry-after', retryAfterMs, holds: 'all' } : { kind: 'retry-after', retryAfterMs };
}

function whenCalm(code: number, retryAfterMs: number): NotSent {
  const isAboutOpening = OPENS_TOO_MANY.has(code);
  return isAboutOpening
    ? { kind: 'retry-after', retryAfterMs, holds: 'openings' }
    : { kind: 'retry-after', retryAfterMs };
}

/** Whether a conversation's stored id may have gone stale, so that opening it anew is worth a try. */
export function isStaleChannel(error: unknown): boolean {
  const codes: (number | string)[] = [RESTJSONErrorCodes.UnknownChannel, RESTJSONErrorCodes.MissingAccess];
  return error instanceof DiscordAPIError && codes.includes(error.code);
}
