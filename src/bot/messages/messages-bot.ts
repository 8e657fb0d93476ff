import type { MembersService } from '../../domain/members/members-service.js';
import { onAction, runs } from '../actions.js';
import type { Actor } from '../actor.js';
import { nearestView } from '../help/help-bot.js';
import type { BotModule, Registry } from '../registry.js';
import { type Reply, replace, show } from '../reply.js';
import { button, buttons, message, type View } from '../views.js';
import { resumeAction } from './resume-action.js';

/** What may stand around the word: spaces, and the punctuation people put behind it. */
const STOP = /^\s*["“”']?(stop|unsubscribe)["“”']?[\s.!]*$/iu;

/** The word `stop`, and all other text that people write to the bot. */
export function messagesBot({ members }: { members: MembersService }): BotModule {
  const resume = onAction(resumeAction, async (actor) => {
    await members.resumeMessages(actor.memberId);
    return replace(resumedView());
  });
  return { actions: [resume] };
}

/** Answers a message in the conversation with the bot. `stop` always works, for members and for strangers. */
export function createHear({ members, registry }: { members: MembersService; registry: Registry }) {
  return async (actor: Actor, text: string): Promise<Reply> => {
    if (STOP.test(text)) return show(stoppedView(await members.stopMessages(actor.account)));
    return nearestView(registry, text);
  };
}

function stoppedView(outcome: 'stopped' | 'never-agreed'): View {
  if (outcome === 'never-agreed') {
    return message(
      'Nothing is being sent to you, and nothing is stored about you. If that ever changes, “stop” works at any time.',
    );
  }
  return message(
    'Done: I’ll send you nothing unasked any more. Your commands still work, and get answers. To turn messages on again, use this button.',
    buttons(button('Turn messages on again', resumeAction.with({})), button('My notifications', runs('notify show'))),
  );
}

function resumedView(): View {
  return {
    tone: 'good',
    ...message(
      'Messages are on again, as you had chosen them. Write “stop” to end them at any time.',
      buttons(button('My notifications', runs('notify show'))),
    ),
  };
}
