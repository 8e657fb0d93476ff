import type { Visitor } from '../../bot/actor.js';
import type { Bot } from '../../bot/bot.js';
import { type Reply, show } from '../../bot/reply.js';
import type { Logger } from '../../shared/logger.js';
import type { ActionIds } from './action-ids.js';
import { strangerView } from './adapter-views.js';
import type { CommandWords } from './command-words.js';
import type { Composer } from './compose.js';
import { type Conversation, type Conversations, shown } from './conversation.js';
import type { DirectChannels } from './direct-channels.js';
import type { Homes } from './home.js';
import type { Modals } from './modals.js';
import type { People } from './people.js';
import type { Timings } from './timings.js';
import type { Acting, Visitors } from './visitor.js';

/** What answering people takes; each handler picks what it needs. */
export interface Desk {
  bot: Bot;
  words: CommandWords;
  ids: ActionIds;
  people: People;
  directChannels: DirectChannels;
  visitors: Visitors;
  composer: Composer;
  conversations: Conversations;
  modals: Modals;
  homes: Homes;
  timings: Timings;
  logger: Logger;
}

/** Who asked, and what the bot says. */
export interface Answer {
  /** Nothing for people we do not serve. */
  visitor: Visitor | undefined;
  reply: Reply;
}

/** Finds out who is acting and asks the bot. */
export async function ask(
  { visitors }: Pick<Desk, 'visitors'>,
  acting: Acting,
  work: (visitor: Visitor) => Promise<Reply>,
): Promise<Answer> {
  const visitor = await visitors.find(acting);
  return { visitor, reply: visitor ? await work(visitor) : show(strangerView()) };
}

/**
 * Delivers an answer into a conversation. A form opens in answer to the tap or command behind `triggerId`; where that
 * is too old, or there is none, a message offers a button that opens it.
 */
export async function answerIn(
  { bot, modals, conversations }: Pick<Desk, 'bot' | 'modals' | 'conversations'>,
  conversation: Conversation,
  { visitor, reply }: Answer,
  triggerId: string | undefined,
): Promise<void> {
  if (reply.kind === 'show' || reply.kind === 'replace') return conversations.send(conversation, reply);
  if (reply.kind === 'correct') return conversations.send(conversation, shown(reply.summary));
  const { form } = reply;
  if (triggerId) {
    const modal = await modals.draw({ form }, conversation.to, conversation);
    if (await modals.open(modal, conversation.to, triggerId)) return;
  }
  if (visitor) await conversations.send(conversation, shown(bot.formLaterView(visitor, form)));
}
