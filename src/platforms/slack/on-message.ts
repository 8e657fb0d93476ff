import type { z } from 'zod';
import { answerIn, ask, type Desk } from './desk.js';
import type { DirectMessage } from './payloads.js';
import { decodeSlackText } from './tokenize.js';

/** A message in somebody's conversation with the bot. There is no tap behind it, so a form comes as a button. */
export async function onMessage(desk: Desk, teamId: string, message: z.output<typeof DirectMessage>): Promise<void> {
  const { user: accountId, channel: channelId } = message;
  desk.directChannels.learn(teamId, accountId, channelId);
  const acting = { teamId, accountId, name: undefined, channelId };
  const answer = await ask(desk, acting, (visitor) => desk.bot.hear(visitor, decodeSlackText(message.text)));
  const conversation = {
    to: { teamId, accountId },
    channelId,
    responseUrl: undefined,
    messageTs: undefined,
    threadTs: message.thread_ts,
    canReplace: false,
    isDirect: true,
  };
  await answerIn(desk, conversation, answer, undefined);
}
