import type { DateTime } from 'luxon';
import type { Event } from '../events/event.js';
import type { EventId, MemberId, OrgId, SourceId } from '../ids.js';
import type { ChannelRef } from '../notifications/channel.js';
import type { SpaceRef } from '../orgs/rights.js';
import type { AnnounceChannel, Announcement, EventMirror } from './announcement.js';

/** Storage of where events are announced, and of what was. */
export interface AnnouncementsRepository {
  /** The channels of an org, those that are off included. */
  listChannels(orgId: OrgId): Promise<AnnounceChannel[]>;
  findChannel(space: SpaceRef): Promise<AnnounceChannel | undefined>;
  /** Writes it over the one that the space had. */
  saveChannel(channel: AnnounceChannel, setBy: MemberId | undefined): Promise<void>;
  /** Writes what became of it, and leaves who chose it. */
  updateChannel(channel: AnnounceChannel): Promise<void>;

  /** What was announced of these events, in every channel. */
  listOf(eventIds: readonly EventId[]): Promise<Announcement[]>;
  /** What was planned in a channel after that moment. */
  listSince(channel: ChannelRef, moment: DateTime): Promise<Announcement[]>;
  listOfPost(post: string): Promise<Announcement[]>;
  /** When something was last posted there. */
  lastPlannedAt(channel: ChannelRef): Promise<DateTime | undefined>;
  /** Writes them over what was noted of these events in these channels. */
  saveAll(announcements: readonly Announcement[]): Promise<void>;
  /** Notes that a post is up, or came to nothing. */
  notePost(post: string, state: 'posted' | 'dropped'): Promise<void>;

  listMirrorsOf(eventIds: readonly EventId[]): Promise<EventMirror[]>;
  /** What stands in a space's calendar and has not begun. */
  listMirrorsAhead(space: SpaceRef, now: DateTime): Promise<EventMirror[]>;
  addMirrors(mirrors: readonly EventMirror[]): Promise<void>;
  removeMirror(made: string): Promise<void>;
  removeMirrorsOfSpace(space: SpaceRef): Promise<void>;

  /** Public events that have not begun, of an org or of one of its calendars, the soonest first. */
  listAhead(of: { orgId: OrgId } | { sourceId: SourceId }, now: DateTime, most: number): Promise<Event[]>;
}
