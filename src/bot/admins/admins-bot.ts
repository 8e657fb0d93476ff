import { AboutOrg, ADMIN_ADDED, ORG_VERIFIED } from '../../domain/orgs/admin-messages.js';
import type { AdminsService } from '../../domain/orgs/admins-service.js';
import type { OrgAsked } from '../../domain/orgs/org-for-admin.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { onAction } from '../actions.js';
import { type Actor, type MemberActor, rightsOf, spaceOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { lookupOption, required, type Suggest } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import * as actions from './admins-actions.js';
import {
  addCard,
  adminsView,
  alreadyView,
  removeCard,
  roleNote,
  steppedDownView,
  verifiedView,
  welcomeAdminView,
} from './admins-views.js';

const MOST_SUGGESTIONS = 25;

/** `/manage admins`: who looks after an org. */
export function adminsBot({ admins, orgs }: { admins: AdminsService; orgs: OrgsService }): BotModule {
  const suggestMembers: Suggest = async (actor: Actor, text: string) => {
    const asked = { space: spaceOf(actor), rights: rightsOf(actor), most: MOST_SUGGESTIONS };
    const found = await admins.suggest(text, asked);
    const isOneOrg = new Set(found.map(({ orgName }) => orgName)).size <= 1;
    return found.map(({ memberId, name, orgName }) => ({
      value: memberId,
      label: isOneOrg ? name : `${name} · ${orgName}`,
    }));
  };
  const member = required(lookupOption('A member of the org, by name', suggestMembers, { example: 'Ana Souza' }));
  const org = orgOption(orgs, 'The org; this server’s own when left out');

  const askAdd = async (actor: MemberActor, asked: OrgAsked, text: string): Promise<View> => {
    const preview = await admins.preview(asked, { text, wants: 'add' }, rightsOf(actor));
    return preview.isAdmin ? alreadyView(preview) : addCard(preview);
  };
  const askRemove = async (actor: MemberActor, asked: OrgAsked, text: string): Promise<View> => {
    const preview = await admins.preview(asked, { text, wants: 'remove' }, rightsOf(actor));
    return preview.isAdmin ? removeCard(preview, actor.memberId) : alreadyView(preview);
  };
  const listPage = async (actor: Actor, asked: OrgAsked, page: number): Promise<View> =>
    adminsView(await admins.list(asked, rightsOf(actor), page), actor.memberId);

  const listCommand = command({
    name: 'manage admins list',
    description: 'Who looks after an org',
    access: 'anyone',
    options: { org },
    run: async (actor, { org }) => show(await listPage(actor, { org, space: spaceOf(actor) }, 0)),
  });

  const addCommand = command({
    name: 'manage admins add',
    description: 'Make a member of an org one of its admins',
    options: { member, org },
    run: async (actor, { member, org }) => show(await askAdd(actor, { org, space: spaceOf(actor) }, member)),
  });

  const removeCommand = command({
    name: 'manage admins remove',
    description: 'Take the admin role away; they stay a member',
    options: { member, org },
    run: async (actor, { member, org }) => show(await askRemove(actor, { org, space: spaceOf(actor) }, member)),
  });

  return {
    commands: [listCommand, addCommand, removeCommand],
    actions: [
      onAction(actions.adminsPage, async (actor, { org, page }) => replace(await listPage(actor, org, page))),
      onAction(actions.askToRemove, async (actor, { org, member }) => show(await askRemove(actor, org, member))),
      onAction(actions.confirmAdd, async (actor, { org, member }) => {
        const done = await admins.add(org, member, rightsOf(actor));
        const listed = await admins.list(org, rightsOf(actor), 0);
        return replace(adminsView(listed, actor.memberId, roleNote(done)));
      }),
      onAction(actions.confirmRemove, async (actor, { org, member }) => {
        const done = await admins.remove(org, member, rightsOf(actor));
        // Whoever stepped down may not see the list any more.
        if (member === actor.memberId) return replace(steppedDownView(done));
        const listed = await admins.list(org, rightsOf(actor), 0);
        return replace(adminsView(listed, actor.memberId, roleNote(done)));
      }),
    ],
    messages: [
      onDelivery(ADMIN_ADDED, AboutOrg, async ({ memberId }, { org }) => {
        const summary = await admins.findOwn(org, memberId);
        return summary && welcomeAdminView(summary);
      }),
      onDelivery(ORG_VERIFIED, AboutOrg, async ({ memberId }, { org }) => {
        const summary = await admins.findOwn(org, memberId);
        return summary && verifiedView(summary);
      }),
    ],
  };
}
