import type { DateTime } from 'luxon';
import { DomainError } from '../errors.js';
import type { MemberId } from '../ids.js';
import type { Membership, Org } from './org.js';

/** What came of asking to join. */
export type JoinOutcome = 'joined' | 'rejoined' | 'requested' | 'already-member' | 'already-requested';

/**
 * A member joins, or asks to where the org approves its members and nobody invited them. Asking twice changes nothing;
 * somebody who left comes back with their history, as a plain member.
 *
 * @param now the moment of the tap, a UTC instant.
 * @throws DomainError `orgs.removed-member` for somebody whom an admin removed: only an admin can take them back.
 */
export function join(
  org: Org,
  memberId: MemberId,
  before: Membership | undefined,
  { now, isInvited }: { now: DateTime; isInvited: boolean },
): { outcome: JoinOutcome; membership: Membership } {
  if (before?.status === 'active') return { outcome: 'already-member', membership: before };
  if (before?.status === 'removed') throw new DomainError({ code: 'orgs.removed-member', orgName: org.name });
  const mayComeIn = org.joinPolicy === 'open' || isInvited;
  if (mayComeIn) {
    const membership = admitted({ orgId: org.id, memberId }, now);
    return { outcome: wasIn(before) ? 'rejoined' : 'joined', membership };
  }
  if (before?.status === 'pending') return { outcome: 'already-requested', membership: before };
  const stay = before ?? { orgId: org.id, memberId, joinedAt: now, leftAt: undefined };
  return { outcome: 'requested', membership: { ...stay, role: 'member', status: 'pending' } };
}

/** The membership of somebody who is let in now, as a plain member. */
function admitted({ orgId, memberId }: Pick<Membership, 'orgId' | 'memberId'>, now: DateTime): Membership {
  return { orgId, memberId, role: 'member', status: 'active', joinedAt: now, leftAt: undefined };
}

/** Whether somebody was a member of the org before, as far as it is over. */
export function wasIn(membership: Membership | undefined): boolean {
  return membership?.leftAt !== undefined;
}

/**
 * The membership after a request came to nothing: what it was before, or none at all for somebody who was never in.
 */
function withoutRequest(membership: Membership): Membership | undefined {
  return wasIn(membership) ? { ...membership, status: 'left' } : undefined;
}

/**
 * The membership after an admin answered a request; none at all for somebody who was never in. Whoever came in or was
 * taken off the list by other ways meanwhile is not touched by a decline, nor an active member by an approval.
 */
export function answered(
  before: Membership | undefined,
  ids: Pick<Membership, 'orgId' | 'memberId'>,
  { answer, now }: { answer: 'approved' | 'declined'; now: DateTime },
): Membership | undefined {
  if (answer === 'approved') return before?.status === 'active' ? before : admitted(ids, now);
  return before?.status === 'pending' ? withoutRequest(before) : before;
}

/** What came of leaving. */
export type LeaveOutcome = 'left' | 'withdrawn';

/**
 * A member leaves, or takes a request back. A stay remains as history, and rejoining restores what hangs on it; of a
 * first request that was taken back no membership remains.
 *
 * @throws DomainError `orgs.not-member`, `orgs.last-admin` while nobody else could look after the org.
 */
export function leave(
  org: Org,
  before: Membership | undefined,
  activeAdmins: number,
  now: DateTime,
): { outcome: LeaveOutcome; membership: Membership | undefined } {
  if (before?.status === 'pending') return { outcome: 'withdrawn', membership: withoutRequest(before) };
  if (before?.status !== 'active') {
    throw new DomainError({ code: 'orgs.not-member', orgName: org.name, orgId: org.id });
  }
  if (before.role === 'admin' && activeAdmins <= 1) {
    throw new DomainError({ code: 'orgs.last-admin', orgName: org.name, orgSlug: org.slug });
  }
  return { outcome: 'left', membership: { ...before, role: 'member', status: 'left', leftAt: now } };
}
