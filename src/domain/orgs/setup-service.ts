import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { tidyLine } from '../../shared/tidy-text.js';
import { DomainError, type OrgChoice } from '../errors.js';
import { type MemberId, newOrgId } from '../ids.js';
import { type City, cityName } from '../places/city.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { Membership, Org, OrgType } from './org.js';
import { toChoice } from './orgs-service.js';
import { isOrgAdmin, type Rights, type SpaceRef } from './rights.js';
import { areAlike } from './similar-names.js';
import { slugsFor } from './slug.js';
import { requireFreeSpace, requireManagedSpace } from './space-rights.js';

/** Longest name of an org, in characters. */
export const MOST_ORG_NAME = 80;

/** Names alike that are shown before an org is made all the same. */
const MOST_SIMILAR = 3;

/** What is told of an org to be set up. */
export interface NewOrg {
  name: string;
  city: City | undefined;
  type: OrgType | undefined;
}

/** An org with a name like the new one's; `isOwn` if whoever sets up is an admin of it. */
export interface SimilarOrg extends OrgChoice {
  isOwn: boolean;
}

export type SetupService = ReturnType<typeof createSetupService>;

/** Setting up an org from the server or workspace that is to be its own. */
export function createSetupService(parts: {
  inTransaction: InTransaction;
  clock: Clock;
  /** Whether a new org is in the directory only after an operator's yes (`ORG_REVIEW`). */
  reviewsNewOrgs: boolean;
}) {
  const { inTransaction, clock, reviewsNewOrgs } = parts;
  return {
    /**
     * Whether somebody may set an org up where they are, asked before they are asked for anything else.
     *
     * @throws DomainError `spaces.none-here`, `spaces.connected`, `rights.space-manager`.
     */
    async check(space: SpaceRef | undefined, rights: Rights): Promise<void> {
      await inTransaction(({ orgs }) => freeSpace(orgs, space, rights), { isReadOnly: true });
    },

    /**
     * Makes the org: its space is connected, and whoever did it is a member and admin. A name like another's is made
     * only when `isSureOfName`; else nothing is written, and those orgs come back. The second tap finds the space
     * connected.
     *
     * @throws DomainError as `check` does, and `orgs.name-missing`.
     */
    async setUp(
      asked: NewOrg,
      { space, rights, memberId }: { space: SpaceRef | undefined; rights: Rights; memberId: MemberId },
      { isSureOfName = false } = {},
    ): Promise<{ kind: 'created'; org: Org } | { kind: 'similar'; similar: SimilarOrg[] }> {
      const name = tidyLine(asked.name, MOST_ORG_NAME);
      return inTransaction(async (repositories) => {
        const home = await freeSpace(repositories.orgs, space, rights);
        if (!/[\p{L}\p{N}]/u.test(name)) throw new DomainError({ code: 'orgs.name-missing' });
        const similar = isSureOfName ? [] : await listSimilar(repositories.orgs, name, memberId);
        if (similar.length > 0) return { kind: 'similar', similar };
        const now = clock.now();
        const org = await addOrg(repositories.orgs, newOrg({ ...asked, name }, { now, reviewsNewOrgs }));
        await repositories.orgs.addSpace(home, org.id, now);
        await repositories.orgs.saveMembership(firstAdmin(org, memberId, now));
        await noteSetUp(repositories, { org, space: home, memberId, now });
        return { kind: 'created', org };
      });
    },
  };
}

async function freeSpace(orgs: Repositories['orgs'], space: SpaceRef | undefined, rights: Rights): Promise<SpaceRef> {
  if (space) await requireFreeSpace(orgs, space);
  return requireManagedSpace(space, rights);
}

async function listSimilar(orgs: Repositories['orgs'], name: string, memberId: MemberId): Promise<SimilarOrg[]> {
  const near = (await orgs.listNames()).filter((org) => areAlike(org.name, name)).map(({ id }) => id);
  const exact = (await orgs.listByNameOrSlug(name)).map(({ id }) => id);
  const similar: SimilarOrg[] = [];
  for (const id of [...new Set([...exact, ...near])].slice(0, MOST_SIMILAR)) {
    const org = await orgs.getVisible(id);
    const isOwn = await isOrgAdmin(orgs, org, { memberId, managedSpace: undefined });
    similar.push({ ...toChoice(org), isOwn });
  }
  return similar;
}

function newOrg(
  { name, city, type }: NewOrg,
  { now, reviewsNewOrgs }: { now: DateTime; reviewsNewOrgs: boolean },
): Omit<Org, 'slug'> {
  return {
    id: newOrgId(),
    name,
    type: type ?? 'other',
    description: '',
    website: undefined,
    city,
    languages: [],
    isGlobal: false,
    isListed: !reviewsNewOrgs,
    listedAfterReview: reviewsNewOrgs ? true : undefined,
    isHidden: false,
    joinPolicy: 'open',
    createdAt: now,
  };
}

/** Adds the org under the first slug that is free; the database knows which are. */
async function addOrg(orgs: Repositories['orgs'], org: Omit<Org, 'slug'>): Promise<Org> {
  for (const slug of slugsFor({ name: org.name, cityName: org.city?.name })) {
    const named = { ...org, slug };
    if (await orgs.addUnlessTaken(named)) return named;
  }
  throw new Error('There is always one more slug.');
}

function firstAdmin(org: Org, memberId: MemberId, now: DateTime): Membership {
  return { orgId: org.id, memberId, role: 'admin', status: 'active', joinedAt: now, leftAt: undefined };
}

async function noteSetUp(
  { audit }: Repositories,
  { org, space, memberId, now }: { org: Org; space: SpaceRef; memberId: MemberId; now: DateTime },
): Promise<void> {
  const by = { orgId: org.id, actor: { kind: 'member', memberId }, at: now } as const;
  const after = { name: org.name, type: org.type, city: org.city ? cityName(org.city) : null };
  await audit.add({ ...by, action: 'org.created', after });
  await audit.add({ ...by, action: 'space.connected', after: space });
}
