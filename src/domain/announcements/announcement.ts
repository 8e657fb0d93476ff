import type { DateTime } from 'luxon';
import type { Event } from '../events/event.js';
import type { EventId, OrgId } from '../ids.js';
import type { ChannelRef } from '../notifications/channel.js';
import type { SpaceRef } from '../orgs/rights.js';

/** Why nothing goes to a channel any more: an admin said so, or it is gone or closed to the bot. */
export const OFF_REASONS = ['asked', 'lost'] as const;
export type OffReason = (typeof OFF_REASONS)[number];

/** Where an org's events are announced in one of its spaces: each space has one channel at most. */
export interface AnnounceChannel extends ChannelRef {
  orgId: OrgId;
  /** What it was called when it was looked at last. */
  name: string;
  /** Whether the org's events are kept in the space's own calendar too, be the channel on or off. */
  isMirrored: boolean;
  setAt: DateTime;
  off: { since: DateTime; because: OffReason } | undefined;
}

/** `dropped` when its post came to nothing: the event counts as not announced there. */
export const ANNOUNCEMENT_STATES = ['planned', 'posted', 'dropped'] as const;
export type AnnouncementState = (typeof ANNOUNCEMENT_STATES)[number];

/** An event in a channel: by a post of its own, or among others in a summary. */
export interface Announcement {
  eventId: EventId;
  channel: ChannelRef;
  /** The dedupe key of the post. */
  post: string;
  isSummary: boolean;
  state: AnnouncementState;
  plannedAt: DateTime;
}

/** An event in a space's own calendar. */
export interface EventMirror {
  eventId: EventId;
  space: SpaceRef;
  /** The dedupe key of the delivery that makes it. */
  made: string;
}

/** Whether everybody may be told of an event that can still be gone to. */
export function isAnnounceable({ state, visibility, startsAt }: Event, now: DateTime): boolean {
  return state === 'on' && visibility === 'public' && startsAt > now;
}

export function isSameSpace(one: SpaceRef, other: SpaceRef): boolean {
  return one.platform === other.platform && one.externalId === other.externalId;
}

export function isSameChannel(one: ChannelRef, other: ChannelRef): boolean {
  return isSameSpace(one, other) && one.channelId === other.channelId;
}
