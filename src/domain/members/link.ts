import type { DateTime } from 'luxon';
import type { IdentityId, LinkId, MemberId } from '../ids.js';
import type { Account } from './account.js';
import type { Identity } from './member.js';

/** A one-time code that waits to be typed with another account. A member has one at most. */
export interface LinkCode {
  hash: string;
  memberId: MemberId;
  /** The account it was asked for with. */
  identityId: IdentityId;
  expiresAt: DateTime;
  /** The account that typed it: from then on it works for no other. */
  typedBy: IdentityId | undefined;
}

/** Two members who became one. It is kept, with all that changed, so that an operator can undo it. */
export interface MemberLink {
  id: LinkId;
  /** The member who goes on. */
  memberId: MemberId;
  /** The id of the member who is no more. */
  absorbedId: MemberId;
  /** The account that asked for the code, and the one that typed it and confirmed, with their members' names then. */
  asked: LinkParty;
  confirmed: LinkParty;
  linkedAt: DateTime;
}

export interface LinkParty {
  /** Nothing once the account is gone. */
  identityId: IdentityId | undefined;
  name: string;
}

/**
 * Whether two accounts are in one place, where a person has one account: Discord, or a Slack workspace. On the
 * playground every invented person has a place of their own.
 */
export function areInOnePlace(one: Account, other: Account): boolean {
  return one.platform === other.platform && one.teamId === other.teamId && one.platform !== 'playground';
}

/** The place in which the two members would have two accounts if they were one; nothing if there is none. */
export function findSharedPlace(one: readonly Identity[], other: readonly Identity[]): Account | undefined {
  return one.map(({ account }) => account).find((account) => other.some((own) => areInOnePlace(account, own.account)));
}
