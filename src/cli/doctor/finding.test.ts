import { describe, expect, it } from 'vitest';
import { clockFinding } from './finding.js';

const noon = Date.parse('2026-03-01T12:00:00Z');
const answer = new Response('', { headers: { date: new Date(noon).toUTCString() } });
const finding = (now: number) => clockFinding('Clock', answer, now);

describe('the clock check', () => {
  it('takes the cut second and a slow answer for what they are', () => {
    for (const offMs of [-1_500, 0, 900, 2_500]) expect(finding(noon + offMs).verdict).toBe('fine');
  });

  it('says how far off the machine is, and in which direction', () => {
    expect(finding(noon + 61_000)).toMatchObject({ verdict: 'wrong', detail: expect.stringContaining('60 s ahead') });
    expect(finding(noon - 30_000)).toMatchObject({ verdict: 'wrong', detail: expect.stringContaining('30 s behind') });
  });

  it('does not guess when the answer tells no time', () => {
    expect(clockFinding('Clock', new Response(''), noon).verdict).toBe('look');
  });
});
