/** A seeded source of choices: the same seed gives the same choices on every machine. */
export interface SeededRandom {
  /** From 0 up to, but without, 1. */
  next(): number;
  /** A whole number from `min` to `max`, both included. */
  between(min: number, max: number): number;
  chance(probability: number): boolean;
  /** Throws on an empty list. */
  pick<T>(list: readonly T[]): T;
  /** Up to `count` different items, in no particular order. */
  sample<T>(list: readonly T[], count: number): T[];
}

/** Mulberry32: small, fast and even enough for demo data; never for anything secret. */
export function createSeededRandom(seed: number): SeededRandom {
  let state = seed >>> 0;

  function next(): number {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }

  function between(min: number, max: number): number {
    return min + Math.floor(next() * (max - min + 1));
  }

  function pick<T>(list: readonly T[]): T {
    if (list.length === 0) throw new RangeError('Nothing to pick from an empty list');
    return list[between(0, list.length - 1)] as T;
  }

  function sample<T>(list: readonly T[], count: number): T[] {
    const left = [...list];
    const chosen: T[] = [];
    while (chosen.length < count && left.length > 0) chosen.push(...left.splice(between(0, left.length - 1), 1));
    return chosen;
  }

  return { next, between, chance: (probability) => next() < probability, pick, sample };
}
