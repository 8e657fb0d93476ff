import { REST } from 'discord.js';
import { expect, it } from 'vitest';
import { createClockSkew } from './clock-skew.js';

/** A REST client whose last answer said that it is so many milliseconds later than here. */
function answering(laterMs: number) {
  const rest = new REST();
  const skew = createClockSkew([rest]);
  const headers = new Headers({ date: new Date(Date.now() + laterMs).toUTCString() });
  rest.emit('response', {} as never, { headers } as never);
  return skew;
}

it('takes age by this machine’s clock when it goes right', () => {
  expect(answering(0).ageMs(Date.now() - 1_500)).toBeGreaterThanOrEqual(1_500);
  expect(answering(0).ageMs(Date.now() + 1_500)).toBe(0);
});

it('does not take an interaction for old because this machine’s clock is ahead', () => {
  const age = answering(-60_000).ageMs(Date.now() - 60_000 - 200);
  expect(age).toBeLessThan(1_500);
});

it('sees that an interaction is old when this machine’s clock is behind', () => {
  expect(answering(60_000).ageMs(Date.now() + 60_000 - 4_000)).toBeGreaterThan(2_500);
});
