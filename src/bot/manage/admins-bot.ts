import type { z } from 'zod';
import { AboutAdmin, ADMIN_ADDED, type AdminsService, type OrgPerson } from '../../domain/orgs/admins-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { lookupOption, required } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import * as actions from './admins-actions.js';
import {
  addCard,
  adminsView,
  gaveUpView,
  madeAdminView,
  removeCard,
  roleView,
  whichPersonView,
} from './admins-views.js';
import { suggestMembers } from './member-suggestions.js';

type Whom = z.output<typeof actions.askToAdd.payload>;

/** `/manage admins`: who looks after an org. */
export function adminsBot({ admins, orgs }: { admins: AdminsService; orgs: OrgsService }): BotModule {
  const org = orgOption(orgs, 'The org; this server’s own when left out');
  const memberOption = (description: string, role: OrgPerson['role']) =>
    required(lookupOption(description, suggestMembers(admins, role), { example: 'Ana' }));

  const addQuestion = async (actor: Actor, { org, member }: Whom): Promise<View> =>
    addCard(await admins.get(org, member, rightsOf(actor)));
  const removeQuestion = async (actor: Actor, { org, member }: Whom): Promise<View> =>
    removeCard(await admins.getToRemove(org, member, rightsOf(actor)), { isOwn: actor.memberId === member });

  /** The question about the one person meant, or the choice between several. */
  const questionFor = async (
    actor: Actor,
    { member, org: named }: { member: string; org: string | undefined },
    { role, question, ask }: { role: OrgPerson['role']; question: typeof addQuestion; ask: typeof actions.askToAdd },
  ): Promise<View> => {
    const asked = { org: named, space: spaceOf(actor) };
    const found = await admins.find(asked, { text: member, role }, rightsOf(actor));
    if (found.kind === 'one') return question(actor, { org: found.org.id, member: found.person.memberId });
    return whichPersonView(found, member, ({ memberId }) => ask.with({ org: found.org.id, member: memberId }));
  };

  const listCommand = command({
    name: 'manage admins list',
    description: 'Who looks after an org',
    access: 'anyone',
    options: { org },
    run: async (actor, { org: named }) =>
      show(adminsView(await admins.list({ org: named, space: spaceOf(actor) }, rightsOf(actor)))),
  });

  const add = command({
    name: 'manage admins add',
    description: 'Make a member of an org an admin',
    access: 'anyone',
    options: { member: memberOption('The member, by name', 'member'), org },
    run: async (actor, options) =>
      show(await questionFor(actor, options, { role: 'member', question: addQuestion, ask: actions.askToAdd })),
  });

  const remove = command({
    name: 'manage admins remove',
    description: 'Take the admin role from somebody; they stay a member',
    access: 'anyone',
    options: { member: memberOption('The admin, by name', 'admin'), org },
    run: async (actor, options) =>
      show(await questionFor(actor, options, { role: 'admin', question: removeQuestion, ask: actions.askToRemove })),
  });

  return {
    commands: [listCommand, add, remove],
    actions: [
      onAction(actions.adminsPage, async (actor, { org: id, page }) =>
        replace(adminsView(await admins.list(id, rightsOf(actor)), page)),
      ),
      onAction(actions.askToAdd, async (actor, whom) => replace(await addQuestion(actor, whom))),
      onAction(actions.askToRemove, async (actor, whom) => replace(await removeQuestion(actor, whom))),
      onAction(actions.confirmAdd, async (actor, { org: id, member }) =>
        replace(roleView(await admins.add(id, member, rightsOf(actor)))),
      ),
      onAction(actions.confirmRemove, async (actor, { org: id, member }) => {
        const removed = await admins.remove(id, member, rightsOf(actor));
        return replace(actor.memberId === member ? gaveUpView(removed) : roleView(removed));
      }),
    ],
    messages: [
      onDelivery(ADMIN_ADDED, AboutAdmin, async ({ member, memberId }, { org: id }) => {
        const made = member.stoppedAt ? undefined : await admins.findOrgOfAdmin(id, memberId);
        return made && madeAdminView(made);
      }),
    ],
  };
}
