import { setTimeout as sleep } from 'node:timers/promises';
import type { webApi } from '@slack/bolt';
import type { Reply } from '../../bot/reply.js';
import type { View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import type { Composer, SlackMessage } from './compose.js';
import { postToResponseUrl, type Responded } from './response-url.js';
import { callFailure, withRetries } from './slack-errors.js';

/** Where an answer goes: to whom, in which conversation, and by which way. */
export interface Conversation {
  to: { teamId: string; accountId: string };
  channelId: string;
  /** Slack's way to answer without being in the channel; not there after a plain message. */
  responseUrl: string | undefined;
  /** The message that was tapped, where it can be edited. */
  messageTs: string | undefined;
  threadTs: string | undefined;
  /** Whether the message that was tapped is this person's alone, so that it may turn into another. */
  canReplace: boolean;
  /** Whether this is the person's own conversation with the bot, in which answers stay. */
  isDirect: boolean;
}

/** A reply that shows a view, one way or the other. */
export type Shown = Extract<Reply, { kind: 'show' | 'replace' }>;

/** A view as an answer of its own. */
export function shown(view: View): Shown {
  return { kind: 'show', view };
}

export interface Conversations {
  /** Delivers an answer by the best way that works, at last by a direct message; never throws. */
  send(conversation: Conversation, shown: Shown): Promise<void>;
}

/** A freshly uploaded picture is refused for a moment, until Slack has looked at it. */
const PICTURE_PAUSE_MS = 1500;

export function createConversations(parts: {
  composer: Composer;
  clientFor: (teamId: string) => webApi.WebClient;
  callMs: number;
  logger: Logger;
}): Conversations {
  const { composer, clientFor, callMs, logger } = parts;

  const respond = async (conversation: Conversation, shown: Shown, message: SlackMessage): Promise<Responded> => {
    if (!conversation.responseUrl) return 'gone';
    const manner = { replaces: replaces(conversation, shown), isForEveryone: isForEveryone(conversation, shown) };
    return postToResponseUrl(conversation.responseUrl, message, manner, callMs);
  };

  const post = async (conversation: Conversation, shown: Shown, message: SlackMessage): Promise<void> => {
    const { to, isDirect, channelId, messageTs, threadTs } = conversation;
    const client = clientFor(to.teamId);
    if (replaces(conversation, shown) && isDirect && messageTs) {
      await withRetries(() => client.chat.update({ channel: channelId, ts: messageTs, ...message }));
      return;
    }
    const thread = isDirect && threadTs ? { thread_ts: threadTs } : {};
    const channel = isDirect ? channelId : to.accountId;
    await withRetries(() => client.chat.postMessage({ channel, ...message, ...thread }));
  };

  const deliver = async (conversation: Conversation, shown: Shown, message: SlackMessage): Promise<boolean> => {
    const responded = await respond(conversation, shown, message);
    if (responded === 'sent') return true;
    try {
      if (responded !== 'refused') await post(conversation, shown, message);
      return responded !== 'refused';
    } catch (error) {
      if (isRefusal(error, 'invalid_blocks')) return false;
      throw error;
    }
  };

  /** Pictures Slack would not show are tried once more a moment later, then sent beside the answer. */
  const send = async (conversation: Conversation, shown: Shown): Promise<void> => {
    const message = await composer.message(shown.view, conversation.to);
    if (await deliver(conversation, shown, message)) return;
    if (hasPicture(shown.view)) {
      await sleep(PICTURE_PAUSE_MS);
      if (await deliver(conversation, shown, message)) return;
      const plain = await composer.withoutPictures(shown.view, conversation.to);
      if (await deliver(conversation, shown, plain)) return;
    }
    logger.error('slack: a message was refused; its words go out without blocks');
    await deliver(conversation, shown, { ...message, blocks: [] });
  };

  return {
    async send(conversation, shown) {
      try {
        await send(conversation, shown);
      } catch (error) {
        logger.error({ error: errorFacts(error) }, 'slack: an answer could not be delivered');
      }
    },
  };
}

function replaces({ canReplace }: Conversation, { kind }: Shown): boolean {
  return kind === 'replace' && canReplace;
}

/** Everybody in the person's own conversation with the bot is that person. */
export function isForEveryone({ isDirect }: Conversation, shown: Shown): boolean {
  return isDirect || (shown.kind === 'show' && shown.audience === 'everyone');
}

function hasPicture(view: View): boolean {
  return view.blocks.some(({ kind }) => kind === 'image');
}

function isRefusal(error: unknown, code: string): boolean {
  const failure = callFailure(error);
  return failure.kind === 'refused' && failure.code === code;
}
