import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { newMemberId } from '../ids.js';
import { answered, join, leave } from './membership.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const ana = newMemberId();
const atTap = { now, isInvited: false };
const invited = { now, isInvited: true };
const long = DateTime.fromISO('2025-03-01T10:00:00Z', { zone: 'utc' });

describe('joining', () => {
  it('makes a stranger a member where the org is open', () => {
    const org = anOrg({ joinPolicy: 'open' });
    const { outcome, membership } = join(org, ana, undefined, atTap);
    expect(outcome).toBe('joined');
    expect(membership).toMatchObject({ status: 'active', role: 'member', joinedAt: now });
  });

  it('sends a request where an organiser approves', () => {
    const { outcome, membership } = join(anOrg({ joinPolicy: 'approval' }), ana, undefined, atTap);
    expect(outcome).toBe('requested');
    expect(membership.status).toBe('pending');
  });

  it('changes nothing for somebody who is in, an admin included', () => {
    const before = aMembership({ status: 'active', role: 'admin' });
    expect(join(anOrg(), ana, before, atTap)).toEqual({ outcome: 'already-member', membership: before });
  });

  it('changes nothing for a second request', () => {
    const before = aMembership({ status: 'pending' });
    expect(join(anOrg({ joinPolicy: 'approval' }), ana, before, atTap)).toEqual({
      outcome: 'already-requested',
      membership: before,
    });
  });

  it('lets a waiting request in once the org has opened', () => {
    const { outcome, membership } = join(anOrg({ joinPolicy: 'open' }), ana, aMembership({ status: 'pending' }), atTap);
    expect(outcome).toBe('joined');
    expect(membership.status).toBe('active');
  });

  it('takes a former admin back as a plain member', () => {
    const before = aMembership({ status: 'left', role: 'admin', leftAt: long });
    const { outcome, membership } = join(anOrg(), ana, before, atTap);
    expect(outcome).toBe('rejoined');
    expect(membership).toMatchObject({ status: 'active', role: 'member', leftAt: undefined });
  });

  it('lets invited people in where an organiser approves, also those whose request is waiting', () => {
    const org = anOrg({ joinPolicy: 'approval' });
    for (const before of [undefined, aMembership({ status: 'pending' })]) {
      const { outcome, membership } = join(org, ana, before, invited);
      expect([outcome, membership.status]).toEqual(['joined', 'active']);
    }
  });

  it('remembers when somebody was in while they ask to come back', () => {
    const before = aMembership({ status: 'left', leftAt: long });
    const { membership } = join(anOrg({ joinPolicy: 'approval' }), ana, before, atTap);
    expect(membership).toEqual({ ...before, status: 'pending' });
    expect(join(anOrg({ joinPolicy: 'open' }), ana, membership, atTap).outcome).toBe('rejoined');
  });

  it('keeps out whom an admin removed, invited or not', () => {
    for (const at of [atTap, invited]) {
      expect(() => join(anOrg({ name: 'BAISH' }), ana, aMembership({ status: 'removed' }), at)).toThrow(
        expect.objectContaining({ problem: { code: 'orgs.removed-member', orgName: 'BAISH' } }),
      );
    }
  });
});

describe('leaving', () => {
  it('keeps the membership as history', () => {
    const before = aMembership({ status: 'active' });
    const { outcome, membership } = leave(anOrg(), before, 1, now);
    expect(outcome).toBe('left');
    expect(membership).toEqual({ ...before, status: 'left', leftAt: now });
  });

  it('takes a first request back, of which nothing remains', () => {
    const before = aMembership({ status: 'pending' });
    expect(leave(anOrg(), before, 1, now)).toEqual({ outcome: 'withdrawn', membership: undefined });
  });

  it('takes the request of somebody who was in before back to their history', () => {
    const before = aMembership({ status: 'pending', leftAt: long });
    expect(leave(anOrg(), before, 1, now).membership).toEqual({ ...before, status: 'left' });
  });

  it('is refused to the only admin, and granted to one of two', () => {
    const before = aMembership({ status: 'active', role: 'admin' });
    expect(() => leave(anOrg(), before, 1, now)).toThrow('orgs.last-admin');
    expect(leave(anOrg(), before, 2, now).outcome).toBe('left');
  });

  it.each([undefined, aMembership({ status: 'left' }), aMembership({ status: 'removed' })])(
    'tells somebody who is not in',
    (before) => {
      expect(() => leave(anOrg(), before, 1, now)).toThrow('orgs.not-member');
    },
  );
});

describe('an answer to a request', () => {
  const approved = { answer: 'approved' as const, now };
  const declined = { answer: 'declined' as const, now };

  it('lets in as a plain member, and takes nothing from somebody who is in by another way', () => {
    const pending = aMembership({ status: 'pending' });
    expect(answered(pending, pending, approved)).toMatchObject({ status: 'active', role: 'member', joinedAt: now });
    const admin = aMembership({ status: 'active', role: 'admin' });
    expect(answered(admin, admin, approved)).toEqual(admin);
    expect(answered(admin, admin, declined)).toEqual(admin);
  });

  it('that is no leaves what was before: a stay that is over, a removal, or nothing', () => {
    const returning = aMembership({ status: 'pending', leftAt: long });
    expect(answered(returning, returning, declined)).toEqual({ ...returning, status: 'left' });
    const removed = aMembership({ status: 'removed' });
    expect(answered(removed, removed, declined)).toEqual(removed);
    const first = aMembership({ status: 'pending' });
    expect(answered(first, first, declined)).toBeUndefined();
  });
});
