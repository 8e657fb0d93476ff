import fc from 'fast-check';
import { it } from 'vitest';
import { MEMBERS } from './histories.js';
import { anyHistories } from './living.js';

const WORLDS = 84;

it(`keeps to what ${WORLDS * MEMBERS} members chose through downtimes, crashes and a platform’s faults`, async () => {
  const weights = { wait: 4, find: 3, burst: 1, change: 4, answer: 3, choose: 3, down: 3, faults: 3, crash: 4 };
  await fc.assert(anyHistories(['2026-03-24T10:00:00Z', '2026-06-10T10:00:00Z'], weights), {
    numRuns: WORLDS,
    endOnFailure: true,
  });
}, 600_000);
