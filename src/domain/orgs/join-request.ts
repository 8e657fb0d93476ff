import type { DateTime } from 'luxon';
import { type MemberId, newRequestId, type OrgId, type RequestId } from '../ids.js';
import type { SeenMember } from '../members/privacy-filter.js';
import type { Org } from './org.js';

/** `superseded`: they came in another way meanwhile, by an invite or because the org opened. */
export const REQUEST_STATES = ['pending', 'approved', 'declined', 'withdrawn', 'superseded'] as const;
export type RequestState = (typeof REQUEST_STATES)[number];

/** Somebody asked to join an org that approves its members. Kept once it is answered: it is the history. */
export interface JoinRequest {
  id: RequestId;
  orgId: OrgId;
  memberId: MemberId;
  askedAt: DateTime;
  state: RequestState;
  /** When it stopped to be pending. */
  decidedAt: DateTime | undefined;
  /** Who answered it; nobody for somebody who manages a space without being a member, or who was erased. */
  decidedBy: MemberId | undefined;
}

export type RequestAnswer = 'approved' | 'declined';

/** A request as an admin sees it. */
export interface RequestCard {
  request: JoinRequest;
  org: Org;
  asker: SeenMember;
  /** Whether they were in this org before. */
  isReturning: boolean;
  /** The name of whoever answered it. */
  decidedBy: string | undefined;
}

/** A request made now. */
export function newRequest(orgId: OrgId, memberId: MemberId, now: DateTime): JoinRequest {
  return {
    id: newRequestId(),
    orgId,
    memberId,
    askedAt: now,
    state: 'pending',
    decidedAt: undefined,
    decidedBy: undefined,
  };
}

/** How long after a decline somebody waits before they ask again, in days. */
export const ASK_AGAIN_DAYS = 7;
/** Requests that one person may make in a day, so that asking and taking back does not ring every admin's bell. */
const MOST_A_DAY = 3;

/** The last requests that decide whether somebody may ask now. */
export const RECENT_REQUESTS = MOST_A_DAY;

/**
 * Until when somebody waits before they ask this org again, and why. A declined person may ask again after a week,
 * which is time enough for things to change, and short enough that no is not for ever; an invite lets them in at any
 * time. Whoever took back three requests within a day waits until that day is over.
 *
 * @param latest their last requests to this org, the newest first.
 */
export function askWait(
  latest: readonly JoinRequest[],
  now: DateTime,
): { why: 'declined' | 'often'; until: DateTime } | undefined {
  const [last] = latest;
  const afterDecline = last?.state === 'declined' ? last.decidedAt?.plus({ days: ASK_AGAIN_DAYS }) : undefined;
  if (afterDecline && afterDecline > now) return { why: 'declined', until: afterDecline };
  const afterMany = latest[MOST_A_DAY - 1]?.askedAt.plus({ days: 1 });
  return afterMany && afterMany > now ? { why: 'often', until: afterMany } : undefined;
}
