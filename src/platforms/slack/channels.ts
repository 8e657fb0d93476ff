import type { webApi } from '@slack/bolt';
import type { ChannelCheck, ChannelRef, NamedChannel } from '../../domain/notifications/channel.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Channels, Delivered } from '../platform.js';
import type { PostCarefully } from './careful-posts.js';
import type { Composer } from './compose.js';
import { channelDeliveredFrom } from './delivery-errors.js';
import { BOT_NAME } from './manifest.js';
import { callFailure } from './slack-errors.js';

/** What somebody types in a channel to let the bot in. */
const INVITE = `/invite @${BOT_NAME}`;

/** Of a channel list, 200 a page. */
const MOST_PAGES = 5;

/** Posts in a workspace's channels: those that somebody has invited the bot to, and no others. */
export function createChannels(parts: {
  clientFor: (teamId: string) => webApi.WebClient;
  servesTeam: (teamId: string) => boolean;
  postCarefully: PostCarefully;
  composer: Composer;
  logger: Logger;
}): Channels {
  const { clientFor, servesTeam, postCarefully, composer, logger } = parts;

  const look = async ({ externalId, channelId }: ChannelRef): Promise<ChannelCheck> => {
    const { channel = {}, response_metadata } = await clientFor(externalId).conversations.info({ channel: channelId });
    const name = channel.name ?? '';
    if (channel.is_im || channel.is_mpim || channel.is_archived) return { kind: 'unfit', name };
    if (!channel.is_member) return { kind: 'forbidden', name, missing: [], invite: INVITE };
    // After a cut connection it is looked whether a post is there, so the right to look is needed from the start.
    const needed = channel.is_private ? 'groups:history' : 'channels:history';
    const isGranted = response_metadata?.scopes?.includes(needed) ?? true;
    return isGranted ? { kind: 'open', name } : { kind: 'forbidden', name, missing: [needed] };
  };

  const listAll = async (teamId: string): Promise<NamedChannel[]> => {
    const found: NamedChannel[] = [];
    let cursor: string | undefined;
    for (let page = 0; page < MOST_PAGES; page += 1) {
      const { channels = [], response_metadata } = await clientFor(teamId).users.conversations({
        types: 'public_channel,private_channel',
        exclude_archived: true,
        limit: 200,
        ...(cursor ? { cursor } : {}),
      });
      for (const { id, name } of channels) if (id && name) found.push({ channelId: id, name });
      cursor = response_metadata?.next_cursor;
      if (!cursor) break;
    }
    return found;
  };

  const tried = async ({ externalId }: ChannelRef, work: () => Promise<Delivered>): Promise<Delivered> => {
    if (!servesTeam(externalId)) return { kind: 'unreachable' };
    try {
      return await work();
    } catch (error) {
      // A refusal may have told that the installation is gone.
      const delivered: Delivered = servesTeam(externalId) ? channelDeliveredFrom(error) : { kind: 'unreachable' };
      logger.warn({ outcome: delivered.kind, error: errorFacts(error) }, 'slack: a post did not go out');
      return delivered;
    }
  };

  return {
    async check(channel) {
      if (!servesTeam(channel.externalId)) return { kind: 'gone' };
      try {
        return await look(channel);
      } catch (error) {
        logger.info({ error: errorFacts(error) }, 'slack: a channel could not be looked at');
        return checkOfError(error);
      }
    },

    async list({ externalId }) {
      if (!servesTeam(externalId)) return [];
      try {
        return await listAll(externalId);
      } catch (error) {
        logger.info({ error: errorFacts(error) }, 'slack: channels could not be listed');
        return [];
      }
    },

    post: ({ channel, under }, view, nonce, triedMsAgo) =>
      tried(channel, async () => {
        const { externalId: teamId, channelId } = channel;
        const message = await composer.message(view, { teamId });
        const messageId = await postCarefully({ teamId, channelId, under }, message, nonce, triedMsAgo);
        return { kind: 'sent', channelId, messageId };
      }),

    edit: ({ channel, messageId }, view) =>
      tried(channel, async () => {
        const { externalId: teamId, channelId } = channel;
        const message = await composer.message(view, { teamId });
        await clientFor(teamId).chat.update({ channel: channelId, ts: messageId, ...message });
        return { kind: 'sent', channelId, messageId };
      }),
  };
}

/** A private channel that the bot is not in looks to it like one that is not there. */
function checkOfError(error: unknown): ChannelCheck {
  const failure = callFailure(error);
  if (failure.kind !== 'refused') return { kind: 'unknown' };
  if (failure.code === 'missing_scope') {
    return { kind: 'forbidden', name: undefined, missing: ['channels:read', 'groups:read'] };
  }
  return ['channel_not_found', 'team_access_not_granted'].includes(failure.code)
    ? { kind: 'gone', invite: INVITE }
    : { kind: 'unknown' };
}
