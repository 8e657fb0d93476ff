import { describe, expect, it } from 'vitest';
import { retryAfterMs } from '../retry-after.js';
import { createPacing } from './pacing.js';

describe('asking lu.ma no more than it allows', () => {
  it('lets a key wait for its minute, and no other key with it', async () => {
    const pacing = createPacing({ perMinute: 3 });
    const asked: string[] = [];
    const ask = (key: string) => pacing.run(key, async () => asked.push(key));
    for (let count = 0; count < 5; count += 1) void ask('one');
    await ask('other');
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(asked.filter((key) => key === 'one')).toHaveLength(3);
    expect(asked).toContain('other');
  });

  it('keeps a refused key silent until the refusal ends', async () => {
    let nowMs = 0;
    const pacing = createPacing({ perMinute: Number.POSITIVE_INFINITY, nowMs: () => nowMs });
    pacing.block('one', 60_000);
    nowMs = 20_000;
    const refused = pacing.run('one', async () => 'asked');
    await expect(refused).rejects.toMatchObject({ code: 'rate-limited', retryAfterMs: 40_000 });
    expect(await pacing.run('other', async () => 'asked')).toBe('asked');
    nowMs = 60_000;
    expect(await pacing.run('one', async () => 'asked')).toBe('asked');
  });

  it.each([
    [{ 'retry-after': '37' }, 37_000],
    [{ 'retry-after': 'Sun, 01 Mar 2026 12:00:30 GMT' }, 30_000],
    [{ 'x-ratelimit-reset': '1772366445' }, 45_000],
    [{ 'x-ratelimit-reset': '1772366445000' }, 45_000],
    [{ 'x-ratelimit-reset': '2026-03-01T12:00:45Z' }, 45_000],
    [{ 'x-ratelimit-reset': '45' }, 45_000],
    [{ 'retry-after': 'soon', 'x-ratelimit-reset': 'later' }, 60_000],
    [{ 'retry-after': '0' }, 1_000],
    [{ 'retry-after': '99999999' }, 3_600_000],
    [{}, 60_000],
  ])('reads how long a refusal lasts: %j', (headers: Record<string, string>, waitMs) => {
    expect(retryAfterMs((name) => headers[name], Date.parse('2026-03-01T12:00:00Z'))).toBe(waitMs);
  });
});
