import { AboutAdmin, ADMIN_ADDED, type AdminsService, type OrgPerson } from '../../domain/orgs/admins-service.js';
import type { OrgsService } from '../../domain/orgs/orgs-service.js';
import { type ActionDefinition, onAction } from '../actions.js';
import { type Actor, rightsOf, spaceOf } from '../actor.js';
import { onDelivery } from '../deliveries.js';
import { lookupOption, required } from '../options.js';
import { orgOption } from '../orgs/org-option.js';
import { type BotModule, command } from '../registry.js';
import { replace, show } from '../reply.js';
import type { View } from '../views.js';
import * as actions from './admins-actions.js';
import { addCard, adminsView, madeAdminView, removeCard, roleView, whichPersonView } from './admins-views.js';

const MOST_SUGGESTIONS = 25;

/** `/manage admins`: who looks after an org. */
export function adminsBot({ admins, orgs }: { admins: AdminsService; orgs: OrgsService }): BotModule {
  const org = orgOption(orgs, 'The org; this server’s own when left out');
  const memberOption = (description: string, role: OrgPerson['role']) =>
    required(
      lookupOption(
        description,
        async (actor: Actor, text: string) => {
          const asked = { space: spaceOf(actor), role, text, most: MOST_SUGGESTIONS };
          return (await admins.suggest(asked, rightsOf(actor))).map(({ memberId, name }) => ({
            value: memberId,
            label: name,
          }));
        },
        { example: 'Ana' },
      ),
    );

  /** The card for the one person meant, or the choice between several. */
  const cardFor = async (
    actor: Actor,
    { member, org: named }: { member: string; org: string | undefined },
    { card, ask }: { card: typeof addCard; ask: ActionDefinition<typeof actions.askToAdd.payload, 'anyone'> },
  ): Promise<View> => {
    const found = await admins.find({ org: named, space: spaceOf(actor) }, member, rightsOf(actor));
    const [person] = found.people;
    if (person && found.people.length === 1) return card({ org: found.org, person });
    return whichPersonView(found.people, member, ({ memberId }) => ask.with({ org: found.org.id, member: memberId }));
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
    run: async (actor, options) => show(await cardFor(actor, options, { card: addCard, ask: actions.askToAdd })),
  });

  const remove = command({
    name: 'manage admins remove',
    description: 'Take the admin role from somebody; they stay a member',
    access: 'anyone',
    options: { member: memberOption('The admin, by name', 'admin'), org },
    run: async (actor, options) => show(await cardFor(actor, options, { card: removeCard, ask: actions.askToRemove })),
  });

  return {
    commands: [listCommand, add, remove],
    actions: [
      onAction(actions.adminsPage, async (actor, { org: id, page }) =>
        replace(adminsView(await admins.list(id, rightsOf(actor)), page)),
      ),
      onAction(actions.askToAdd, async (actor, { org: id, member }) =>
        replace(addCard(await admins.get(id, member, rightsOf(actor)))),
      ),
      onAction(actions.askToRemove, async (actor, { org: id, member }) =>
        replace(removeCard(await admins.get(id, member, rightsOf(actor)))),
      ),
      onAction(actions.confirmAdd, async (actor, { org: id, member }) =>
        replace(roleView(await admins.add(id, member, rightsOf(actor)))),
      ),
      onAction(actions.confirmRemove, async (actor, { org: id, member }) =>
        replace(roleView(await admins.remove(id, member, rightsOf(actor)))),
      ),
    ],
    messages: [
      onDelivery(ADMIN_ADDED, AboutAdmin, async ({ memberId }, { org: id }) => {
        const made = await admins.findOrgOfAdmin(id, memberId);
        return made && madeAdminView(made);
      }),
    ],
  };
}
