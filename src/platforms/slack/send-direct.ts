import type { webApi } from '@slack/bolt';
import type { View } from '../../bot/views.js';
import type { Account } from '../../domain/members/account.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Delivered, Platform } from '../platform.js';
import type { PostCarefully } from './careful-posts.js';
import type { Composer } from './compose.js';
import { deliveredFrom, isLostChannel } from './delivery-errors.js';
import type { DirectChannels } from './direct-channels.js';

export type SendDirect = (
  to: { account: Account; directChannelId: string | undefined },
  view: View,
  nonce: string,
  triedMsAgo?: number,
) => Promise<Delivered>;

/** Writes to one person, opening the conversation if need be. */
export function createSendDirect(parts: {
  servesTeam: (teamId: string) => boolean;
  postCarefully: PostCarefully;
  directChannels: DirectChannels;
  composer: Composer;
  logger: Logger;
}): SendDirect {
  const { servesTeam, postCarefully, directChannels, composer, logger } = parts;

  return async ({ account, directChannelId }, view, nonce, triedMsAgo) => {
    const { teamId, accountId } = account;
    if (!servesTeam(teamId)) return { kind: 'unreachable' };
    const sendTo = async (channelId: string): Promise<Delivered> => {
      const message = await composer.message(view, account);
      const messageId = await postCarefully({ teamId, channelId }, message, nonce, triedMsAgo);
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

/** Changes a message to one person in its place. */
export function createEditDirect(parts: {
  clientFor: (teamId: string) => webApi.WebClient;
  servesTeam: (teamId: string) => boolean;
  composer: Composer;
  logger: Logger;
}): Platform['editDirect'] {
  const { clientFor, servesTeam, composer, logger } = parts;

  return async ({ account, channelId, messageId }, view) => {
    if (!servesTeam(account.teamId)) return { kind: 'unreachable' };
    try {
      const message = await composer.message(view, account);
      await clientFor(account.teamId).chat.update({ channel: channelId, ts: messageId, ...message });
      return { kind: 'sent', channelId, messageId };
    } catch (error) {
      const delivered: Delivered = servesTeam(account.teamId) ? deliveredFrom(error) : { kind: 'unreachable' };
      logger.warn({ outcome: delivered.kind, error: errorFacts(error) }, 'slack: a direct message was not changed');
      return delivered;
    }
  };
}
