import type { Pacing } from '../platform.js';

/**
 * How fast Slack is written to. It counts each workspace apart: a message a second into one channel and several hundred
 * a minute in all, 50 a minute for opening conversations and for changing messages. A little is left for answers.
 *
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export const PACING: Pacing = {
  isPerSpace: true,
  known: { most: 5, withinMs: 1_000 },
  opening: { most: 1, withinMs: 1_200 },
  edit: { most: 4, withinMs: 5_000 },
  conversationMs: 1_050,
};
