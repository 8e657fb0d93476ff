import type { Settings } from './options.js';

const TIERS = { 1: 1, 2: 20, 3: 50, 4: 100 } as const;

/** Methods by tier; those left out have a special limit of several hundred a minute. */
const TIER_OF: Record<string, keyof typeof TIERS> = {
  'apps.connections.open': 3,
  'chat.update': 3,
  'chat.delete': 3,
  'chat.postEphemeral': 4,
  'views.open': 4,
  'views.push': 4,
  'views.update': 4,
  'views.publish': 4,
  'conversations.open': 3,
  'conversations.info': 3,
  'conversations.history': 3,
  'conversations.replies': 3,
  'conversations.members': 4,
  'users.conversations': 3,
  'users.info': 4,
  'users.list': 2,
  'users.lookupByEmail': 3,
  'files.getUploadURLExternal': 4,
  'files.completeUploadExternal': 4,
  'team.info': 3,
  'bots.info': 3,
};
const SPECIAL_A_MINUTE = 600;

/** How many calls may still come at once, and when that was so. */
interface Bucket {
  left: number;
  at: number;
}

/**
 * Limits per method and workspace, for posts also per channel: one message a second with bursts.
 *
 * @see https://docs.slack.dev/apis/web-api/rate-limits
 */
export class RateLimits {
  readonly #buckets = new Map<string, Bucket>();
  readonly #settings: Settings;

  constructor(settings: Settings) {
    this.#settings = settings;
  }

  /** Seconds to wait before the call may come again; nothing when it may come now. */
  retryAfter(method: string, teamId: string, channelId: string): number | undefined {
    if (!this.#settings.rateLimits) return undefined;
    if (method === 'chat.postMessage') {
      return this.#take(`${method}:${teamId}:${channelId}`, this.#settings.postBurst, 1);
    }
    const tier = TIER_OF[method];
    const aMinute = tier === undefined ? SPECIAL_A_MINUTE : TIERS[tier];
    return this.#take(`${method}:${teamId}`, aMinute, aMinute / 60);
  }

  #take(key: string, capacity: number, perSecond: number): number | undefined {
    const now = performance.now();
    const { left, at } = this.#buckets.get(key) ?? { left: capacity, at: now };
    const refilled = Math.min(capacity, left + ((now - at) / 1000) * perSecond);
    if (refilled < 1) {
      this.#buckets.set(key, { left: refilled, at: now });
      return Math.max(1, Math.ceil((1 - refilled) / perSecond));
    }
    this.#buckets.set(key, { left: refilled - 1, at: now });
    return undefined;
  }
}
