import { MOST_USES, shownCode } from '../../domain/orgs/invite.js';
import type { InviteCard, InvitesService } from '../../domain/orgs/invites-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { integerOption, lookupOption, momentAheadOption, required } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import * as actions from './invites-actions.js';
import { inviteEndedView, inviteMadeView, invitesView, revokeCard } from './invites-views.js';

const MOST_SUGGESTIONS = 25;

/** `/manage invite`: codes and links that let people in without a request. */
export function invitesBot({ orgs, invites }: { orgs: OrgsService; invites: InvitesService }): BotModule {
  const org = orgOption(orgs, 'The org; this server’s own when left out');
  const suggestCodes = async (actor: Actor, text: string) =>
    (await invites.suggest(rightsOf(actor), MOST_SUGGESTIONS))
      .map(({ invite, org: { name } }) => ({
        value: shownCode(invite.code),
        label: `${shownCode(invite.code)} · ${name}`,
      }))
      .filter(({ label }) => label.toLowerCase().includes(text.trim().toLowerCase()));

  const create = command({
    name: 'manage invite create',
    description: 'An invite code and link that let people in at once',
    access: 'anyone',
    options: {
      uses: integerOption('How many people it lets in; no limit when left out', { least: 1, most: MOST_USES }),
      expires: momentAheadOption('How long it works, such as 7d, or until which day; no end when left out'),
      org,
    },
    run: async (actor, { org: asked, uses, expires }) => {
      const terms = { mostUses: uses, expiresAt: expires };
      return show(inviteMadeView(await invites.create({ org: asked, space: spaceOf(actor) }, terms, rightsOf(actor))));
    },
  });

  const listCommand = command({
    name: 'manage invite list',
    description: 'An org’s invites: uses left, expiry, Revoke',
    access: 'anyone',
    options: { org },
    run: async (actor, { org: asked }) =>
      show(invitesView(await invites.listFor({ org: asked, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  const revoke = command({
    name: 'manage invite revoke',
    description: 'End an invite, so that nobody gets in with it any more',
    access: 'anyone',
    options: { code: required(lookupOption('The invite’s code', suggestCodes, { example: 'K7MWQ-3XP9R' })) },
    run: async (actor, { code }) => show(askRevoke(await invites.findOwn(code, rightsOf(actor)))),
  });

  return {
    commands: [create, listCommand, revoke],
    actions: [
      onAction(actions.invitesPage, async (actor, { org: id, page }) =>
        replace(invitesView(await invites.list(id, rightsOf(actor), page))),
      ),
      onAction(actions.askToRevoke, async (actor, { invite }) =>
        replace(askRevoke(await invites.getOwn(invite, rightsOf(actor)))),
      ),
      onAction(actions.confirmRevoke, async (actor, { invite }) =>
        replace(inviteEndedView(await invites.revoke(invite, rightsOf(actor)))),
      ),
    ],
  };
}

const askRevoke = (card: InviteCard) => (card.state === 'valid' ? revokeCard(card) : inviteEndedView(card));
