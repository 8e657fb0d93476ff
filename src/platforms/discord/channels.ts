import { ChannelType, type REST, RESTJSONErrorCodes, Routes } from 'discord.js';
import { z } from 'zod';
import type { View } from '../../bot/views.js';
import type { ChannelCheck, ChannelRef } from '../../domain/notifications/channel.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Channels, Delivered } from '../platform.js';
import { CODES, channelDeliveredOf, isRefusal } from './delivery-errors.js';
import { missingForPosts, permissionsInChannel } from './permissions.js';
import type { Posting } from './posting.js';
import type { AskStanding } from './standing.js';

const Channel = z.object({
  id: z.string(),
  type: z.number(),
  name: z.string().nullish(),
  guild_id: z.string().optional(),
  parent_id: z.string().nullish(),
  permission_overwrites: z.array(z.object({ id: z.string(), allow: z.string(), deny: z.string() })).default([]),
});
type Channel = z.infer<typeof Channel>;

const THREADS: number[] = [ChannelType.AnnouncementThread, ChannelType.PublicThread, ChannelType.PrivateThread];
const MAIN: number[] = [ChannelType.GuildText, ChannelType.GuildAnnouncement];

/** Posts in a server's channels. Who manages one server can name no channel of another. */
export function createChannels(parts: {
  rest: REST;
  posting: Posting;
  standing: AskStanding;
  logger: Logger;
}): Channels {
  const { rest, posting, standing, logger } = parts;

  const read = async (channelId: string): Promise<Channel> => Channel.parse(await rest.get(Routes.channel(channelId)));

  const look = async ({ externalId, channelId }: ChannelRef): Promise<ChannelCheck> => {
    if (!isId(channelId)) return { kind: 'gone' };
    const channel = await read(channelId);
    if (channel.guild_id !== externalId) return { kind: 'gone' };
    const name = channel.name ?? '';
    const isThread = THREADS.includes(channel.type);
    if (!isThread && !MAIN.includes(channel.type)) return { kind: 'unfit', name };
    // A thread has no rules of its own: those of its channel are in force.
    const ruled = isThread && channel.parent_id ? await read(channel.parent_id) : channel;
    const bits = permissionsInChannel(await standing(externalId), ruled.permission_overwrites);
    const missing = missingForPosts(bits, { isThread });
    return missing.length === 0 ? { kind: 'open', name } : { kind: 'forbidden', name, missing };
  };

  const tried = async (work: () => Promise<Delivered>): Promise<Delivered> => {
    try {
      return await work();
    } catch (error) {
      const delivered = channelDeliveredOf(error);
      logger.info({ outcome: delivered.kind, error: errorFacts(error) }, 'a post in a channel did not go out');
      return delivered;
    }
  };

  const postUnder = async (channelId: string, view: View, nonce: string, under: string | undefined) => {
    try {
      return await posting.post(channelId, view, nonce, under);
    } catch (error) {
      // Answering beneath takes the right to read back; without it the same stands by itself.
      if (under === undefined || !isRefusal(error, CODES.noReplyWithoutHistory)) throw error;
      return posting.post(channelId, view, nonce);
    }
  };

  return {
    async check(channel) {
      try {
        return await look(channel);
      } catch (error) {
        logger.info({ error: errorFacts(error) }, 'a channel could not be looked at');
        return checkOfError(error);
      }
    },

    async list({ externalId }) {
      try {
        const channels = z.array(Channel).parse(await rest.get(Routes.guildChannels(externalId)));
        const main = channels.filter(({ type }) => MAIN.includes(type));
        return main.map(({ id, name }) => ({ channelId: id, name: name ?? '' }));
      } catch (error) {
        logger.info({ error: errorFacts(error) }, 'a server’s channels could not be listed');
        return [];
      }
    },

    post: ({ channel: { channelId }, under }, view, nonce) =>
      tried(async () => ({ kind: 'sent', channelId, messageId: await postUnder(channelId, view, nonce, under) })),

    edit: ({ channel: { channelId }, messageId }, view) =>
      tried(async () => {
        await posting.edit(channelId, messageId, view);
        return { kind: 'sent', channelId, messageId };
      }),
  };
}

/** Discord's ids; anything else would be another path in the address. */
function isId(text: string): boolean {
  return /^\d{5,25}$/.test(text);
}

function checkOfError(error: unknown): ChannelCheck {
  const { UnknownChannel, UnknownGuild, MissingAccess } = RESTJSONErrorCodes;
  if (isRefusal(error, MissingAccess)) return { kind: 'forbidden', name: undefined, missing: ['View Channel'] };
  return [UnknownChannel, UnknownGuild].some((code) => isRefusal(error, code)) ? { kind: 'gone' } : { kind: 'unknown' };
}
