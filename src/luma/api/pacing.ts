import PQueue from 'p-queue';
import { SourceProblem } from '../../domain/events/event-source.js';

const MINUTE_MS = 60_000;
/** How many requests of one key are under way at once. */
const PER_KEY = 2;
/** How many are under way in all. */
const IN_ALL = 12;

export interface PacingOptions {
  /** The most requests that a key makes within any minute; `Infinity` for a lu.ma of our own. */
  perMinute: number;
  /** Milliseconds that never go back. The network's own time: moving the playground's clock ends no block. */
  nowMs?: () => number;
}

export type Pacing = ReturnType<typeof createPacing>;

/**
 * Keeps every key under lu.ma's limit by itself, and after a refusal silent until lu.ma listens again
 * (docs.luma.com/reference/rate-limits: 200 a minute, and a minute's block for whoever asks for more).
 */
export function createPacing({ perMinute, nowMs = () => performance.now() }: PacingOptions) {
  const everyone = new PQueue({ concurrency: IN_ALL });
  const keys = new Map<string, KeyTurns>();

  function turnsOf(key: string): KeyTurns {
    const known = keys.get(key);
    if (known) return known;
    forgetIdle();
    const turns = { queue: newQueue(perMinute), blockedUntil: 0, usedAt: nowMs() };
    keys.set(key, turns);
    return turns;
  }

  /** What was asked a minute ago counts no more. */
  function forgetIdle(): void {
    const since = nowMs() - MINUTE_MS;
    for (const [key, { queue, blockedUntil, usedAt }] of keys) {
      const isIdle = queue.pending === 0 && queue.size === 0 && usedAt < since && blockedUntil < nowMs();
      if (isIdle) keys.delete(key);
    }
  }

  return {
    /** Runs it when the key may ask again. @throws SourceProblem `rate-limited` at once while lu.ma refuses the key. */
    async run<T>(key: string, act: () => Promise<T>): Promise<T> {
      const turns = turnsOf(key);
      return turns.queue.add(() => {
        const leftMs = turns.blockedUntil - nowMs();
        if (leftMs > 0) throw new SourceProblem('rate-limited', Math.ceil(leftMs));
        turns.usedAt = nowMs();
        return everyone.add(act);
      });
    },

    /** lu.ma refuses this key for so long. */
    block(key: string, forMs: number): void {
      turnsOf(key).blockedUntil = nowMs() + forMs;
    },
  };
}

interface KeyTurns {
  queue: PQueue;
  blockedUntil: number;
  usedAt: number;
}

function newQueue(perMinute: number): PQueue {
  if (perMinute === Number.POSITIVE_INFINITY) return new PQueue({ concurrency: PER_KEY });
  return new PQueue({ concurrency: PER_KEY, interval: MINUTE_MS, intervalCap: perMinute, strict: true });
}
