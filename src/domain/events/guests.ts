import type { DateTime } from 'luxon';
import type { EventId, MemberId, OrgId, SourceId } from '../ids.js';
import type { EventSource, GuestFacts, SourceProblemCode } from './event-source.js';

/** How a guest is known to be a member: by their personal link, by a vouched-for address, or by an admin's word. */
export const MATCHED_BY = ['token', 'email', 'admin'] as const;
export type MatchedBy = (typeof MATCHED_BY)[number];

export interface GuestMatch {
  memberId: MemberId;
  by: MatchedBy;
}

/** Somebody on lu.ma's guest list of one event. Whoever is matched to nobody is a walk-in. */
export interface Guest extends Pick<GuestFacts, 'lumaGuestId' | 'lumaUserId' | 'status'> {
  eventId: EventId;
  /** Empty when lu.ma tells none. */
  name: string;
  /** Of their address, which itself is not kept; see `emailHash`. */
  emailHash: string | undefined;
  /** The token of the link they came by, when it looks like one of ours. */
  linkToken: string | undefined;
  registeredAt: DateTime | undefined;
  checkedInAt: DateTime | undefined;
  joinedOnlineAt: DateTime | undefined;
  match: GuestMatch | undefined;
  /** Since when their state speaks for them; see `stateSince`. */
  changedAt: DateTime;
}

/** Tells one guest of one event. */
export interface GuestRef {
  eventId: EventId;
  lumaGuestId: string;
}

/** What one reading of guest lists came to. */
export interface SyncedGuests {
  /** Guest lists read. */
  events: number;
  /** Guests on them who are registered. */
  guests: number;
  checkedIn: number;
  /** Why reading ended early, or why some list could not be read; the others are as they should be. */
  problem?: SourceProblemCode;
}

/**
 * Reads the guest lists of a calendar that are worth reading now, or those of the named events alone (`only`, lu.ma's
 * ids, after a webhook). Called outside of any transaction, after a run that brought the events in. A calendar without
 * guest lists gives zeros. Never throws for lu.ma's sake: what went wrong is the answer's `problem`. Safe to repeat.
 */
export type SyncGuests = (
  source: EventSource,
  run: { sourceId: SourceId; orgId: OrgId; now: DateTime; only?: readonly string[] },
) => Promise<SyncedGuests>;
