import type { Clock } from '../../../src/shared/clock.js';

/** lu.ma blocks for a minute whoever asks too often (docs.luma.com/reference/rate-limits). */
const MINUTE_MS = 60_000;

interface Use {
  /** When each request of the last minute came. */
  times: number[];
  blockedUntil: number;
}

/** Counts the requests of each key over the last minute. */
export class RateLimit {
  perMinute: number;
  readonly #clock: Clock;
  readonly #uses = new Map<string, Use>();

  constructor(perMinute: number, clock: Clock) {
    this.perMinute = perMinute;
    this.#clock = clock;
  }

  /** Counts one request: whether it may pass, and the headers that say how things stand. */
  take(key: string): { isAllowed: boolean; headers: Record<string, string> } {
    const now = this.#clock.now().toMillis();
    const use = this.#uses.get(key) ?? { times: [], blockedUntil: 0 };
    this.#uses.set(key, use);
    while (use.times[0] !== undefined && use.times[0] <= now - MINUTE_MS) use.times.shift();
    if (now >= use.blockedUntil && use.times.length >= this.perMinute) use.blockedUntil = now + MINUTE_MS;
    const isAllowed = now >= use.blockedUntil;
    if (isAllowed) use.times.push(now);
    const resetAt = isAllowed ? (use.times[0] ?? now) + MINUTE_MS : use.blockedUntil;
    const headers: Record<string, string> = {
      'x-ratelimit-limit': String(this.perMinute),
      'x-ratelimit-remaining': String(isAllowed ? this.perMinute - use.times.length : 0),
      'x-ratelimit-reset': String(Math.ceil(resetAt / 1000)),
    };
    if (!isAllowed) headers['retry-after'] = String(Math.ceil((use.blockedUntil - now) / 1000));
    return { isAllowed, headers };
  }
}
