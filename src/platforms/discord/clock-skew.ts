import type { REST } from 'discord.js';

/** Differences below this are the ways' and the header's whole seconds, not the clocks'. */
const NOTICEABLE_MS = 2_000;

/** How far this machine's clock is ahead of Discord's. */
export interface ClockSkew {
  /** How long ago Discord made something, by Discord's own clock, in milliseconds; 0 at least. */
  ageMs(sentAtMs: number): number;
}

/**
 * Learns from the `Date` of Discord's answers how the clocks differ. Without it a clock that is a few seconds ahead
 * would make every interaction look too old for a form.
 */
export function createClockSkew(sources: readonly REST[]): ClockSkew & { learnFrom(rest: REST): void } {
  let aheadMs: number | undefined;
  const learnFrom = (rest: REST) => {
    rest.on('response', (_request, { headers }) => {
      const saidMs = Date.parse(headers.get('date') ?? '');
      if (!Number.isFinite(saidMs)) return;
      // The way here and the header's missing fraction only ever add, so the least is nearest to the truth.
      const differenceMs = Date.now() - saidMs - 500;
      aheadMs = aheadMs === undefined ? differenceMs : Math.min(aheadMs, differenceMs);
    });
  };
  for (const rest of sources) learnFrom(rest);
  return {
    learnFrom,
    ageMs(sentAtMs) {
      const skewMs = aheadMs !== undefined && Math.abs(aheadMs) > NOTICEABLE_MS ? aheadMs : 0;
      return Math.max(0, Date.now() - skewMs - sentAtMs);
    },
  };
}
