import { ChannelType, type Message } from 'discord.js';
import type { Bot } from '../../bot/bot.js';
import type { View } from '../../bot/views.js';
import { errorFacts, type Logger } from '../../shared/logger.js';
import { viewOf } from './answer-plan.js';
import type { DirectMessages } from './direct-messages.js';
import type { Recent } from './recent.js';
import { visitorOfMessage } from './visitor.js';

/** When somebody who wrote sees that an answer is coming, in milliseconds. */
const TYPING_AFTER_MS = 800;
/** How often an answer is tried again after an outage, and how long in between. */
const PAUSES_MS = [1_000, 5_000];

/** Answers what people write to the bot in its own conversation with them; everything else is left unread. */
export function createHearMessage(parts: { bot: Bot; directMessages: DirectMessages; recent: Recent; logger: Logger }) {
  const { bot, directMessages, recent, logger } = parts;

  const answer = async (message: Message): Promise<View> => {
    const visitor = visitorOfMessage(message);
    const reply = await bot.hear(visitor, message.content);
    return viewOf(reply, (form) => bot.formLaterView(visitor, form));
  };

  const post = async (message: Message, view: View): Promise<void> => {
    for (const pauseMs of [...PAUSES_MS, undefined]) {
      try {
        // The nonce keeps a repeated answer from showing twice.
        await directMessages.post(message.channelId, view, `a-${message.id}`);
        return;
      } catch (error) {
        const isOutage = Number(Reflect.get(Object(error), 'status') ?? 500) >= 500;
        logger.info({ error: errorFacts(error) }, 'an answer to a direct message was not sent');
        if (pauseMs === undefined || !isOutage) return;
        await new Promise((resolve) => setTimeout(resolve, pauseMs));
      }
    }
  };

  return async (message: Message): Promise<void> => {
    const isForBot = message.channel.type === ChannelType.DM && !message.author.bot && !message.system;
    if (!isForBot || recent.hasSeen(message.id)) return;
    const typing = setTimeout(() => void directMessages.showTyping(message.channelId), TYPING_AFTER_MS);
    try {
      await post(message, await answer(message));
    } finally {
      clearTimeout(typing);
    }
  };
}
