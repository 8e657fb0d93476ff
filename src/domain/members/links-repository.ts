import type { DateTime } from 'luxon';
import type { Attendance } from '../attendance/attendance.js';
import type { Feedback } from '../attendance/feedback.js';
import type { Heard } from '../events/responses-repository.js';
import type { IdentityId, LinkId, MemberId } from '../ids.js';
import type { Membership } from '../orgs/org.js';
import type { LinkCode, MemberLink } from './link.js';
import type { Member } from './member.js';

/** Two members as they are to become one. */
export interface Merger {
  link: MemberLink;
  /** The member who goes on, with what was merged. */
  member: Member;
  /** The merged memberships in orgs where both have one; all others move as they are. */
  memberships: Membership[];
  /** What was heard of both about the same events, made one; all else moves as it is. */
  heard: Heard[];
  /** The same for what is known of both at the same events, and for what they thought of them. */
  attendance: Attendance[];
  feedback: Feedback[];
}

/** Storage of codes and links. */
export interface LinksRepository {
  /** Keeps a member's code in the place of the one before. */
  saveCode(code: LinkCode): Promise<void>;
  findCode(hash: string): Promise<LinkCode | undefined>;
  findCodeOf(memberId: MemberId): Promise<LinkCode | undefined>;
  /** Binds the code to the account that typed it. */
  noteTyped(hash: string, typedBy: IdentityId): Promise<void>;
  dropCode(memberId: MemberId): Promise<void>;

  /** Drops codes that expired before the instant. */
  dropExpired(before: DateTime): Promise<void>;

  /** Makes one member of two: all that is held about either is held about the one, and how it was is noted. */
  merge(merger: Merger): Promise<void>;
  find(id: LinkId): Promise<MemberLink | undefined>;
  /** The member's latest link: the only one that can be undone, as later ones rest on earlier ones. */
  findLatest(memberId: MemberId): Promise<MemberLink | undefined>;
  /**
   * Makes two members of one again. Each is what they were at the link; what changed since holds for both, and what is
   * new stays with the member who went on.
   */
  split(link: MemberLink): Promise<void>;
}
