import type { ChoicesService } from '../../domain/notifications/choices-service.js';
import { runs } from '../actions.js';
import type { MemberActor } from '../actor.js';
import { type Block, button, buttons, paragraph } from '../views.js';
import { askZone } from './notify-actions.js';
import { zoneWords } from './notify-words.js';

/** Asks a member whose zone nobody has told for it, once, with their city's as the first choice. */
export async function zoneQuestion(choices: ChoicesService, actor: MemberActor): Promise<Block[]> {
  if (actor.member.zone !== undefined) return [];
  const asked = await choices.askForZone(actor.memberId);
  if (!asked) return [];
  const { offered } = asked;
  return [
    paragraph(
      'One question: which time zone are you in? Digests, reminders and quiet hours go by it, and until I know I reckon in UTC.',
    ),
    buttons(
      ...(offered ? [button(`Use ${zoneWords(offered)}`, runs('notify timezone', { zone: offered }), 'primary')] : []),
      button('Choose time zone', askZone.with({}), offered ? undefined : 'primary'),
    ),
  ];
}
