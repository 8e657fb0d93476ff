import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { MemberId, OrgId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { ADMIN_ADDED, adminMessage } from './admin-messages.js';
import type { Membership, Org, OrgSummary, Page } from './org.js';
import { type OrgAsked, orgForAdmin } from './org-for-admin.js';
import { findPerson, type OrgPerson, peopleLike } from './org-people.js';
import { toChoice, visibleSummary } from './orgs-service.js';
import { isOrgAdmin, type Rights, type SpaceRef } from './rights.js';

/** Admins on a page of the list, with a button each. */
const ADMINS_A_PAGE = 6;

/** An admin as the others see them. */
export interface OrgAdmin extends OrgPerson {
  /** Since when they are a member. */
  joinedAt: DateTime;
}

/** Somebody whose role is about to change, and how it is now. */
export interface RolePreview {
  org: Org;
  person: OrgPerson;
  isAdmin: boolean;
}

export type AdminsService = ReturnType<typeof createAdminsService>;

/** Who looks after an org. */
export function createAdminsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** One page of the org's admins by role, the longest in the org first. @throws DomainError as `orgForAdmin` does. */
    async list(asked: OrgAsked, rights: Rights, page: number): Promise<{ org: Org; page: Page<OrgAdmin> }> {
      return inTransaction(
        async (repositories) => {
          const org = await orgForAdmin(repositories.orgs, asked, rights);
          return { org, page: await adminsPage(repositories, org, page) };
        },
        { isReadOnly: true },
      );
    },

    /**
     * Whom an admin means by a name, and whether they are an admin already; nothing is written.
     *
     * @throws DomainError as `orgForAdmin` and `findPerson` do.
     */
    async preview(
      asked: OrgAsked,
      whom: { text: string; wants: 'add' | 'remove' },
      rights: Rights,
    ): Promise<RolePreview> {
      return inTransaction(
        async (repositories) => {
          const org = await orgForAdmin(repositories.orgs, asked, rights);
          const person = await findPerson(repositories, org, whom);
          const membership = await repositories.orgs.findMembership(org.id, person.memberId);
          return { org, person, isAdmin: membership?.role === 'admin' };
        },
        { isReadOnly: true },
      );
    },

    /**
     * Makes an active member an admin, and tells them, unless it was themselves. Again, it changes nothing.
     *
     * @throws DomainError `orgs.gone`, `rights.org-admin`, `admins.not-in-org`.
     */
    async add(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<RolePreview> {
      const now = clock.now();
      return inTransaction(async (repositories) => {
        const { org, person, membership } = await rolePlayer(repositories, { orgId, memberId, wants: 'add' }, rights);
        if (membership.role === 'admin') return { org, person, isAdmin: true };
        await saveRole(repositories, { ...membership, role: 'admin' }, { rights, now });
        if (memberId !== rights.memberId)
          await repositories.deliveries.plan(adminMessage(ADMIN_ADDED, { orgId, memberId, at: now }));
        return { org, person, isAdmin: true };
      });
    },

    /**
     * Takes the role away; they stay a member. Again, it changes nothing. Of two admins who remove each other at once,
     * the second is an admin no longer, so that one remains.
     *
     * @throws DomainError `orgs.gone`, `rights.org-admin`, `admins.not-in-org`, `admins.last`.
     */
    async remove(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<RolePreview> {
      return inTransaction(async (repositories) => {
        const { org, person, membership } = await rolePlayer(
          repositories,
          { orgId, memberId, wants: 'remove' },
          rights,
        );
        if (membership.role !== 'admin') return { org, person, isAdmin: false };
        if ((await repositories.orgs.countActiveAdmins(orgId)) <= 1) {
          throw new DomainError({ code: 'admins.last', org: toChoice(org), memberName: person.name });
        }
        await saveRole(repositories, { ...membership, role: 'member' }, { rights, now: clock.now() });
        return { org, person, isAdmin: false };
      });
    },

    /** The org of a message to a new admin; nothing once they are none any more. */
    async findOwn(orgId: OrgId, memberId: MemberId): Promise<OrgSummary | undefined> {
      return inTransaction(
        async ({ orgs }) => {
          const summary = await visibleSummary(orgs, orgId, memberId);
          return summary.standing === 'active' && summary.role === 'admin' ? summary : undefined;
        },
        { isReadOnly: true },
      );
    },

    /** Members to offer while an admin types, of all orgs that are theirs here, at most so many. */
    async suggest(
      text: string,
      { space, rights, most }: { space: SpaceRef | undefined; rights: Rights; most: number },
    ): Promise<(OrgPerson & { orgName: string })[]> {
      return inTransaction(
        async ({ orgs }) => {
          const here = space && (await orgs.findOrgOfSpace(space));
          const own = rights.memberId ? await orgs.listOfMember(rights.memberId) : [];
          const mine = new Map([...(here ? [here] : []), ...own.map(({ org }) => org)].map((org) => [org.id, org]));
          const found: (OrgPerson & { orgName: string })[] = [];
          for (const org of mine.values()) {
            if (org.isHidden || !(await isOrgAdmin(orgs, org, rights))) continue;
            const people = peopleLike(await orgs.listActiveNames(org.id), text);
            found.push(...people.map((person) => ({ ...person, orgName: org.name })));
          }
          return found.slice(0, most);
        },
        { isReadOnly: true },
      );
    },
  };
}

async function adminsPage({ orgs, members }: Repositories, org: Org, asked: number): Promise<Page<OrgAdmin>> {
  const ids = await orgs.listActiveAdmins(org.id);
  const pages = Math.max(1, Math.ceil(ids.length / ADMINS_A_PAGE));
  const page = Math.min(asked, pages - 1);
  const shown = ids.slice(page * ADMINS_A_PAGE, (page + 1) * ADMINS_A_PAGE);
  const people = await members.list(shown);
  const items: OrgAdmin[] = [];
  for (const memberId of shown) {
    const member = people.find(({ id }) => id === memberId);
    const membership = await orgs.findMembership(org.id, memberId);
    if (member && membership) {
      items.push({ memberId, name: seenBy('org-admin', member).name, joinedAt: membership.joinedAt });
    }
  }
  return { items, page, pages, total: ids.length };
}

/** The active member whose role is to change. */
async function rolePlayer(
  repositories: Repositories,
  { orgId, memberId, wants }: { orgId: OrgId; memberId: MemberId; wants: 'add' | 'remove' },
  rights: Rights,
): Promise<{ org: Org; person: OrgPerson; membership: Membership }> {
  const org = await orgForAdmin(repositories.orgs, orgId, rights);
  const membership = await repositories.orgs.findMembership(orgId, memberId);
  const [member] = await repositories.members.list([memberId]);
  if (!member || membership?.status !== 'active') {
    const asked = member ? seenBy('other', member).name : '';
    throw new DomainError({ code: 'admins.not-in-org', asked, org: toChoice(org), wants, nearest: [] });
  }
  return { org, membership, person: { memberId, name: seenBy('org-admin', member).name } };
}

async function saveRole(
  { orgs, audit }: Repositories,
  membership: Membership,
  { rights, now }: { rights: Rights; now: DateTime },
): Promise<void> {
  await orgs.saveMembership(membership);
  await audit.add({
    orgId: membership.orgId,
    actor: auditActor(rights),
    action: membership.role === 'admin' ? 'admin.added' : 'admin.removed',
    subject: { kind: 'member', memberId: membership.memberId },
    at: now,
  });
}
