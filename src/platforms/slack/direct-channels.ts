import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import { within } from './within.js';

/** Which conversation is the one between a person and the bot. */
export interface DirectChannels {
  /** Notes what an event told for sure. */
  learn(teamId: string, accountId: string, channelId: string): void;
  known(teamId: string, accountId: string): string | undefined;
  /** Asks Slack, for a short time only; nothing when it does not say. */
  find(teamId: string, accountId: string): Promise<string | undefined>;
  /** Opens it. @throws as the Web API does. */
  open(teamId: string, accountId: string): Promise<string>;
  /** The person is to be forgotten, or Slack no longer knows that conversation, as after the app was installed anew. */
  forget(teamId: string, accountId: string): void;
  /** Installations changed, and with them perhaps every conversation. */
  forgetAll(): void;
}

const MOST_KNOWN = 20_000;

/**
 * A slash command in any direct message comes from a `D…` channel, with the bot or between two people, so a channel's
 * name does not tell. They never change, so they are asked for once.
 */
export function createDirectChannels({
  clientFor,
  lookupMs,
}: {
  clientFor: (teamId: string) => webApi.WebClient;
  lookupMs: number;
}): DirectChannels {
  const channels = new LRUCache<string, string>({ max: MOST_KNOWN });
  const keyOf = (teamId: string, accountId: string) => `${teamId}/${accountId}`;
  const open = async (teamId: string, accountId: string) => {
    const known = channels.get(keyOf(teamId, accountId));
    if (known) return known;
    const { channel } = await clientFor(teamId).conversations.open({ users: accountId });
    const id = channel?.id ?? '';
    channels.set(keyOf(teamId, accountId), id);
    return id;
  };
  return {
    learn: (teamId, accountId, channelId) => void channels.set(keyOf(teamId, accountId), channelId),
    known: (teamId, accountId) => channels.get(keyOf(teamId, accountId)),
    find: (teamId, accountId) => within(open(teamId, accountId), lookupMs).catch(() => undefined),
    open,
    forget: (teamId, accountId) => void channels.delete(keyOf(teamId, accountId)),
    forgetAll: () => channels.clear(),
  };
}
