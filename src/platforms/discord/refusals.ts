import type { REST } from 'discord.js';
import type { Logger } from '../../shared/logger.js';
import type { Delivered } from '../platform.js';

/**
 * After 10,000 refused requests within ten minutes the machine's address is banned for a while
 * (https://docs.discord.com/developers/topics/rate-limits#invalid-request-limit-aka-cloudflare-bans). From half of that
 * on nothing is sent unasked; people still get their answers.
 */
const MOST_REFUSED = 5_000;

/** Watches how many requests were refused, and says how long what can wait should. */
export function createRefusals(logger: Logger) {
  let calmAtMs = 0;
  return {
    watch(rest: REST): void {
      rest.on('invalidRequestWarning', ({ count, remainingTime }) => {
        logger.warn({ count }, 'Discord refused many requests');
        if (count < MOST_REFUSED || calmAtMs > performance.now()) return;
        calmAtMs = performance.now() + remainingTime;
        logger.error({ count, waitMs: remainingTime }, 'Discord refused so many requests that nothing is sent unasked');
      });
    },

    /** The way of sending, unless it has to wait. */
    heeding<Args extends unknown[]>(
      send: (...args: Args) => Promise<Delivered>,
    ): (...args: Args) => Promise<Delivered> {
      return async (...args) => {
        const retryAfterMs = calmAtMs - performance.now();
        return retryAfterMs > 0 ? { kind: 'retry-after', retryAfterMs, holds: 'all' } : send(...args);
      };
    },
  };
}
