import { type REST, Routes } from 'discord.js';
import type { View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Delivered, Platform } from '../platform.js';
import { CODES, deliveredOf, isStaleChannel } from './delivery-errors.js';
import { idOf, type Posting } from './posting.js';

/** Writes into conversations with one person. */
export function createDirectMessages({ rest, posting, logger }: { rest: REST; posting: Posting; logger: Logger }) {
  const { post } = posting;

  const open = async (accountId: string): Promise<string> => {
    const channelId = idOf(await rest.post(Routes.userChannels(), { body: { recipient_id: accountId } }));
    if (channelId === undefined) throw new Error('Discord opened a conversation without an id.');
    return channelId;
  };

  const send = async (accountId: string, known: string | undefined, view: View, nonce: string): Promise<Delivered> => {
    const channelId = known ?? (await open(accountId));
    try {
      return { kind: 'sent', channelId, messageId: await post(channelId, view, nonce) };
    } catch (error) {
      if (known === undefined || !isStaleChannel(error)) throw error;
      const fresh = await open(accountId);
      return { kind: 'sent', channelId: fresh, messageId: await post(fresh, view, nonce) };
    }
  };

  /** The platform's `sendDirect`. */
  const sendDirect: Platform['sendDirect'] = async ({ account, directChannelId }, view, nonce) => {
    try {
      return await send(account.accountId, directChannelId, view, nonce);
    } catch (error) {
      const delivered = deliveredOf(error);
      const isFlagged = Reflect.get(Object(error), 'code') === CODES.flaggedAsSpam;
      const facts = { outcome: delivered.kind, error: errorFacts(error) };
      if (isFlagged) logger.error(facts, 'Discord has flagged the bot as a spammer: appeal in the developer portal');
      else logger.info(facts, 'a direct message was not sent');
      return delivered;
    }
  };

  /** The platform's `editDirect`. */
  const editDirect: Platform['editDirect'] = async ({ channelId, messageId }, view) => {
    try {
      await posting.edit(channelId, messageId, view);
      return { kind: 'sent', channelId, messageId };
    } catch (error) {
      const delivered = deliveredOf(error);
      logger.info({ outcome: delivered.kind, error: errorFacts(error) }, 'a direct message was not changed');
      return delivered;
    }
  };

  return {
    post,
    sendDirect,
    editDirect,
    /** Shows the person that an answer is coming. It matters to nobody when it fails. */
    async showTyping(channelId: string): Promise<void> {
      await rest.post(Routes.channelTyping(channelId)).catch(() => undefined);
    },
  };
}

export type DirectMessages = ReturnType<typeof createDirectMessages>;
