import type { AdminsService, OrgPerson } from '../../domain/orgs/admins-service.js';
import { rightsOf, spaceOf } from '../actor.js';
import type { Suggest } from '../options.js';

const MOST_SUGGESTIONS = 25;

/** Offers members of the orgs that somebody looks after, by name; all of them, or those with the role. */
export function suggestMembers(admins: AdminsService, role?: OrgPerson['role']): Suggest {
  return async (actor, text) => {
    const asked = { space: spaceOf(actor), role, text, most: MOST_SUGGESTIONS };
    const people = await admins.suggest(asked, rightsOf(actor));
    const isOneOrg = new Set(people.map(({ orgName }) => orgName)).size <= 1;
    return people.map(({ memberId, name, orgName }) => ({
      value: memberId,
      label: isOneOrg ? name : `${name} · ${orgName}`,
    }));
  };
}
