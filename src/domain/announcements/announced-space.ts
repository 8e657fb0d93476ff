import type { DateTime } from 'luxon';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { Org } from '../orgs/org.js';
import { type OrgAsked, orgForAdmin } from '../orgs/org-for-admin.js';
import { toChoice } from '../orgs/orgs-service.js';
import type { Rights, SpaceRef } from '../orgs/rights.js';
import type { Repositories } from '../repositories.js';
import type { AnnounceChannel } from './announcement.js';

/** One of an org's spaces, for its admin, with the channel that it has. */
export interface SpaceOfAdmin {
  org: Org;
  space: SpaceRef;
  channel: AnnounceChannel | undefined;
}

/** @throws DomainError `announce.not-here` for a space that is not the org's, and those of `orgForAdmin`. */
export async function spaceForAdmin(
  { orgs, announcements }: Repositories,
  asked: OrgAsked,
  space: SpaceRef | undefined,
  rights: Rights,
): Promise<SpaceOfAdmin> {
  const org = await orgForAdmin(orgs, asked, rights);
  const own = space && (await orgs.findOrgOfSpace(space));
  if (!space || own?.id !== org.id) throw new DomainError({ code: 'announce.not-here', org: toChoice(org) });
  return { org, space, channel: await announcements.findChannel(space) };
}

/** The same for a space that has a channel. @throws DomainError `announce.not-here` as well where there is none. */
export async function channelForAdmin(
  repositories: Repositories,
  asked: OrgAsked,
  space: SpaceRef,
  rights: Rights,
): Promise<{ org: Org; channel: AnnounceChannel }> {
  const { org, channel } = await spaceForAdmin(repositories, asked, space, rights);
  if (!channel) throw new DomainError({ code: 'announce.not-here', org: toChoice(org) });
  return { org, channel };
}

/** Notes in the org's log what an admin chose. */
export async function noteChoice(
  { audit }: Repositories,
  action: 'announce.set' | 'announce.off',
  { orgId, platform, name, isMirrored }: AnnounceChannel,
  { rights, at }: { rights: Rights; at: DateTime },
): Promise<void> {
  const told = { platform, name, isMirrored };
  const value = action === 'announce.set' ? { after: told } : { before: told };
  await audit.add({ orgId, actor: auditActor(rights), action, ...value, at });
}
