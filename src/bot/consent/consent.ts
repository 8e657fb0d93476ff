import { z } from 'zod';
import { WELCOME } from '../../domain/members/members-service.js';
import { type ActionRef, defineAction, onAction, runs } from '../actions.js';
import type { MemberActor } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import type { BotModule } from '../registry.js';
import { type Reply, replace } from '../reply.js';
import { bold, commandName, rich } from '../text.js';
import { button, buttons, message, note, paragraph, type View } from '../views.js';

/** "Agree": from here on something is kept about the person; `next` is what they were doing. */
export const agreeAction = defineAction(
  'consent.agree',
  z.object({ next: z.object({ action: z.string().max(60), payload: z.unknown() }).optional() }),
  'anyone',
);

const notNowAction = defineAction('consent.not-now', z.object({}), 'anyone');

/** The one card before anything is stored: what is kept, who sees it, how to leave; in five lines. */
export function consentView(next: ActionRef | undefined): View {
  return {
    title: 'Before we start',
    blocks: [
      paragraph(
        rich`${bold('What I keep:')} your name and account here, what you tell me, and which lu.ma registrations are yours, by your link or address. Addresses are kept as fingerprints only.`,
      ),
      paragraph(
        rich`${bold('Who sees it:')} admins of orgs you join see your name and profile. Your location stays off until you turn it on.`,
      ),
      paragraph(
        rich`${bold('What I never do:')} read channels, sell data, or write to you about things you did not choose.`,
      ),
      paragraph(
        rich`${bold('What I send:')} a short hello now, then a weekly digest of your orgs’ events. Write “stop” to end it.`,
      ),
      paragraph(rich`${bold('How to leave:')} ${commandName('profile delete')} erases it all, at any time.`),
      buttons(
        button('Agree', agreeAction.with(next ? { next } : {}), 'primary'),
        button('Not now', notNowAction.with({})),
      ),
    ],
  };
}

/** What a person sees after Agree: what they were doing, done, with a word of thanks. */
export function agreedReply(actor: MemberActor, result: Reply | undefined): Reply {
  const thanks = note(rich`Thanks, ${actor.member.profile.name}: you’re all set. I’ve said hello in a direct message.`);
  if (!result) return replace(startedView(actor));
  if (result.kind === 'show' || result.kind === 'replace') {
    return replace({ ...result.view, blocks: [...result.view.blocks, thanks] });
  }
  return result;
}

function startedView(actor: MemberActor): View {
  return {
    title: rich`Welcome, ${actor.member.profile.name}`,
    tone: 'good',
    blocks: [paragraph('You’re all set. Most people start by finding their local org.'), nextButtons()],
  };
}

/** The short hello that opens the conversation; product.md section 2, "First contact". */
function welcomeView(actor: MemberActor): View {
  return {
    title: rich`Hello, ${actor.member.profile.name}`,
    tone: 'good',
    blocks: [
      paragraph('I’m Rollcall. I help you find your local org, see its events, and hear about what you chose, here.'),
      paragraph(
        rich`Good first steps: find an org, then tell people a little about yourself. ${commandName('help')} lists everything.`,
      ),
      nextButtons(),
      note('You get this once, because you agreed. Write “stop” here and I’ll send nothing more unasked.'),
    ],
  };
}

function nextButtons() {
  return buttons(
    button('Browse orgs', runs('orgs browse'), 'primary'),
    button('Edit profile', runs('profile edit')),
    button('Help', runs('help')),
  );
}

/** The consent card's "Not now", and the welcome after "Agree". "Agree" is the bot's own, as it goes on with what was interrupted. */
export function consentBot(): BotModule {
  const notNow = onAction(notNowAction, async () =>
    replace(
      message(
        'No problem, nothing is stored. You can look around all the same, and agree whenever you like.',
        buttons(button('Browse orgs', runs('orgs browse')), button('Help', runs('help'))),
      ),
    ),
  );
  const welcome = onDelivery(WELCOME, z.object({}), async (recipient) =>
    recipient.member.stoppedAt ? undefined : welcomeView(recipient),
  );
  return { actions: [notNow], messages: [welcome] };
}
