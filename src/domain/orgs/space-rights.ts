import { DomainError } from '../errors.js';
import type { OrgsRepository } from './orgs-repository.js';
import { toChoice } from './orgs-service.js';
import type { Rights, SpaceRef } from './rights.js';

/**
 * The space to be connected: the one somebody acts in, if they manage it.
 *
 * @throws DomainError `spaces.none-here` in a direct message, `rights.space-manager`.
 */
export function requireManagedSpace(space: SpaceRef | undefined, { managedSpace }: Rights): SpaceRef {
  if (!space) throw new DomainError({ code: 'spaces.none-here' });
  if (managedSpace?.platform !== space.platform || managedSpace.externalId !== space.externalId) {
    throw new DomainError({ code: 'rights.space-manager' });
  }
  return space;
}

/** @throws DomainError `spaces.connected` if the space belongs to an org already. */
export async function requireFreeSpace(orgs: OrgsRepository, space: SpaceRef): Promise<void> {
  const org = await orgs.findOrgOfSpace(space);
  if (org) throw new DomainError({ code: 'spaces.connected', org: toChoice(org) });
}
