import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import { type MemberId, OrgId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { Membership, Org } from './org.js';
import { type OrgAsked, orgForAdmin } from './org-for-admin.js';
import { toChoice } from './orgs-service.js';
import { hasWords, personMeant } from './people-by-name.js';
import { isOrgAdmin, type Rights, type SpaceRef } from './rights.js';

/** An active member of an org, as its admins see them in lists: by name alone. */
export interface OrgPerson {
  memberId: MemberId;
  name: string;
  role: Membership['role'];
  joinedAt: DateTime;
}

/** Whom a text means in an org: one person, several, or nobody but those whose names come `near`. */
export type FoundPeople =
  | { kind: 'one'; org: Org; person: OrgPerson }
  /** `more` fit than are listed. */
  | { kind: 'several' | 'near'; org: Org; people: OrgPerson[]; more: number };

/** Somebody to pick while a name is typed, with the org that they are in. */
export interface SuggestedPerson extends OrgPerson {
  orgName: string;
}

/** To a member who was made an admin. */
export const ADMIN_ADDED = 'admins.added';
export const AboutAdmin = z.object({ org: OrgId });

/** Most people of one name that are offered to choose from. */
const MOST_FOUND = 10;

export type AdminsService = ReturnType<typeof createAdminsService>;

/** Who looks after an org: seeing them, and giving the role to active members or taking it back. */
export function createAdminsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** The org's admins by name. @throws DomainError as `orgForAdmin` does. */
    async list(asked: OrgAsked, rights: Rights): Promise<{ org: Org; admins: OrgPerson[] }> {
      return inTransaction(
        async ({ orgs }) => {
          const org = await orgForAdmin(orgs, asked, rights);
          return { org, admins: (await orgs.listActiveMembers(org.id)).filter(isAdmin) };
        },
        { isReadOnly: true },
      );
    },

    /**
     * The active members that a text means, as `personMeant` says: among those with that role, if one is given, or else
     * among all, so that the one Ana who is no admin is found to be made one.
     *
     * @throws DomainError `admins.nobody` when there is none, and as `orgForAdmin` does.
     */
    async find(
      asked: OrgAsked,
      { text, role }: { text: string; role: OrgPerson['role'] | undefined },
      rights: Rights,
    ): Promise<FoundPeople> {
      return inTransaction(
        async ({ orgs }) => {
          const org = await orgForAdmin(orgs, asked, rights);
          const everybody = await orgs.listActiveMembers(org.id);
          const likely = personMeant(everybody.filter(hasRole(role)), text);
          const meant = likely.kind === 'none' ? personMeant(everybody, text) : likely;
          if (meant.kind === 'one') return { kind: 'one', org, person: meant.person };
          const found = meant.kind === 'several' ? meant.people : meant.nearest;
          if (found.length === 0) {
            throw new DomainError({ code: 'admins.nobody', asked: text, orgName: org.name, orgSlug: org.slug });
          }
          const people = found.slice(0, MOST_FOUND);
          return {
            kind: meant.kind === 'several' ? 'several' : 'near',
            org,
            people,
            more: found.length - people.length,
          };
        },
        { isReadOnly: true },
      );
    },

    /**
     * Members, or those with that role, to offer while an admin types: of the org of this space, else of all that they are admin
     * of; nobody for anybody else.
     */
    async suggest(
      {
        space,
        role,
        text,
        most,
      }: { space: SpaceRef | undefined; role: OrgPerson['role'] | undefined; text: string; most: number },
      rights: Rights,
    ): Promise<SuggestedPerson[]> {
      return inTransaction(
        async ({ orgs }) => {
          const found: SuggestedPerson[] = [];
          for (const org of await orgsLookedAfter(orgs, space, rights)) {
            const people = (await orgs.listActiveMembers(org.id)).filter(hasRole(role));
            const wanted = text.trim() === '' ? people : people.filter(({ name }) => hasWords(name, text));
            found.push(...wanted.map((person) => ({ ...person, orgName: org.name })));
          }
          return found.slice(0, most);
        },
        { isReadOnly: true },
      );
    },

    /** One active member, before something is done to them. @throws DomainError as `add` does. */
    async get(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction(
        async (repositories) =>
          personInOrg(repositories, await orgForAdmin(repositories.orgs, orgId, rights), memberId),
        { isReadOnly: true },
      );
    },

    /** One active member, before the role is taken from them. @throws DomainError as `remove` does. */
    async getToRemove(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction((repositories) => personToRemove(repositories, { orgId, memberId, rights }), {
        isReadOnly: true,
      });
    },

    /**
     * Makes an active member an admin, and tells them. Safe to repeat.
     *
     * @throws DomainError `admins.nobody` for somebody who is not in (any more), `orgs.gone`, `rights.org-admin`.
     */
    async add(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction(async (repositories) => {
        const visible = await orgForAdmin(repositories.orgs, orgId, rights);
        const { org, person } = await personInOrg(repositories, visible, memberId);
        if (isAdmin(person)) return { org, person };
        await changeRole(repositories, { orgId, memberId, role: 'admin', rights, at: clock.now() });
        if (rights.memberId !== memberId) {
          const at = clock.now();
          const dedupeKey = `${ADMIN_ADDED}:${orgId}:${memberId}:${at.toMillis()}`;
          await repositories.deliveries.plan({
            dedupeKey,
            memberId,
            kind: ADMIN_ADDED,
            payload: { org: orgId },
            dueAt: at,
          });
        }
        return { org, person: { ...person, role: 'admin' } };
      });
    },

    /**
     * Takes the role back; the member stays one. Safe to repeat. Two admins who take it from each other at once are one
     * after the other here, so one of them stays. One's own role may be given up by anybody, so that the second tap
     * finds it done.
     *
     * @throws DomainError `admins.last` for the only admin, and as `add` does.
     */
    async remove(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction(async (repositories) => {
        const { org, person } = await personToRemove(repositories, { orgId, memberId, rights });
        if (!isAdmin(person)) return { org, person };
        await changeRole(repositories, { orgId, memberId, role: 'member', rights, at: clock.now() });
        return { org, person: { ...person, role: 'member' } };
      });
    },

    /** The org that a member was made an admin of, while they are one and it is there. */
    async findOrgOfAdmin(orgId: OrgId, memberId: MemberId): Promise<Org | undefined> {
      return inTransaction(
        async ({ orgs }) => {
          const membership = await orgs.findMembership(orgId, memberId);
          const isStill = membership?.status === 'active' && membership.role === 'admin';
          const org = isStill ? await orgs.find(orgId) : undefined;
          return org?.isHidden ? undefined : org;
        },
        { isReadOnly: true },
      );
    },
  };
}

const hasRole =
  (wanted: OrgPerson['role'] | undefined) =>
  ({ role }: Pick<OrgPerson, 'role'>): boolean =>
    wanted === undefined || role === wanted;
const isAdmin = hasRole('admin');

/** The org of this space, if somebody is admin of it; else all that they are admin of. */
export async function orgsLookedAfter(
  orgs: Repositories['orgs'],
  space: SpaceRef | undefined,
  rights: Rights,
): Promise<Org[]> {
  const here = space && (await orgs.findOrgOfSpace(space));
  if (here && !here.isHidden && (await isOrgAdmin(orgs, here, rights))) return [here];
  if (!rights.memberId) return [];
  const own = await orgs.listOfMember(rights.memberId);
  return own.filter(({ role, standing }) => role === 'admin' && standing === 'active').map(({ org }) => org);
}

async function personToRemove(
  repositories: Repositories,
  { orgId, memberId, rights }: { orgId: OrgId; memberId: MemberId; rights: Rights },
): Promise<{ org: Org; person: OrgPerson }> {
  const { orgs } = repositories;
  const isOwn = rights.memberId === memberId;
  const org = isOwn ? await orgs.getVisible(orgId) : await orgForAdmin(orgs, orgId, rights);
  const found = await personInOrg(repositories, org, memberId);
  if (isAdmin(found.person) && (await orgs.countActiveAdmins(orgId)) <= 1) {
    throw new DomainError({ code: 'admins.last', org: toChoice(org), memberName: found.person.name });
  }
  return found;
}

async function personInOrg(
  { orgs, members }: Repositories,
  org: Org,
  memberId: MemberId,
): Promise<{ org: Org; person: OrgPerson }> {
  const membership = await orgs.findMembership(org.id, memberId);
  if (membership?.status !== 'active') {
    throw new DomainError({ code: 'admins.nobody', asked: undefined, orgName: org.name, orgSlug: org.slug });
  }
  const { profile } = await members.get(memberId);
  return { org, person: { memberId, name: profile.name, role: membership.role, joinedAt: membership.joinedAt } };
}

async function changeRole(
  { orgs, audit }: Repositories,
  change: { orgId: OrgId; memberId: MemberId; role: OrgPerson['role']; rights: Rights; at: DateTime },
): Promise<void> {
  const { orgId, memberId, role, rights, at } = change;
  const membership = await orgs.findMembership(orgId, memberId);
  if (!membership) return;
  await orgs.saveMembership({ ...membership, role });
  await audit.add({
    orgId,
    actor: auditActor(rights),
    action: role === 'admin' ? 'admin.added' : 'admin.removed',
    subject: { kind: 'member', memberId },
    before: membership.role,
    after: role,
    at,
  });
}
