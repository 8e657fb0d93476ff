import type { Pacing } from '../platform.js';

/**
 * Discord takes 50 requests a second from a bot, over all servers
 * (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). First answers to interactions do not
 * count. The one that is left over here is for conversations that are opened meanwhile; what else there is, waits a moment
 * in discord.js. How much one channel takes is told by headers alone, which discord.js heeds.
 */
const MOST_A_SECOND = 49;

/**
 * Opening conversations has a limit of its own that is not published, and who opens many quickly is taken for a
 * spammer: bots were flagged after some forty in a burst. Members are welcomed as they come, so that this is met seldom.
 */
const OPENING_MS = 2_000;

/** How fast Discord is written to. */
export const PACING: Pacing = {
  isPerSpace: false,
  known: { most: MOST_A_SECOND, withinMs: 1_000 },
  opening: { most: 1, withinMs: OPENING_MS },
};
