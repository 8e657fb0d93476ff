import type { DateTime } from 'luxon';
import type { ChannelRef } from '../notifications/channel.js';
import { type CalendarTarget, type Settled, UNREACHABLE } from '../notifications/delivery.js';
import type { Repositories } from '../repositories.js';
import { lostAlert } from './announce-messages.js';
import { type AnnounceChannel, isSameChannel } from './announcement.js';

/** Follows up how a post of its own ended: it is up, or its events count as not announced. */
export async function settlePost(
  repositories: Repositories,
  post: string,
  outcome: Settled,
  { channel, now }: { channel: ChannelRef; now: DateTime },
): Promise<void> {
  await repositories.announcements.notePost(post, outcome.state === 'sent' ? 'posted' : 'dropped');
  await settleFollowUp(repositories, outcome, { channel, now });
}

/** Follows up how an addition to a summary ended: what was added is up as well. */
export async function settleAddition(
  repositories: Repositories,
  post: string,
  outcome: Settled,
  { channel, now }: { channel: ChannelRef; now: DateTime },
): Promise<void> {
  if (outcome.state === 'sent') await repositories.announcements.notePost(post, 'posted');
  await settleFollowUp(repositories, outcome, { channel, now });
}

/** Follows up how an edit or a notice ended: a channel that is lost switches itself off, and the admins hear of it. */
export async function settleFollowUp(
  repositories: Repositories,
  outcome: Settled,
  { channel, now }: { channel: ChannelRef; now: DateTime },
): Promise<void> {
  if (!isLost(outcome)) return;
  const own = await repositories.announcements.findChannel(channel);
  if (!own || own.off || !isSameChannel(own, channel)) return;
  await repositories.announcements.updateChannel({ ...own, off: { since: now, because: 'lost' } });
  await alertAdmins(repositories, own, 'channel', now);
}

/**
 * Follows up how an event fared in a space's calendar. One that could not be made, or that somebody took out by hand, is
 * left alone from then on; a calendar that is closed to the bot is no longer kept.
 */
export async function settleMirror(
  repositories: Repositories,
  made: string,
  outcome: Settled,
  { scheduledEvent: { space, act } }: CalendarTarget,
  now: DateTime,
): Promise<void> {
  const { announcements } = repositories;
  if (outcome.state === 'sent') return;
  if (act.do === 'make' || outcome.state === 'rejected') await announcements.removeMirror(made);
  if (!isLost(outcome)) return;
  const own = await announcements.findChannel(space);
  if (!own?.isMirrored) return;
  await announcements.updateChannel({ ...own, isMirrored: false });
  await announcements.removeMirrorsOfSpace(space);
  await alertAdmins(repositories, own, 'calendar', now);
}

/** What was given up after days of an outage says nothing about the channel. */
function isLost({ state, error }: Settled): boolean {
  return state === 'undeliverable' && error === UNREACHABLE;
}

/** Each admin once. Who wants no messages gets none: `/manage announce show` tells it too. */
async function alertAdmins(
  { orgs, deliveries }: Repositories,
  { orgId, platform, externalId, channelId }: AnnounceChannel,
  what: 'channel' | 'calendar',
  now: DateTime,
): Promise<void> {
  const about = { channel: { platform, externalId, channelId }, what };
  const admins = await orgs.listActiveAdmins(orgId);
  await deliveries.planAll(admins.map((id) => lostAlert(about, id, { lostAt: now, dueAt: now })));
}
