import fc from 'fast-check';
import { it } from 'vitest';
import { MEMBERS } from './histories.js';
import { anyHistories } from './living.js';

const WORLDS = 84;

it(`keeps to what ${WORLDS * MEMBERS} members chose on days with more news than anybody wants to hear`, async () => {
  const weights = { wait: 4, find: 4, burst: 5, change: 3, answer: 3, choose: 4, down: 1, faults: 1, crash: 1 };
  await fc.assert(anyHistories(['2026-03-05T06:00:00Z', '2026-06-10T18:00:00Z'], weights), {
    numRuns: WORLDS,
    endOnFailure: true,
  });
}, 600_000);
