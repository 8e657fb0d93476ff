import { LRUCache } from 'lru-cache';
import type { View } from '../../bot/views.js';
import type { ChannelRef } from '../../domain/notifications/channel.js';
import type { Channels, Delivered } from '../platform.js';
import type { Chat, ChatMessage, Spot } from './chat.js';
import type { KeptFiles } from './kept-files.js';
import { CHANNELS } from './places.js';
import { wireView } from './wire-view.js';

const MOST_NONCES = 20_000;

/**
 * Posts in the channels of the playground's servers, which take all there is; every server has them, also those that
 * nobody can act in. What was posted is gone with the process: changing it later is refused, as with a message that
 * somebody deleted.
 */
export function createChannels(parts: { chat: Chat; files: KeptFiles; isOpen: () => boolean }): Channels {
  const { chat, files, isOpen } = parts;
  const sent = new LRUCache<string, number>({ max: MOST_NONCES });

  const nameOf = ({ channelId }: ChannelRef): string | undefined => CHANNELS.find(({ id }) => id === channelId)?.name;

  const write = (channel: ChannelRef, under: string | undefined, view: View): ChatMessage =>
    chat.post({
      spot: spotOf(channel),
      author: { kind: 'bot' },
      onlyFor: undefined,
      command: undefined,
      ...(under === undefined ? {} : { answers: Number(under) }),
      body: { kind: 'view', view: wireView(view, files) },
    });

  const into = (channel: ChannelRef, work: () => Delivered): Delivered => {
    if (!isOpen()) return { kind: 'retry-later' };
    return nameOf(channel) === undefined ? { kind: 'unreachable' } : work();
  };

  return {
    async check(channel) {
      const name = nameOf(channel);
      return name === undefined ? { kind: 'gone' } : { kind: 'open', name };
    },

    list: async () => CHANNELS.map(({ id, name }) => ({ channelId: id, name })),

    post: async ({ channel, under }, view, nonce) =>
      into(channel, () => {
        const key = JSON.stringify([channel.externalId, channel.channelId, nonce]);
        const id = sent.get(key) ?? write(channel, under, view).id;
        sent.set(key, id);
        return { kind: 'sent', channelId: channel.channelId, messageId: String(id) };
      }),

    edit: async ({ channel, messageId }, view) =>
      into(channel, () => {
        const message = chat.find(spotOf(channel), Number(messageId));
        if (!message) return { kind: 'rejected', reason: 'no such message' };
        chat.change(message, { kind: 'view', view: wireView(view, files) });
        return { kind: 'sent', channelId: channel.channelId, messageId };
      }),
  };
}

function spotOf({ externalId, channelId }: ChannelRef): Spot {
  return { kind: 'channel', server: externalId, channel: channelId };
}
