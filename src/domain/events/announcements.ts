import { announceNew } from '../announcements/announce-new.js';
import { type AnnounceChannel, isAnnounceable, isSameChannel } from '../announcements/announcement.js';
import { followAnnounced } from '../announcements/follow-announced.js';
import { followInCalendar } from '../announcements/mirroring.js';
import type { Repositories } from '../repositories.js';
import type { Event } from './event.js';
import type { ChangedEvent, FollowChanges, SyncedChanges } from './event-changes.js';

/**
 * Announces what a sync found: new events in the org's channels, changes of announced ones in and beneath their posts,
 * both in the spaces' own calendars where that is wanted. A first sync announces nothing (product.md section 12).
 */
export const planAnnouncements: FollowChanges = async (repositories, changes) => {
  const channels = await repositories.announcements.listChannels(changes.orgId);
  if (channels.length === 0) return;
  const org = await repositories.orgs.find(changes.orgId);
  if (!org || org.isHidden) return;
  await followAnnounced(repositories, channels, changes);
  for (const channel of channels) {
    if (!channel.off) await announceNew(repositories, channel, await newIn(repositories, channel, changes), changes);
    if (channel.isMirrored) await followInCalendar(repositories, channel, changes);
  }
};

/** What is new to a channel: added now, made public now, or dropped before it was posted and worth going to again. */
async function newIn(repositories: Repositories, channel: AnnounceChannel, changes: SyncedChanges): Promise<Event[]> {
  const { added, changed, isFirst, at } = changes;
  if (isFirst) return [];
  const isWanted = (event: Event) => isAnnounceable(event, at);
  const known = await repositories.announcements.listOf(changed.map(({ after }) => after.id));
  const dropped = known.filter((one) => one.state === 'dropped' && isSameChannel(one.channel, channel));
  const again = changed
    .filter((one) => isMadePublic(one) || dropped.some(({ eventId }) => eventId === one.after.id))
    .map(({ after }) => after);
  return [...added, ...again].filter(isWanted);
}

function isMadePublic({ before, after }: ChangedEvent): boolean {
  return before.visibility !== 'public' && after.visibility === 'public';
}
