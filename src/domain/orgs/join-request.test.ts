import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { newMemberId, newOrgId } from '../ids.js';
import { askWait, type JoinRequest, newRequest } from './join-request.js';

const now = DateTime.fromISO('2026-03-29T00:30:00Z', { zone: 'utc' });
const asked = (overrides: Partial<JoinRequest>): JoinRequest => ({
  ...newRequest(newOrgId(), newMemberId(), now.minus({ days: 30 })),
  ...overrides,
});

describe('asking an org again', () => {
  it('is free for whoever never asked, took it back, or was in', () => {
    expect(askWait([], now)).toBeUndefined();
    expect(askWait([asked({ state: 'withdrawn', decidedAt: now })], now)).toBeUndefined();
    expect(askWait([asked({ state: 'approved', decidedAt: now })], now)).toBeUndefined();
  });

  it('waits a week after a decline, to the moment', () => {
    const declined = (days: number) => [asked({ state: 'declined', decidedAt: now.minus({ days }) })];
    expect(askWait(declined(6), now)).toEqual({ why: 'declined', until: now.plus({ days: 1 }) });
    expect(askWait(declined(7), now)).toBeUndefined();
  });

  it('waits for the next day after three requests in one', () => {
    const withdrawn = (hours: number) => asked({ state: 'withdrawn', askedAt: now.minus({ hours }), decidedAt: now });
    expect(askWait([withdrawn(1), withdrawn(2)], now)).toBeUndefined();
    expect(askWait([withdrawn(1), withdrawn(2), withdrawn(3)], now)).toEqual({
      why: 'often',
      until: now.plus({ hours: 21 }),
    });
    expect(askWait([withdrawn(1), withdrawn(2), withdrawn(24)], now)).toBeUndefined();
  });
});
