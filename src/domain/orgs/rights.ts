import { z } from 'zod';
import { DomainError } from '../errors.js';
import type { MemberId } from '../ids.js';
import { PLATFORMS } from '../members/account.js';
import type { Org } from './org.js';
import type { OrgsRepository } from './orgs-repository.js';

/** A Discord server or Slack workspace, by the platform's own id. */
export const SpaceRef = z.object({ platform: z.enum(PLATFORMS), externalId: z.string().max(100) });
export type SpaceRef = z.infer<typeof SpaceRef>;

/** What somebody brings to a question of rights: who they are, and the space they manage, if they act inside one. */
export interface Rights {
  memberId: MemberId | undefined;
  /** The space they are acting in, when the platform says that they manage it; nothing in a direct message. */
  managedSpace: SpaceRef | undefined;
}

/**
 * Whether somebody is an admin of the org: an active member with the role, or whoever manages one of its spaces while
 * acting inside it (product.md section 12, "Orgs").
 */
export async function isOrgAdmin(orgs: OrgsRepository, org: Org, rights: Rights): Promise<boolean> {
  if (rights.memberId) {
    const membership = await orgs.findMembership(org.id, rights.memberId);
    if (membership?.status === 'active' && membership.role === 'admin') return true;
  }
  const managed = rights.managedSpace && (await orgs.findOrgOfSpace(rights.managedSpace));
  return managed?.id === org.id;
}

/**
 * Lets admins of the org pass.
 *
 * @throws DomainError `rights.org-admin`
 */
export async function requireOrgAdmin(orgs: OrgsRepository, org: Org, rights: Rights): Promise<void> {
  if (await isOrgAdmin(orgs, org, rights)) return;
  throw new DomainError({ code: 'rights.org-admin', orgName: org.name });
}
