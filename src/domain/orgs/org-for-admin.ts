import { DomainError } from '../errors.js';
import type { OrgId } from '../ids.js';
import type { Org } from './org.js';
import type { OrgsRepository } from './orgs-repository.js';
import { type AskedOrg, orgToManage } from './orgs-service.js';
import { type Rights, requireOrgAdmin } from './rights.js';

/** Which org is meant: the very one behind a button, or what a command says. */
export type OrgAsked = OrgId | AskedOrg;

/**
 * The org that is meant, if whoever asks is an admin of it.
 *
 * @throws DomainError `orgs.gone`, `rights.org-admin`, and those of `orgToManage`.
 */
export async function orgForAdmin(orgs: OrgsRepository, asked: OrgAsked, rights: Rights): Promise<Org> {
  const org = typeof asked === 'string' ? await orgs.getVisible(asked) : await orgToManage(orgs, asked, rights);
  if (org.isHidden) throw new DomainError({ code: 'orgs.gone' });
  await requireOrgAdmin(orgs, org, rights);
  return org;
}
