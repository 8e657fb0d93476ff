import type { Interaction } from 'discord.js';
import type { Visitor } from '../../bot/actor.js';
import type { Bot } from '../../bot/bot.js';
import type { Reply } from '../../bot/reply.js';
import type { KeptTexts } from '../../shared/kept-texts.js';
import type { AnswerInteraction } from './answer.js';
import type { Callbacks } from './callbacks.js';
import type { ClockSkew } from './clock-skew.js';
import { readCustomId } from './custom-ids.js';
import { type Asked, incomingOf, parseAsked } from './parse-interaction.js';
import type { Recent } from './recent.js';
import { answerSuggestions } from './suggest.js';
import { visitorOf } from './visitor.js';

/** Takes an interaction from discord.js to the bot and its answer back; one that comes twice acts once. */
export function createOnInteraction(parts: {
  bot: Bot;
  keptTexts: KeptTexts;
  callbacks: Callbacks;
  answer: AnswerInteraction;
  recent: Recent;
  skew: ClockSkew;
}) {
  const { bot, keptTexts, callbacks, answer, recent, skew } = parts;

  const work = async (visitor: Visitor, asked: Exclude<Asked, { kind: 'suggest' }>): Promise<Reply> => {
    switch (asked.kind) {
      case 'command':
        return bot.runCommand(visitor, asked.name, asked.texts);
      case 'press':
        return bot.press(visitor, await readCustomId(asked.customId, keptTexts), asked.values);
      case 'submit':
        return bot.submit(visitor, await readCustomId(asked.customId, keptTexts), asked.raw);
    }
  };

  return async (interaction: Interaction): Promise<void> => {
    if (recent.hasSeen(interaction.id)) return;
    const asked = parseAsked(interaction);
    if (!asked) return;
    const visitor = visitorOf(interaction);
    const incoming = incomingOf(interaction);
    if (asked.kind === 'suggest') {
      await answerSuggestions(callbacks, incoming, bot.suggest(visitor, asked));
      return;
    }
    await answer({
      incoming,
      ageMs: skew.ageMs(incoming.sentAtMs),
      work: () => work(visitor, asked),
      formLater: (form) => bot.formLaterView(visitor, form),
    });
  };
}
