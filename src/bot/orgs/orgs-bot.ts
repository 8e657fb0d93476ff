import type { EventsService } from '../../domain/events/events-service.js';
import type { ListedEvent } from '../../domain/events/listed-event.js';
import type { OrgId } from '../../domain/ids.js';
import type { Org, OrgSummary } from '../../domain/orgs/org.js';
import { orgPageUrl } from '../../domain/orgs/org-page-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { madeOnce } from '../../shared/made-once.js';
import { onAction } from '../actions.js';
import { type Actor, type MemberActor, rightsOf } from '../actor.js';
import { timeReaderOf } from '../events/event-times.js';
import { required } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { orgOption } from './org-option.js';
import * as actions from './orgs-actions.js';
import { mineView, orgView } from './orgs-views.js';

/** How many of its next events an org’s card shows. */
const EVENTS_SHOWN = 3;

/** The first page is what nearly everybody looks at; between two changes of the database it is the same. */
const firstOfMine = madeOnce((mine: OrgSummary[]) =>
  madeOnce((next: ReadonlyMap<OrgId, ListedEvent>) => mineView(mine, 0, next)),
);

/** `/orgs`: one org, and the member's own. Finding is in `discovery-bot.ts`, joining and leaving in `joining/`. */
export function orgsBot({
  orgs,
  events,
  publicUrl,
}: {
  orgs: OrgsService;
  events: EventsService;
  publicUrl: string | undefined;
}): BotModule {
  const org = required(orgOption(orgs, 'The org’s name'));

  const whole = async (actor: Actor, id: Org['id']) => {
    const summary = await orgs.summary(id, actor.memberId);
    const next = await events.nextOf(id, rightsOf(actor), EVENTS_SHOWN);
    return orgView(summary, { pageUrl: orgPageUrl(publicUrl, summary.org), next, reader: timeReaderOf(actor) });
  };

  const own = async (actor: MemberActor, page: number) => {
    const mine = await orgs.listOfMember(actor.memberId);
    const next = await events.nextOfEach(rightsOf(actor));
    return page === 0 ? firstOfMine(mine)(next) : mineView(mine, page, next);
  };

  const showCommand = command({
    name: 'orgs show',
    description: 'What an org does, where, and how to join it',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) => show(await whole(actor, (await orgs.resolve(org)).id)),
  });

  const mine = command({
    name: 'orgs mine',
    description: 'The orgs you are in',
    run: async (actor) => show(await own(actor, 0)),
  });

  return {
    groups: { orgs: 'Find your local org, join it, leave it' },
    commands: [showCommand, mine],
    actions: [
      onAction(actions.minePage, async (actor, { page }) => replace(await own(actor, page))),
      onAction(actions.showOrg, async (actor, { org }) => show(await whole(actor, org))),
      onAction(actions.cancel, async (actor, { org }) => replace(await whole(actor, org))),
    ],
  };
}
