import type { DateTime } from 'luxon';
import type { EventId, MemberId, OrgId, SourceId } from '../ids.js';
import type { Page } from '../orgs/org.js';
import type { VouchedEmail } from './guest-matching.js';
import type { Guest, GuestMatch, GuestRef } from './guests.js';

/** An event whose guest list may be read. */
export interface ReadableEvent {
  id: EventId;
  lumaId: string;
  startsAt: DateTime;
  /** When its list was last asked for. */
  readAt: DateTime | undefined;
}

/** A guest list in numbers. Who cancelled or is only invited is not among the registered and waiting. */
export interface GuestCounts {
  registered: number;
  waiting: number;
  cancelled: number;
  /** Checked in by the hosts. */
  checkedIn: number;
  joinedOnline: number;
  /** Of the registered, those who are active members of the org. */
  membersHere: number;
}

/** Storage of guest lists. */
export interface GuestsRepository {
  /** Everybody who is or was on the event's list. */
  list(eventId: EventId): Promise<Guest[]>;
  find(ref: GuestRef): Promise<Guest | undefined>;
  /** Writes the guests' facts over what they were; whom they are matched to stays. */
  saveAll(guests: readonly Guest[]): Promise<void>;
  setMatch(ref: GuestRef, match: GuestMatch | undefined): Promise<void>;
  count(eventId: EventId, orgId: OrgId): Promise<GuestCounts>;
  /**
   * Those an admin may have something to do with: walk-ins who are coming or came, and whoever an admin assigned; the
   * walk-ins first, by name. A page beyond the last gives the last.
   */
  listToAssign(eventId: EventId, at: { page: number; pageSize: number }): Promise<Page<Guest>>;
  /** The same lu.ma account among the walk-ins of the org's other events. */
  listElsewhere(guest: Guest, orgId: OrgId): Promise<Guest[]>;
  /** Events with a guest who has one of these addresses, or is matched to one of these members. */
  listEventsWith(whom: { emails?: readonly string[]; members?: readonly MemberId[] }): Promise<EventId[]>;
}

/** Storage of when guest lists were read. */
export interface GuestReadsRepository {
  /** Events of a calendar that start before `until` and ended, or are taken to have, after `since`; the longest unread first. */
  listReadable(sourceId: SourceId, span: { since: DateTime; until: DateTime }): Promise<ReadableEvent[]>;
  /** Notes that a list was asked for, with or without success. */
  noteRead(eventId: EventId, at: DateTime): Promise<void>;
  /** Whether the event's calendar has guest lists, and when this one was last asked for. */
  standingOf(eventId: EventId): Promise<{ hasList: boolean; readAt: DateTime | undefined }>;
}

/** Storage of what guests are known by. */
export interface GuestProofsRepository {
  /** The key of `emailHash`, made when it is first asked for and the same ever after. */
  emailKey(): Promise<string>;
  /** Whose links to this event have these tokens. */
  membersOfTokens(eventId: EventId, tokens: readonly string[]): Promise<Map<string, MemberId>>;
  /** Has the links of a member who is absorbed by another one go on working, where both have one. */
  keepTokens(linked: { keptId: MemberId; absorbedId: MemberId }): Promise<void>;
  /** Forgets kept links that are somebody's own again. */
  dropTakenTokens(): Promise<void>;
  /** Whose these addresses are known to be, by their hashes. */
  listEmails(emails: readonly string[]): Promise<VouchedEmail[]>;
  listEmailsOf(memberId: MemberId): Promise<VouchedEmail[]>;
  /** What guests with these addresses who came by their links teach at present. */
  listTaught(emails: readonly string[]): Promise<Omit<VouchedEmail, 'by'>[]>;
  /** Keeps it; Slack's word stays when a link teaches the same. */
  saveEmail(email: VouchedEmail, learntAt: DateTime): Promise<void>;
  /** Forgets what a link taught; Slack's word stays. */
  forgetTaught(email: Omit<VouchedEmail, 'by'>): Promise<void>;
}
