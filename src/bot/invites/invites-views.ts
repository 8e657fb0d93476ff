import { type Invite, shownCode } from '../../domain/orgs/invite.js';
import type { InviteCard } from '../../domain/orgs/invites-service.js';
import type { Org, Page } from '../../domain/orgs/org.js';
import { runs } from '../actions.js';
import { countWords, numberWords } from '../numbers.js';
import { bold, code, commandName, joined, link, type RichText, rich, time } from '../text.js';
import {
  type Button,
  button,
  buttons,
  fields,
  type ListItem,
  list,
  note,
  pager,
  paragraph,
  type View,
} from '../views.js';
import { askToRevoke, confirmRevoke, invitesPage } from './invites-actions.js';

/** The invite that was just made: its code, its link, and what to do with them. */
export function inviteMadeView({ invite, org, link: page }: InviteCard): View {
  const shown = shownCode(invite.code);
  return {
    title: rich`An invite to ${org.name}`,
    tone: 'good',
    blocks: [
      fields(
        { label: 'Code', value: [code(shown)] },
        ...(page === undefined ? [] : [{ label: 'Link', value: [link(page, page)] }]),
        { label: 'Lets in', value: usesWords(invite) },
        { label: 'Until', value: invite.expiresAt ? [time(invite.expiresAt, 'moment')] : 'you revoke it' },
      ),
      paragraph(
        page === undefined
          ? rich`Send people the code. Whoever types ${commandName('orgs join')} with it is in at once, without a request.`
          : rich`Send people the link: it shows the org and how to join. The code alone works too, in ${commandName('orgs join')}. Whoever has it is in at once, without a request.`,
      ),
      buttons(
        button('All invites', runs('manage invite list', { org: org.slug })),
        button('Revoke', askToRevoke.with({ invite: invite.id })),
      ),
      ...(page === undefined
        ? [note('Links come with a public address: whoever runs this bot sets PUBLIC_URL to get them.')]
        : []),
    ],
  };
}

function usesWords({ mostUses }: Invite): string {
  return mostUses === undefined ? 'as many people as have it' : countWords(mostUses, 'person', 'people');
}

/** Makes an invite by one tap, so it is one that ends by itself; the command takes other terms. */
export const inviteButton = ({ slug }: Org, style?: 'primary'): Button =>
  button('Invite for 7 days', runs('manage invite create', { org: slug, expires: '7d' }), style);

/** One page of an org's invites. */
export function invitesView({ org, page }: { org: Org; page: Page<InviteCard> }): View {
  const title = rich`Invites to ${org.name}`;
  if (page.total === 0) {
    return {
      title,
      blocks: [
        paragraph('No invites yet. An invite is a code, or a link, that lets people in at once, without a request.'),
        buttons(inviteButton(org, 'primary')),
      ],
    };
  }
  return {
    title,
    blocks: [
      list(page.items.map(inviteItem)),
      ...pager(page, (to) => invitesPage.with({ org: org.id, page: to })),
      buttons(inviteButton(org)),
    ],
  };
}

function inviteItem({ invite, state, link: page }: InviteCard): ListItem {
  return {
    title: shownCode(invite.code),
    lines: [stateLine(invite, state), ...(state === 'valid' && page !== undefined ? [[link(page, page)]] : [])],
    ...(state === 'valid' ? { button: button('Revoke', askToRevoke.with({ invite: invite.id })) } : {}),
  };
}

/** "7 of 10 uses left · until 3 May 2026, 10:00", or how it ended. */
function stateLine(invite: Invite, state: InviteCard['state']): RichText {
  const used = countWords(invite.uses, 'person came', 'people came');
  switch (state) {
    case 'valid':
      return joined(
        [usesLeft(invite), invite.expiresAt ? rich`until ${time(invite.expiresAt, 'moment')}` : 'no end'],
        ' · ',
      );
    case 'expired':
      return rich`Expired ${invite.expiresAt ? time(invite.expiresAt, 'relative') : ''} · ${used}`;
    case 'revoked':
      return rich`Revoked ${invite.revokedAt ? time(invite.revokedAt, 'relative') : ''} · ${used}`;
    case 'used-up':
      return rich`Used up · ${used}`;
  }
}

function usesLeft({ mostUses, uses }: Invite): string {
  if (mostUses === undefined) return `used by ${numberWords(uses)}, no limit`;
  return `${numberWords(mostUses - uses)} of ${countWords(mostUses, 'use')} left`;
}

/** The question before an invite ends. */
export function revokeCard({ invite, org }: InviteCard): View {
  return {
    title: rich`Revoke ${shownCode(invite.code)}?`,
    blocks: [
      paragraph(rich`Nobody gets into ${bold(org.name)} with it any more, for good. Those who came in by it stay.`),
      buttons(
        button('Confirm', confirmRevoke.with({ invite: invite.id }), 'danger'),
        button('Cancel', invitesPage.with({ org: org.id, page: 0 })),
      ),
    ],
  };
}

/** How an invite ended, just now or before. */
export function inviteEndedView({ invite, org, state }: InviteCard): View {
  const words = { valid: '', revoked: 'is revoked', expired: 'has expired', 'used-up': 'is used up' }[state];
  return {
    blocks: [
      paragraph(rich`The invite ${code(shownCode(invite.code))} ${words}: it lets nobody in any more.`),
      buttons(button('All invites', runs('manage invite list', { org: org.slug })), inviteButton(org)),
    ],
  };
}
