import type { Org } from '../../domain/orgs/org.js';
import { orgPageUrl } from '../../domain/orgs/org-page-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import type { Actor } from '../actor.js';
import { lookupOption, required } from '../options.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import * as actions from './orgs-actions.js';
import { joinCard, joinedView, leaveCard, leftView, mineView, orgView } from './orgs-views.js';

const MOST_SUGGESTIONS = 25;

/** `/orgs`: one org, joining it, leaving it. */
export function orgsBot({ orgs, publicUrl }: { orgs: OrgsService; publicUrl: string | undefined }): BotModule {
  const suggestOrgs = async (_actor: Actor, text: string) =>
    (await orgs.suggest(text, MOST_SUGGESTIONS)).map(({ name, slug, place }) => ({
      value: slug,
      label: `${name} · ${place}`,
    }));
  const orgOption = required(lookupOption('The org’s name', suggestOrgs, { example: 'BAISH' }));

  const whole = async (actor: Actor, id: Org['id']) => {
    const summary = await orgs.summary(id, actor.memberId);
    return orgView(summary, orgPageUrl(publicUrl, summary.org));
  };

  const showCommand = command({
    name: 'orgs show',
    description: 'What an org does, where, and how to join it',
    access: 'anyone',
    options: { org: orgOption },
    run: async (actor, { org }) => show(await whole(actor, (await orgs.resolve(org)).id)),
  });

  const joinCommand = command({
    name: 'orgs join',
    description: 'Join an org, or ask to',
    options: { org: orgOption },
    run: async (actor, { org }) => show(await askJoin(actor.memberId, await orgs.resolve(org))),
  });

  const leaveCommand = command({
    name: 'orgs leave',
    description: 'Leave an org; your history stays',
    options: { org: orgOption },
    run: async (actor, { org }) => show(await askLeave(actor.memberId, (await orgs.resolve(org)).id)),
  });

  const mine = command({
    name: 'orgs mine',
    description: 'The orgs you are in',
    run: async (actor) => show(mineView(await orgs.listOfMember(actor.memberId), 0)),
  });

  const askJoin = async (memberId: Parameters<OrgsService['join']>[1], { id }: Pick<Org, 'id'>) => {
    const summary = await orgs.summary(id, memberId);
    if (summary.standing === 'active') return joinedView('already-member', summary);
    if (summary.standing === 'pending' && summary.org.joinPolicy === 'approval') {
      return joinedView('already-requested', summary);
    }
    return joinCard(summary);
  };
  const askLeave = async (memberId: Parameters<OrgsService['leave']>[1], id: Org['id']) => {
    const { outcome, org } = await orgs.previewLeave(id, memberId);
    return leaveCard(outcome, org);
  };

  return {
    groups: { orgs: 'Find your local org, join it, leave it' },
    commands: [showCommand, joinCommand, leaveCommand, mine],
    actions: [
      onAction(actions.minePage, async (actor, { page }) =>
        replace(mineView(await orgs.listOfMember(actor.memberId), page)),
      ),
      onAction(actions.showOrg, async (actor, { org }) => show(await whole(actor, org))),
      onAction(actions.askToJoin, async (actor, { org }) => show(await askJoin(actor.memberId, { id: org }))),
      onAction(actions.confirmJoin, async (actor, { org }) => {
        const { outcome, summary } = await orgs.join(org, actor.memberId);
        return replace(joinedView(outcome, summary));
      }),
      onAction(actions.askToLeave, async (actor, { org }) => show(await askLeave(actor.memberId, org))),
      onAction(actions.confirmLeave, async (actor, { org }) => {
        const left = await orgs.leave(org, actor.memberId);
        return replace(leftView(left.outcome, left.org));
      }),
      onAction(actions.cancel, async (actor, { org }) => replace(await whole(actor, org))),
    ],
  };
}
