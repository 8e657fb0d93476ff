import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { anIdentity } from '../../../tests/builders/members.js';
import { newDeliveryId, newMemberId } from '../ids.js';
import { nonceOf, pauseMs, pickIdentity } from './delivery.js';

const ana = newMemberId();
const open = anIdentity(ana, { reach: 'open' });
const untried = anIdentity(ana, { reach: 'unknown' });
const closed = anIdentity(ana, { reach: 'closed' });
const since = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });

describe('the account that a delivery goes to', () => {
  it('is the preferred one, unless its messages are closed', () => {
    const all = [open, untried, closed];
    expect(pickIdentity({ identityId: untried.id, unsureSince: undefined }, all)).toBe(untried);
    expect(pickIdentity({ identityId: closed.id, unsureSince: undefined }, all)).toBe(open);
  });

  it('stays the one that may have a copy already, even when it has closed since', () => {
    expect(pickIdentity({ identityId: closed.id, unsureSince: since }, [open, closed])).toBe(closed);
  });

  it('is an open one before one never tried, and a closed one when there is no other', () => {
    const anywhere = { identityId: undefined, unsureSince: undefined };
    expect(pickIdentity(anywhere, [closed, untried, open])).toBe(open);
    expect(pickIdentity(anywhere, [closed, untried])).toBe(untried);
    expect(pickIdentity(anywhere, [closed])).toBe(closed);
    expect(pickIdentity(anywhere, [])).toBeUndefined();
  });
});

describe('trying again', () => {
  it('waits twice as long each time, an hour at most, a little sooner or later', () => {
    expect([1, 2, 3, 20].map((attempts) => pauseMs(attempts, 0.5))).toEqual([5_000, 10_000, 20_000, 3_600_000]);
    expect([pauseMs(1, 0), pauseMs(1, 1)]).toEqual([3_750, 6_250]);
  });

  it('uses a nonce that fits Discord', () => {
    expect(nonceOf(newDeliveryId()).length).toBeLessThanOrEqual(25);
  });
});
