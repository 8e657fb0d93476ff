import { randomInt } from 'node:crypto';

/** Bits of chance in an id, below those of its time. */
const RANDOM_BITS = 35n;

let last = 0n;

/** Sixteen characters that nobody else draws; of one process, a later one sorts after an earlier one. */
export function orderedId(): string {
  const drawn = (BigInt(Date.now()) << RANDOM_BITS) | BigInt(randomInt(2 ** Number(RANDOM_BITS)));
  last = drawn > last ? drawn : last + 1n;
  return last.toString(32).padStart(16, '0');
}
