import fc from 'fast-check';
import { it } from 'vitest';
import { MEMBERS } from './histories.js';
import { anyHistories } from './living.js';

const WORLDS = 84;

/** Days before clocks change somewhere, the last one before none. */
const STARTS = [
  '2026-03-05T10:00:00Z',
  '2026-03-24T10:00:00Z',
  '2026-04-01T10:00:00Z',
  '2026-09-01T10:00:00Z',
  '2026-09-23T10:00:00Z',
  '2026-10-20T10:00:00Z',
  '2026-06-10T10:00:00Z',
];

it(`keeps to what ${WORLDS * MEMBERS} members chose while clocks change`, async () => {
  const weights = { wait: 6, find: 4, burst: 1, change: 4, answer: 5, choose: 5, down: 1, faults: 0, crash: 0 };
  await fc.assert(anyHistories(STARTS, weights), { numRuns: WORLDS, endOnFailure: true });
}, 600_000);
