import type { OrgSummary } from '../../domain/orgs/org.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { runs } from '../actions.js';
import { type Actor, isMember, type MemberActor } from '../actor.js';
import { resumeAction } from '../messages/messages-bot.js';
import { mineView } from '../orgs/orgs-views.js';
import { rich } from '../text.js';
import { button, buttons, fields, paragraph, type View } from '../views.js';

/** The dashboard: the member's orgs and settings, or a first word to somebody new. */
export function createHome({ orgs }: { orgs: OrgsService }) {
  return async (actor: Actor): Promise<View> =>
    isMember(actor) ? memberHome(actor, await orgs.listOfMember(actor.memberId)) : visitorHome();
}

function visitorHome(): View {
  return {
    title: 'Rollcall',
    blocks: [
      paragraph(
        'Find your local org, see its events, and hear about what you chose. Nothing is stored about you until you agree.',
      ),
      buttons(
        button('Browse orgs', runs('orgs browse'), 'primary'),
        button('My orgs', runs('orgs mine')),
        button('Help', runs('help')),
      ),
    ],
  };
}

function memberHome(actor: MemberActor, mine: OrgSummary[]): View {
  const { member } = actor;
  return {
    title: rich`Hello, ${member.profile.name}`,
    blocks: [
      { kind: 'text', text: 'Your orgs' },
      ...mineView(mine, 0).blocks,
      { kind: 'divider' },
      fields(
        { label: 'Profile', value: member.profile.headline || 'No headline yet' },
        { label: 'Time zone', value: member.zone?.replaceAll('_', ' ') ?? 'not told yet' },
        { label: 'Messages', value: member.stoppedAt ? 'Off: nothing is sent unasked' : 'On' },
        { label: 'Profile seen by', value: member.privacy.isProfileShared ? 'Admins of your orgs' : 'You alone' },
      ),
      buttons(
        button('Browse orgs', runs('orgs browse'), 'primary'),
        button('Edit profile', runs('profile edit')),
        button('Privacy', runs('profile privacy')),
        ...(member.stoppedAt ? [button('Turn messages on again', resumeAction.with({}))] : []),
        button('Help', runs('help')),
      ),
    ],
  };
}
