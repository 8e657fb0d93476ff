import type { Org } from '../../domain/orgs/org.js';
import { orgPageUrl } from '../../domain/orgs/org-page-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import type { Actor } from '../actor.js';
import { required } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { orgOption } from './org-option.js';
import * as actions from './orgs-actions.js';
import { mineView, orgView } from './orgs-views.js';

/** `/orgs`: one org, and the member's own. Finding is in `discovery-bot.ts`, joining and leaving in `joining/`. */
export function orgsBot({ orgs, publicUrl }: { orgs: OrgsService; publicUrl: string | undefined }): BotModule {
  const org = required(orgOption(orgs, 'The org’s name'));

  const whole = async (actor: Actor, id: Org['id']) => {
    const summary = await orgs.summary(id, actor.memberId);
    return orgView(summary, orgPageUrl(publicUrl, summary.org));
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
    run: async (actor) => show(mineView(await orgs.listOfMember(actor.memberId), 0)),
  });

  return {
    groups: { orgs: 'Find your local org, join it, leave it' },
    commands: [showCommand, mine],
    actions: [
      onAction(actions.minePage, async (actor, { page }) =>
        replace(mineView(await orgs.listOfMember(actor.memberId), page)),
      ),
      onAction(actions.showOrg, async (actor, { org }) => show(await whole(actor, org))),
      onAction(actions.cancel, async (actor, { org }) => replace(await whole(actor, org))),
    ],
  };
}
