import { DiscordAPIError, HTTPError, RateLimitError } from 'discord.js';
import { expect, it } from 'vitest';
import { deliveredOf } from './delivery-errors.js';

const refusal = (status: number, code: number | undefined) =>
  new DiscordAPIError({ message: 'no', code } as never, code as never, status, 'POST', 'https://x/', {} as never);

it.each([
  [403, 50_007, { kind: 'unreachable' }],
  [403, 50_278, { kind: 'unreachable' }],
  [404, 10_013, { kind: 'unreachable' }],
  [403, 40_003, { kind: 'retry-after', retryAfterMs: 3_600_000, holds: 'openings' }],
  [403, 20_026, { kind: 'retry-after', retryAfterMs: 43_200_000, holds: 'openings' }],
  [403, 50_001, { kind: 'retry-later' }],
  [401, 0, { kind: 'retry-later' }],
  [403, undefined, { kind: 'retry-later' }],
  [400, 50_035, { kind: 'rejected', reason: 'discord-50035' }],
  [403, 20_009, { kind: 'rejected', reason: 'discord-20009' }],
])('status %i with code %s is told apart', (status, code, expected) => {
  expect(deliveredOf(refusal(status, code))).toEqual(expected);
});

it('an outage may have let the message through, a limit has not', () => {
  expect(deliveredOf(new HTTPError(502, 'Bad Gateway', 'POST', 'https://x/', {} as never))).toEqual({
    kind: 'retry-later',
  });
  expect(deliveredOf(new DOMException('aborted', 'AbortError'))).toEqual({ kind: 'retry-later' });
  const limit = new RateLimitError({ retryAfter: 70_000 } as never);
  expect(deliveredOf(limit)).toEqual({ kind: 'retry-after', retryAfterMs: 70_000 });
  const overall = new RateLimitError({ retryAfter: 70_000, global: true } as never);
  expect(deliveredOf(overall)).toEqual({ kind: 'retry-after', retryAfterMs: 70_000, holds: 'all' });
});
