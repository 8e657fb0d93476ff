import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';
import type { FeedEvent } from './calendar-feed.js';

/** A member's private feed, while it is on. */
export interface CalendarFeed {
  id: string;
  memberId: MemberId;
  /** Of what stands in its address, which is found by it. */
  tokenHash: string;
  sealedToken: string;
  madeAt: DateTime;
}

/** Which events a member's feed holds. */
export interface FeedSpan {
  /** Nothing that ended before it. */
  from: DateTime;
  /** Cancelled events that changed before it are left out: calendars have dropped them by then. */
  cancelledSince: DateTime;
}

/** Storage of private feeds, and of what feeds hold. */
export interface CalendarFeedsRepository {
  find(memberId: MemberId): Promise<CalendarFeed | undefined>;
  /** Whose feed it is. A hash is looked up, and no token compared, so the time it takes tells nothing about any. */
  findMember(tokenHash: string): Promise<MemberId | undefined>;
  /** Writes it over the one the member had, whose address works no more. */
  save(feed: CalendarFeed): Promise<void>;
  remove(memberId: MemberId): Promise<void>;
  /** The public events of an org that did not end before that moment, the cancelled ones too. */
  listOfOrg(orgId: OrgId, from: DateTime): Promise<FeedEvent[]>;
  /** What is on at the orgs that a member is in, theirs alone included; of hidden orgs nothing. */
  listOfMember(memberId: MemberId, span: FeedSpan): Promise<FeedEvent[]>;
  /** What a member said they go to, at whichever org, as far as they may see it. */
  listGoing(memberId: MemberId, span: FeedSpan): Promise<FeedEvent[]>;
}
