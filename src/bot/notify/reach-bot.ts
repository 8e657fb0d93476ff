import { z } from 'zod';
import { REACH_TEST, type ReachService } from '../../domain/notifications/reach-service.js';
import { defineAction, onAction, runs } from '../actions.js';
import type { MemberActor } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { countWords } from '../numbers.js';
import type { BotModule } from '../registry.js';
import { show } from '../reply.js';
import { bold, rich } from '../text.js';
import { type Block, button, buttons, message, note, paragraph, type View } from '../views.js';

const sendTest = defineAction('reach.send-test', z.object({}));

/** For members whom messages do not reach: a message to try it with. */
export function reachBot({ reach }: { reach: ReachService }): BotModule {
  return {
    actions: [
      onAction(sendTest, async ({ identity }) => {
        await reach.test(identity);
        return show(testOnItsWayView());
      }),
    ],
    messages: [onDelivery(REACH_TEST, z.object({}), async () => throughView())],
  };
}

/** Tells a member who cannot be reached so, below the answer to what they did; nothing for all others. */
export function createReachNotice({ reach }: { reach: ReachService }) {
  return async ({ identity }: MemberActor): Promise<Block[]> => {
    const notice = await reach.notice(identity);
    return notice ? [{ kind: 'divider' }, ...noticeBlocks(notice)] : [];
  };
}

function noticeBlocks({ missed }: { missed: number }): Block[] {
  const lost = missed === 0 ? 'My direct messages' : `My last ${countWords(missed, 'direct message')}`;
  return [
    paragraph(
      rich`${bold('I can’t write to you.')} ${lost} could not be delivered. ${HOW_TO_MEND} Your commands work as before.`,
    ),
    buttons(button('Try again', sendTest.with({}), 'primary'), button('My notifications', runs('notify show'))),
  ];
}

const HOW_TO_MEND =
  'Allow direct messages from this server or app in your privacy settings, and unblock me if I am blocked.';

function testOnItsWayView(): View {
  return message(
    'I’ve sent you a short direct message. If it is there, all is well again.',
    note(`Nothing after a minute? ${HOW_TO_MEND}`),
    buttons(button('Try again', sendTest.with({}))),
  );
}

function throughView(): View {
  return {
    tone: 'good',
    ...message(
      'This got through: my messages reach you again.',
      buttons(button('My notifications', runs('notify show'))),
      note('You get this because you asked me to try.'),
    ),
  };
}
