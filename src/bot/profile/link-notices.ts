import type { MemberLink } from '../../domain/members/link.js';
import type { Party } from '../../domain/members/links-service.js';
import type { Identity } from '../../domain/members/member.js';
import { bold, rich } from '../text.js';
import { button, buttons, message, note, paragraph, type View } from '../views.js';
import { placeOfAccount } from './account-words.js';
import { nextButtons, withdrawCode } from './link-views.js';

/** For the side that asked for the code: somebody typed it, and is asked to confirm. */
export function typedNotice(party: Party): View {
  return {
    title: 'Your code was typed',
    tone: 'careful',
    ...message(
      rich`${bold(party.member.profile.name)} on ${placeOfAccount(party.identity.account)} typed your code and is asked to confirm. If that is you, go on there. If not, withdraw the code now.`,
      buttons(button('Withdraw it', withdrawCode.with({}), 'danger')),
    ),
  };
}

/** For the side that asked for the code: it is done. */
export function linkedNotice({ confirmed }: MemberLink, other: Identity | undefined): View {
  const where = other ? ` on ${placeOfAccount(other.account)}` : '';
  return {
    title: 'You’re one member now',
    tone: 'good',
    blocks: [
      paragraph(
        rich`The account of ${bold(confirmed.name)}${where} typed your code and confirmed: it and this one are linked.`,
      ),
      nextButtons(),
      note('If that was not you, tell whoever runs Rollcall here at once: they can undo it.'),
    ],
  };
}

/** For both sides after an operator took a link back. */
export function unlinkedNotice(): View {
  return {
    title: 'Your accounts are two members again',
    ...message(
      'An operator undid the link of this account with another one. Your orgs and profile are as they were before it; please check them.',
      nextButtons(),
    ),
  };
}
