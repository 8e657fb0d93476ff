import type { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import type { MemberId } from '../ids.js';
import type { Membership, Org } from './org.js';

/** What came of asking to join. */
export type JoinOutcome = 'joined' | 'rejoined' | 'requested' | 'already-member' | 'already-requested';

/**
 * A member joins, or asks to where the org approves its members. Asking twice changes nothing; somebody who left comes
 * back with their history, as a plain member.
 *
 * @param now the moment of the tap, a UTC instant.
 * @throws DomainError `orgs.removed-member` for somebody whom an admin removed: only an admin can take them back.
 */
export function join(
  org: Org,
  memberId: MemberId,
  before: Membership | undefined,
  now: DateTime,
): { outcome: JoinOutcome; membership: Membership } {
  if (before?.status === 'active') return { outcome: 'already-member', membership: before };
  if (before?.status === 'removed') throw new DomainError({ code: 'orgs.removed-member', orgName: org.name });
  const isOpen = org.joinPolicy === 'open';
  if (before?.status === 'pending' && !isOpen) return { outcome: 'already-requested', membership: before };
  const membership: Membership = {
    orgId: org.id,
    memberId,
    role: 'member',
    status: isOpen ? 'active' : 'pending',
    joinedAt: now,
    leftAt: undefined,
  };
  if (!isOpen) return { outcome: 'requested', membership };
  return { outcome: before?.status === 'left' ? 'rejoined' : 'joined', membership };
}

/** What came of leaving. */
export type LeaveOutcome = 'left' | 'withdrawn';

/**
 * A member leaves, or takes a request back. The row stays: rejoining restores what hangs on it.
 *
 * @throws DomainError `orgs.not-member`, `orgs.last-admin` while nobody else could look after the org.
 */
export function leave(
  org: Org,
  before: Membership | undefined,
  activeAdmins: number,
  now: DateTime,
): { outcome: LeaveOutcome; membership: Membership } {
  if (before?.status !== 'active' && before?.status !== 'pending') {
    throw new DomainError({ code: 'orgs.not-member', orgName: org.name, orgId: org.id });
  }
  if (before.status === 'active' && before.role === 'admin' && activeAdmins <= 1) {
    throw new DomainError({ code: 'orgs.last-admin', orgName: org.name });
  }
  const membership: Membership = { ...before, role: 'member', status: 'left', leftAt: now };
  return { outcome: before.status === 'active' ? 'left' : 'withdrawn', membership };
}
