import type { DateTime } from 'luxon';
import { z } from 'zod';
import type { Clock } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import { type MemberId, OrgId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { Membership, Org } from './org.js';
import { type OrgAsked, orgForAdmin } from './org-for-admin.js';
import { toChoice } from './orgs-service.js';
import type { Rights, SpaceRef } from './rights.js';

/** An active member of an org, as its admins see them in lists: by name alone. */
export interface OrgPerson {
  memberId: MemberId;
  name: string;
  role: Membership['role'];
  joinedAt: DateTime;
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
     * The active members that a text means: the one with that id, else those of that name, else those whose name has
     * it in it.
     *
     * @throws DomainError `admins.nobody` when there is none, and as `orgForAdmin` does.
     */
    async find(asked: OrgAsked, text: string, rights: Rights): Promise<{ org: Org; people: OrgPerson[] }> {
      return inTransaction(
        async ({ orgs }) => {
          const org = await orgForAdmin(orgs, asked, rights);
          const people = meantBy(text, await orgs.listActiveMembers(org.id));
          if (people.length === 0) throw new DomainError({ code: 'admins.nobody', asked: text, orgName: org.name });
          return { org, people: people.slice(0, MOST_FOUND) };
        },
        { isReadOnly: true },
      );
    },

    /** Members to offer while an admin types, of the org of this space or the only one they look after; else nobody. */
    async suggest(
      { space, role, text, most }: { space: SpaceRef | undefined; role: OrgPerson['role']; text: string; most: number },
      rights: Rights,
    ): Promise<OrgPerson[]> {
      return inTransaction(
        async ({ orgs }) => {
          const org = await orgForAdmin(orgs, { org: undefined, space }, rights).catch(nothingForProblems);
          const people = org ? await orgs.listActiveMembers(org.id) : [];
          const wanted = fold(text);
          return people.filter((one) => one.role === role && fold(one.name).includes(wanted)).slice(0, most);
        },
        { isReadOnly: true },
      );
    },

    /** One active member, before something is done to them. @throws DomainError as `add` does. */
    async get(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction((repositories) => personInOrg(repositories, { orgId, memberId, rights }), {
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
        const { org, person } = await personInOrg(repositories, { orgId, memberId, rights });
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
     * after the other here, so one of them stays.
     *
     * @throws DomainError `admins.last` for the only admin, and as `add` does.
     */
    async remove(orgId: OrgId, memberId: MemberId, rights: Rights): Promise<{ org: Org; person: OrgPerson }> {
      return inTransaction(async (repositories) => {
        const { org, person } = await personInOrg(repositories, { orgId, memberId, rights });
        if (!isAdmin(person)) return { org, person };
        if ((await repositories.orgs.countActiveAdmins(orgId)) <= 1) {
          throw new DomainError({ code: 'admins.last', org: toChoice(org), memberName: person.name });
        }
        await changeRole(repositories, { orgId, memberId, role: 'member', rights, at: clock.now() });
        return { org, person: { ...person, role: 'member' } };
      });
    },

    /** The org that a member was made an admin of, while they are one. */
    async findOrgOfAdmin(orgId: OrgId, memberId: MemberId): Promise<Org | undefined> {
      return inTransaction(
        async ({ orgs }) => {
          const membership = await orgs.findMembership(orgId, memberId);
          const isStill = membership?.status === 'active' && membership.role === 'admin';
          return isStill ? orgs.find(orgId) : undefined;
        },
        { isReadOnly: true },
      );
    },
  };
}

const isAdmin = ({ role }: Pick<OrgPerson, 'role'>): boolean => role === 'admin';

function meantBy(text: string, people: OrgPerson[]): OrgPerson[] {
  const byId = people.filter(({ memberId }) => memberId === text);
  if (byId.length > 0) return byId;
  const wanted = fold(text.replace(/^@/, ''));
  const named = people.filter(({ name }) => fold(name) === wanted);
  return named.length > 0 ? named : people.filter(({ name }) => fold(name).includes(wanted));
}

function nothingForProblems(error: unknown): undefined {
  if (error instanceof DomainError) return undefined;
  throw error;
}

async function personInOrg(
  { orgs, members }: Repositories,
  { orgId, memberId, rights }: { orgId: OrgId; memberId: MemberId; rights: Rights },
): Promise<{ org: Org; person: OrgPerson }> {
  const org = await orgForAdmin(orgs, orgId, rights);
  const membership = await orgs.findMembership(orgId, memberId);
  if (membership?.status !== 'active') {
    throw new DomainError({ code: 'admins.nobody', asked: undefined, orgName: org.name });
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
