import type { webApi } from '@slack/bolt';
import { LRUCache } from 'lru-cache';
import type { View } from '../../bot/views.js';
import type { Account } from '../../domain/members/account.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Delivered } from '../platform.js';
import type { Composer } from './compose.js';
import { deliveredFrom, isLostChannel } from './delivery-errors.js';
import type { DirectChannels } from './direct-channels.js';
import { callFailure } from './slack-errors.js';

/** Marks our messages, so that one of unknown fate can be found again. */
const METADATA_EVENT = 'rollcall_delivery';

/** How far back a message of unknown fate is looked for: its own sending, give or take the clocks. */
const LOOK_BACK_S = 300;
const MOST_LOOKED_AT = 50;

export type SendDirect = (
  to: { account: Account; directChannelId: string | undefined },
  view: View,
  nonce: string,
  triedMsAgo?: number,
) => Promise<Delivered>;

/**
 * Writes to one person. Slack has no key against copies, so a post is never repeated blindly: after an outage or a cut
 * connection the conversation is searched for the nonce first, at once and again before the next attempt.
 */
export function createSendDirect(parts: {
  clientFor: (teamId: string) => webApi.WebClient;
  servesTeam: (teamId: string) => boolean;
  directChannels: DirectChannels;
  composer: Composer;
  logger: Logger;
}): SendDirect {
  const { clientFor, servesTeam, directChannels, composer, logger } = parts;
  /** Messages that may be there already, with when they were sent, in seconds since 1970. */
  const unsure = new LRUCache<string, number>({ max: 5000, ttl: 24 * 60 * 60 * 1000 });

  const find = async (teamId: string, channel: string, nonce: string, sentAtS: number): Promise<string | undefined> => {
    const { messages } = await clientFor(teamId).conversations.history({
      channel,
      oldest: String(sentAtS - LOOK_BACK_S),
      limit: MOST_LOOKED_AT,
      include_all_metadata: true,
    });
    return messages?.find(({ metadata }) => carries(metadata, nonce))?.ts;
  };

  const post = async (teamId: string, channel: string, view: View, account: Account, nonce: string) => {
    const message = await composer.message(view, account);
    const metadata = { event_type: METADATA_EVENT, event_payload: { nonce } };
    const sentAtS = Math.floor(Date.now() / 1000);
    try {
      const { ts } = await clientFor(teamId).chat.postMessage({ channel, ...message, metadata });
      return ts;
    } catch (error) {
      if (callFailure(error).kind !== 'unknown') throw error;
      unsure.set(nonce, sentAtS);
      const ts = await find(teamId, channel, nonce, sentAtS);
      if (ts === undefined) throw error;
      unsure.delete(nonce);
      return ts;
    }
  };

  return async ({ account, directChannelId }, view, nonce, triedMsAgo) => {
    const { teamId, accountId } = account;
    if (!servesTeam(teamId)) return { kind: 'unreachable' };
    const sendTo = async (channelId: string): Promise<Delivered> => {
      const triedAtS = triedMsAgo === undefined ? undefined : Math.floor((Date.now() - triedMsAgo) / 1000);
      const unsureSince = unsure.get(nonce) ?? triedAtS;
      const already = unsureSince === undefined ? undefined : await find(teamId, channelId, nonce, unsureSince);
      const messageId = already ?? (await post(teamId, channelId, view, account, nonce));
      unsure.delete(nonce);
      return { kind: 'sent', channelId, messageId };
    };
    try {
      const known = directChannelId ?? directChannels.known(teamId, accountId);
      try {
        return await sendTo(known ?? (await directChannels.open(teamId, accountId)));
      } catch (error) {
        if (!known || !isLostChannel(error)) throw error;
        directChannels.forget(teamId, accountId);
        return await sendTo(await directChannels.open(teamId, accountId));
      }
    } catch (error) {
      // A refusal may have told that the installation is gone.
      const delivered: Delivered = servesTeam(teamId) ? deliveredFrom(error) : { kind: 'unreachable' };
      logger.warn({ outcome: delivered.kind, error: errorFacts(error) }, 'slack: a direct message was not delivered');
      return delivered;
    }
  };
}

function carries(metadata: unknown, nonce: string): boolean {
  const { event_type, event_payload } = (metadata ?? {}) as {
    event_type?: unknown;
    event_payload?: { nonce?: unknown };
  };
  return event_type === METADATA_EVENT && event_payload?.nonce === nonce;
}
