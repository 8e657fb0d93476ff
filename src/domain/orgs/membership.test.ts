import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { newMemberId } from '../ids.js';
import { join, leave } from './membership.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const ana = newMemberId();

describe('joining', () => {
  it('makes a stranger a member where the org is open', () => {
    const org = anOrg({ joinPolicy: 'open' });
    const { outcome, membership } = join(org, ana, undefined, now);
    expect(outcome).toBe('joined');
    expect(membership).toMatchObject({ status: 'active', role: 'member', joinedAt: now });
  });

  it('sends a request where an organiser approves', () => {
    const { outcome, membership } = join(anOrg({ joinPolicy: 'approval' }), ana, undefined, now);
    expect(outcome).toBe('requested');
    expect(membership.status).toBe('pending');
  });

  it('changes nothing for somebody who is in, an admin included', () => {
    const before = aMembership({ status: 'active', role: 'admin' });
    expect(join(anOrg(), ana, before, now)).toEqual({ outcome: 'already-member', membership: before });
  });

  it('changes nothing for a second request', () => {
    const before = aMembership({ status: 'pending' });
    expect(join(anOrg({ joinPolicy: 'approval' }), ana, before, now)).toEqual({
      outcome: 'already-requested',
      membership: before,
    });
  });

  it('lets a waiting request in once the org has opened', () => {
    const { outcome, membership } = join(anOrg({ joinPolicy: 'open' }), ana, aMembership({ status: 'pending' }), now);
    expect(outcome).toBe('joined');
    expect(membership.status).toBe('active');
  });

  it('takes a former admin back as a plain member', () => {
    const before = aMembership({ status: 'left', role: 'admin' });
    const { outcome, membership } = join(anOrg(), ana, before, now);
    expect(outcome).toBe('rejoined');
    expect(membership).toMatchObject({ status: 'active', role: 'member', leftAt: undefined });
  });

  it('keeps out whom an admin removed', () => {
    expect(() => join(anOrg({ name: 'BAISH' }), ana, aMembership({ status: 'removed' }), now)).toThrow(
      expect.objectContaining({ problem: { code: 'orgs.removed-member', orgName: 'BAISH' } }),
    );
  });
});

describe('leaving', () => {
  it('keeps the membership as history', () => {
    const before = aMembership({ status: 'active' });
    const { outcome, membership } = leave(anOrg(), before, 1, now);
    expect(outcome).toBe('left');
    expect(membership).toEqual({ ...before, status: 'left', leftAt: now });
  });

  it('takes a request back', () => {
    expect(leave(anOrg(), aMembership({ status: 'pending' }), 1, now).outcome).toBe('withdrawn');
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
