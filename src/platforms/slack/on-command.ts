import { show } from '../../bot/reply.js';
import { commandProblemView } from './command-problems.js';
import type { Conversation } from './conversation.js';
import { isForEveryone } from './conversation.js';
import { type Answer, answerIn, ask, type Desk } from './desk.js';
import { hasAttachments } from './files.js';
import { parseCommand } from './parse-command.js';
import type { CommandPayload } from './payloads.js';
import { within } from './within.js';

/** Acknowledges an interaction, perhaps with its answer. Rejects when the connection it came by is gone. */
export type Ack = (answer?: Record<string, unknown>) => Promise<void>;

/**
 * A slash command. What is ready in time goes out in the acknowledgement, which costs no call; what takes longer comes
 * by the response URL.
 */
export async function onCommand(desk: Desk, payload: CommandPayload, ack: Ack): Promise<void> {
  const { bot, words, timings } = desk;
  const parsed = parseCommand(bot.registry, words.prefix, payload.command, payload.text);
  const acting = {
    teamId: payload.team_id,
    accountId: payload.user_id,
    name: payload.user_name,
    channelId: payload.channel_id,
  };
  const asked = ask(desk, acting, async (visitor) =>
    parsed.kind === 'command'
      ? bot.runCommand(visitor, parsed.command.name, parsed.texts)
      : show(commandProblemView(bot.registry, parsed)),
  );
  const ready = await within(asked, timings.acknowledgeMs);
  if (ready && (await answerInAck(desk, payload, ready, ack))) return;
  // When the connection broke the command was carried out all the same, and the answer has another way.
  await ack().catch(() => {});
  const answer = ready ?? (await asked);
  await answerIn(desk, conversationOf(payload, answer), answer, payload.trigger_id);
}

/** Says whether the answer went out: nothing that must be uploaded first, and no form. */
async function answerInAck(desk: Desk, payload: CommandPayload, answer: Answer, ack: Ack): Promise<boolean> {
  const { reply } = answer;
  if ((reply.kind !== 'show' && reply.kind !== 'replace') || hasAttachments(reply.view)) return false;
  const conversation = conversationOf(payload, answer);
  const message = await desk.composer.message(reply.view, conversation.to);
  try {
    await ack({ ...message, response_type: isForEveryone(conversation, reply) ? 'in_channel' : 'ephemeral' });
    return true;
  } catch {
    return false;
  }
}

function conversationOf(payload: CommandPayload, { visitor }: Answer): Conversation {
  return {
    to: { teamId: payload.team_id, accountId: payload.user_id },
    channelId: payload.channel_id,
    responseUrl: payload.response_url,
    messageTs: undefined,
    threadTs: undefined,
    canReplace: false,
    isDirect: visitor?.place.kind === 'direct' && visitor.place.channelId === payload.channel_id,
  };
}
