import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';

/** How many of an org's members messages get through to. */
export interface OrgReach {
  members: number;
  /** Those with an account whose messages are open, or were never tried. */
  reachable: number;
  /** Those of the reachable who said `stop`. */
  stopped: number;
}

/** Storage of whether messages get through. */
export interface ReachRepository {
  /** Notes that the member is told now that nothing gets through. False, and nothing written, if they were told since. */
  noteTold(memberId: MemberId, now: DateTime, since: DateTime): Promise<boolean>;
  /** How many messages did not get through since the last that did. */
  countMissed(memberId: MemberId): Promise<number>;
  /** Its active members, counted. */
  countOfOrg(orgId: OrgId): Promise<OrgReach>;
}
