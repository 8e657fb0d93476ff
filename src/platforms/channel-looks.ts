import type { PlatformName } from '../domain/members/account.js';
import type { ChannelLooks } from '../domain/notifications/channel.js';
import type { Platform } from './platform.js';

/** What the domain asks about channels, handed to whichever platform it is about. */
export function channelLooks(
  platforms: () => readonly Pick<Platform, 'name' | 'channels' | 'scheduledEvents'>[],
): ChannelLooks {
  const find = (name: PlatformName) => platforms().find((platform) => platform.name === name);
  return {
    check: async (channel) => (await find(channel.platform)?.channels?.check(channel)) ?? { kind: 'unknown' },
    list: async (space) => (await find(space.platform)?.channels?.list(space)) ?? [],
    async checkCalendar(space) {
      const platform = find(space.platform);
      if (!platform) return { kind: 'unknown' };
      return platform.scheduledEvents ? platform.scheduledEvents.check(space) : { kind: 'none' };
    },
    hasCalendar: (space) => find(space.platform)?.scheduledEvents !== undefined,
  };
}
