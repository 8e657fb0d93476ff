import { DiscordAPIError, DiscordjsError, DiscordjsErrorCodes, GatewayCloseCodes } from 'discord.js';

/** Discord closed the connection with a code after which no client comes back by itself. */
export class ClosedForGood extends Error {
  override readonly name = 'ClosedForGood';
  readonly code: number;

  constructor(code: number) {
    super('Discord closed the connection for good.');
    this.code = code;
  }
}

/** Why Discord will not let this bot in however often it tries, in words for an operator; nothing for a passing fault. */
export function loginProblem(error: unknown): string | undefined {
  if (error instanceof DiscordjsError && error.code === DiscordjsErrorCodes.TokenInvalid) return WRONG_TOKEN;
  if (error instanceof DiscordAPIError && error.status === 401) return WRONG_TOKEN;
  if (error instanceof ClosedForGood) return closeProblem(error.code);
  if (!(error instanceof Error)) return undefined;
  // @discordjs/ws throws plain errors for unrecoverable closes; its words are all there is to go by.
  if (error.message === 'Authentication failed') return WRONG_TOKEN;
  if (/intents$/.test(error.message)) return WRONG_INTENTS;
  if (error.message === 'Sharding is required') return NEEDS_SHARDS;
  return undefined;
}

/** The same for the code with which Discord closed a connection that was up. */
export function closeProblem(code: number): string {
  switch (code) {
    case GatewayCloseCodes.AuthenticationFailed:
      return WRONG_TOKEN;
    case GatewayCloseCodes.InvalidIntents:
    case GatewayCloseCodes.DisallowedIntents:
      return WRONG_INTENTS;
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return NEEDS_SHARDS;
    default:
      return `Discord closed the connection for good (code ${code}).`;
  }
}

const WRONG_TOKEN =
  'Discord does not accept DISCORD_TOKEN. Copy the bot’s token from discord.com/developers/applications → your app → Bot → Reset Token.';
const WRONG_INTENTS =
  'Discord does not allow the intents this bot asks for. Rollcall needs none of the privileged ones: check at discord.com/developers/applications → your app → Bot that the app is not restricted.';
const NEEDS_SHARDS = 'This bot is in 2,500 servers or more, where Discord requires sharding; Rollcall runs one shard.';
