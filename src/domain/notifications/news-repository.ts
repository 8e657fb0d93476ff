import type { DateTime } from 'luxon';
import type { MemberId, OrgId } from '../ids.js';
import type { DueDigest, NewsItem } from './digest.js';

/**
 * What is news to members: events of the orgs they are in and did not mute, of the types they chose, that are on and
 * still ahead, that they have not answered, and that no message has told them of.
 */
export interface NewsRepository {
  /** When the next digest is to be looked at; overdue ones included. */
  nextDigestAt(): Promise<DateTime | undefined>;
  /** Members whose digest is to be looked at by now, the longest due first, at most so many. */
  listDueDigests(now: DateTime, most: number): Promise<DueDigest[]>;
  /** Has the digests of these members looked at again at an instant, or never. */
  setNextDigestAt(memberIds: readonly MemberId[], at: DateTime | undefined): Promise<void>;
  /** News to a member in the order of the events' starts. */
  list(memberId: MemberId, now: DateTime): Promise<NewsItem[]>;
  /** Whether an occasion told a member anything, whatever became of the events since. */
  hasTold(memberId: MemberId, occasion: string): Promise<boolean>;
  /** What an occasion told a member, as far as it would still be news; in the order of the events' starts. */
  listTold(memberId: MemberId, occasion: string, now: DateTime): Promise<NewsItem[]>;
  /** How much of what is news to a member begins after a moment. */
  count(memberId: MemberId, after: DateTime): Promise<number>;
  /** Notes that an occasion tells a member all of it. */
  markTold(memberId: MemberId, occasion: string, now: DateTime): Promise<void>;
  /** Takes back what an occasion noted: nobody was told. */
  forgetTold(occasion: string): Promise<void>;
  /** How many orgs a member hears of. */
  countFollowed(memberId: MemberId): Promise<number>;
  /** Members who hear of an org's events as they are found, after one by their ids, at most so many. */
  listHearingAll(orgId: OrgId, portion: { after: MemberId | undefined; most: number }): Promise<MemberId[]>;
  /** Forgets who was told of some events that began before an instant; says how many events, none when all is done. */
  dropToldBefore(before: DateTime, mostEvents: number): Promise<number>;
}
