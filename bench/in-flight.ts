import { summarise, type Times } from './measure.js';

/** How many commands are on their way at once. */
export const LEVELS = [1, 10, 100] as const;

/** Commands of one round at each level: enough for a p99 that means something. */
export const ROUND = { 1: 300, 10: 600, 100: 1_500 } as const;

/**
 * Keeps so many commands on their way until the round is done.
 *
 * @param once sends one command and gives its time from sent to answered, in milliseconds.
 */
export async function keepInFlight(
  level: number,
  total: number,
  once: (index: number) => Promise<number>,
): Promise<number[]> {
  const times: number[] = [];
  let next = 0;
  const lane = async () => {
    while (next < total) {
      const index = next;
      next += 1;
      times.push(await once(index));
    }
  };
  await Promise.all(Array.from({ length: level }, lane));
  return times;
}

/** The series of several rounds as one. */
export function pooled(rounds: readonly number[][]): Times {
  return summarise(rounds.flat());
}
