import type { EventsService } from '../../domain/events/events-service.js';
import type { ListedEvent } from '../../domain/events/listed-event.js';
import type { ChoicesService, Settings } from '../../domain/notifications/choices-service.js';
import type { OrgSummary } from '../../domain/orgs/org.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { runs } from '../actions.js';
import { type Actor, isMember, type MemberActor } from '../actor.js';
import { eventItem } from '../events/event-items.js';
import { timeReaderOf } from '../events/event-times.js';
import { resumeAction } from '../messages/resume-action.js';
import { nextWords } from '../notify/notify-words.js';
import { mineView } from '../orgs/orgs-views.js';
import { rich } from '../text.js';
import { type Block, button, buttons, fields, list, paragraph, type View } from '../views.js';

const EVENTS_SHOWN = 3;

/** The dashboard: the member's next events, orgs and settings, or a first word to somebody new. */
export function createHome({
  orgs,
  events,
  choices,
}: {
  orgs: OrgsService;
  events: EventsService;
  choices: ChoicesService;
}) {
  return async (actor: Actor): Promise<View> => {
    if (!isMember(actor)) return visitorHome();
    const { memberId } = actor;
    const [mine, next] = [await orgs.listOfMember(memberId), await events.nextOwn(memberId, EVENTS_SHOWN)];
    return memberHome(actor, mine, next, await choices.show(memberId));
  };
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
        button('Upcoming events', runs('events upcoming')),
        button('My orgs', runs('orgs mine')),
        button('Help', runs('help')),
      ),
    ],
  };
}

/** What is next at the member's orgs, with the way to all of it. */
function comingUp(actor: MemberActor, mine: OrgSummary[], next: ListedEvent[]): Block[] {
  if (mine.length === 0) return [];
  return [
    paragraph(next.length === 0 ? 'Coming up: nothing at your orgs yet.' : 'Coming up'),
    ...(next.length === 0 ? [] : [list(next.map((one) => eventItem(one, timeReaderOf(actor), { hasOrg: true })))]),
    buttons(button('Upcoming events', runs('events upcoming'))),
    { kind: 'divider' },
  ];
}

function memberHome(actor: MemberActor, mine: OrgSummary[], next: ListedEvent[], settings: Settings): View {
  const { member } = actor;
  return {
    title: rich`Hello, ${member.profile.name}`,
    blocks: [
      ...comingUp(actor, mine, next),
      paragraph('Your orgs'),
      ...mineView(mine, 0, new Map()).blocks,
      { kind: 'divider' },
      fields(
        { label: 'Profile', value: member.profile.headline || 'No headline yet' },
        { label: 'Time zone', value: member.zone?.replaceAll('_', ' ') ?? 'not told yet' },
        { label: 'Profile seen by', value: member.privacy.isProfileShared ? 'Admins of your orgs' : 'You alone' },
      ),
      paragraph(nextWords(settings)),
      buttons(
        button('Browse orgs', runs('orgs browse'), 'primary'),
        button('Notifications', runs('notify show')),
        button('Edit profile', runs('profile edit')),
        button('Privacy', runs('profile privacy')),
        ...(member.stoppedAt ? [button('Turn messages on again', resumeAction.with({}))] : []),
        button('Help', runs('help')),
      ),
    ],
  };
}
