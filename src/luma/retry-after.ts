/** lu.ma blocks for a minute when it says nothing else. */
const USUAL_MS = 60_000;
const LEAST_MS = 1_000;
const MOST_MS = 60 * 60_000;

/**
 * How long a 429 asks us to wait, from `Retry-After` (seconds, or a date), else from `X-RateLimit-Reset` (the end of the
 * block; whether in seconds or milliseconds of the Unix clock, or as a date, is not published).
 *
 * @param nowMs the machine's own time: that is what lu.ma's clock is set against.
 */
export function retryAfterMs(header: (name: string) => string | undefined, nowMs: number): number {
  const waitMs = fromRetryAfter(header('retry-after'), nowMs) ?? fromReset(header('x-ratelimit-reset'), nowMs);
  return Math.min(MOST_MS, Math.max(LEAST_MS, waitMs ?? USUAL_MS));
}

function fromRetryAfter(text: string | undefined, nowMs: number): number | undefined {
  if (!text) return undefined;
  if (/^\d+(\.\d+)?$/.test(text)) return Number(text) * 1000;
  return until(Date.parse(text), nowMs);
}

function fromReset(text: string | undefined, nowMs: number): number | undefined {
  if (!text) return undefined;
  const number = Number(text);
  if (Number.isNaN(number)) return until(Date.parse(text), nowMs);
  if (number > 1e12) return until(number, nowMs);
  return number > 1e9 ? until(number * 1000, nowMs) : number * 1000;
}

function until(endMs: number, nowMs: number): number | undefined {
  return Number.isNaN(endMs) ? undefined : endMs - nowMs;
}
