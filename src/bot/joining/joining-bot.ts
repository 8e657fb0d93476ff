import type { JoiningService, JoinTarget } from '../../domain/orgs/joining-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import type { MemberActor } from '../actor.js';
import { required } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { askToJoin, askToLeave, confirmJoin, confirmLeave } from '../orgs/orgs-actions.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import { joinCard, joinedView, leaveCard, leftView } from './joining-views.js';

/** `/orgs join` and `/orgs leave`, each with its card first. */
export function joiningBot({ orgs, joining }: { orgs: OrgsService; joining: JoiningService }): BotModule {
  const joinCommand = command({
    name: 'orgs join',
    description: 'Join an org, or ask to; takes an invite code too',
    options: { org: required(orgOption(orgs, 'The org’s name, or an invite code')) },
    run: async (actor, { org }) => show(await askJoin(actor, await joining.find(org, actor.memberId))),
  });

  const leaveCommand = command({
    name: 'orgs leave',
    description: 'Leave an org; your history stays',
    options: { org: required(orgOption(orgs, 'The org’s name')) },
    run: async (actor, { org }) => show(await askLeave(actor, (await orgs.resolve(org)).id)),
  });

  const askJoin = async ({ memberId, member }: MemberActor, target: JoinTarget) => {
    const { outcome, summary } = await joining.preview(target, memberId);
    if (outcome === 'already-member' || outcome === 'already-requested') return joinedView(outcome, summary);
    return joinCard({ outcome, summary, code: target.code, privacy: member.privacy });
  };
  const askLeave = async ({ memberId }: MemberActor, id: JoinTarget['orgId']) => {
    const { outcome, org } = await joining.previewLeave(id, memberId);
    return leaveCard(outcome, org);
  };

  return {
    commands: [joinCommand, leaveCommand],
    actions: [
      onAction(askToJoin, async (actor, { org, code }) => show(await askJoin(actor, { orgId: org, code }))),
      onAction(confirmJoin, async (actor, { org, code }) => {
        const { outcome, summary } = await joining.join({ orgId: org, code }, actor.memberId);
        return replace(joinedView(outcome, summary));
      }),
      onAction(askToLeave, async (actor, { org }) => show(await askLeave(actor, org))),
      onAction(confirmLeave, async (actor, { org }) => {
        const left = await joining.leave(org, actor.memberId);
        return replace(leftView(left.outcome, left.org));
      }),
    ],
  };
}
