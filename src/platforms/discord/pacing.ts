import type { Pacing } from '../platform.js';

/**
 * Discord takes 50 requests a second from a bot, over all servers
 * (https://docs.discord.com/developers/topics/rate-limits#global-rate-limit). First answers to interactions do not
 * count; what is left over here is for answers to messages, edits and look-ups. The steps are short, as a second's worth
 * at once could meet the end of one of Discord's seconds and the start of the next. How much one channel takes is told by
 * headers alone, which discord.js heeds.
 */
const MOST_A_STEP = 8;
const STEP_MS = 165;

/**
 * Opening conversations has a limit of its own that is not published, and who opens many quickly is taken for a
 * spammer: bots were flagged after some forty in a burst. Members are welcomed as they come, so that this is met seldom.
 */
const OPENING_MS = 2_000;

/** How fast Discord is written to. */
export const PACING: Pacing = {
  isPerSpace: false,
  known: { atOnce: 24, most: MOST_A_STEP, withinMs: STEP_MS },
  opening: { atOnce: 1, most: 1, withinMs: OPENING_MS },
};
