import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor, type NewAuditEntry } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import { type InviteId, newInviteId, type OrgId } from '../ids.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Invite, type InviteState, inviteLink, inviteState, newInviteCode, readInviteCode } from './invite.js';
import type { Org, Page } from './org.js';
import { orgForAdmin } from './org-for-admin.js';
import type { AskedOrg } from './orgs-service.js';
import { isOrgAdmin, type Rights, requireOrgAdmin } from './rights.js';

/** How much of a code the log shows: enough to tell invites apart, and too little to come in by. */
const SHOWN_OF_CODE = 3;

/** Invites on a page of a list. */
const INVITES_A_PAGE = 6;

/** An invite as an admin sees it: how it stands now, and its page, where this installation has an address. */
export interface InviteCard {
  invite: Invite;
  org: Org;
  state: InviteState;
  link: string | undefined;
}

export type InvitesService = ReturnType<typeof createInvitesService>;

/** Invites, as an org's admins make and end them. Joining with one is in the joining service. */
export function createInvitesService(parts: {
  inTransaction: InTransaction;
  clock: Clock;
  /** Where the web pages are reached, without a slash at its end. */
  publicUrl: string | undefined;
}) {
  const { inTransaction, clock, publicUrl } = parts;
  const toCard = (invite: Invite, org: Org): InviteCard => ({
    invite,
    org,
    state: inviteState(invite, clock.now()),
    link: publicUrl === undefined ? undefined : inviteLink({ publicUrl, slug: org.slug, code: invite.code }),
  });

  const invitesPage = async ({ orgs, invites }: Repositories, org: Org, rights: Rights, page: number) => {
    await requireOrgAdmin(orgs, org, rights);
    const found = await invites.list(org.id, { page, pageSize: INVITES_A_PAGE });
    return { org, page: { ...found, items: found.items.map((invite) => toCard(invite, org)) } };
  };

  return {
    /**
     * Makes an invite to the org meant by a command.
     *
     * @throws DomainError `rights.org-admin`, and as finding the org does.
     */
    async create(
      asked: AskedOrg,
      terms: { mostUses: number | undefined; expiresAt: DateTime | undefined },
      rights: Rights,
    ): Promise<InviteCard> {
      return inTransaction(async ({ orgs, invites, audit }) => {
        const org = await orgForAdmin(orgs, asked, rights);
        const made = { uses: 0, revokedAt: undefined, createdAt: clock.now(), createdBy: rights.memberId };
        const invite: Invite = { id: newInviteId(), orgId: org.id, code: newInviteCode(), ...terms, ...made };
        await invites.add(invite);
        await audit.add(inviteEntry('invite.created', invite, rights, invite.createdAt));
        return toCard(invite, org);
      });
    },

    /** The org's invites, those that may still work first. @throws DomainError as `create` does. */
    async listFor(asked: AskedOrg, rights: Rights): Promise<{ org: Org; page: Page<InviteCard> }> {
      return inTransaction(
        async (repositories) =>
          invitesPage(repositories, await orgForAdmin(repositories.orgs, asked, rights), rights, 0),
        { isReadOnly: true },
      );
    },

    /** One page of the same, of an org that is known. @throws DomainError `orgs.gone`, `rights.org-admin`. */
    async list(orgId: OrgId, rights: Rights, page: number): Promise<{ org: Org; page: Page<InviteCard> }> {
      return inTransaction(
        async (repositories) => invitesPage(repositories, await repositories.orgs.getVisible(orgId), rights, page),
        { isReadOnly: true },
      );
    },

    /**
     * The invite that an admin means by its code. A code of an org that is not theirs is answered as one that is not
     * there, so that nothing is learnt by asking.
     *
     * @throws DomainError `invites.unknown`
     */
    async findOwn(text: string, rights: Rights): Promise<InviteCard> {
      return inTransaction(
        async ({ orgs, invites }) => {
          const code = readInviteCode(text);
          const invite = code === undefined ? undefined : await invites.findByCode(code);
          return toCard(...(await requireOwn(orgs, invite, rights)));
        },
        { isReadOnly: true },
      );
    },

    /** The same by its id, for buttons. @throws DomainError `invites.unknown` */
    async getOwn(id: InviteId, rights: Rights): Promise<InviteCard> {
      return inTransaction(
        async ({ orgs, invites }) => toCard(...(await requireOwn(orgs, await invites.find(id), rights))),
        { isReadOnly: true },
      );
    },

    /** Invites to offer while an admin types, the newest first. */
    async suggest({ memberId }: Rights, most: number): Promise<InviteCard[]> {
      if (!memberId) return [];
      return inTransaction(
        async ({ orgs, invites }) => {
          const cards: InviteCard[] = [];
          for (const invite of await invites.listOfAdmin(memberId, most)) {
            cards.push(toCard(invite, await orgs.getVisible(invite.orgId)));
          }
          return cards;
        },
        { isReadOnly: true },
      );
    },

    /**
     * Ends an invite for good; it is kept in the list. Revoking again changes nothing.
     *
     * @throws DomainError `invites.unknown`, also for those who are not admins of its org.
     */
    async revoke(id: InviteId, rights: Rights): Promise<InviteCard> {
      return inTransaction(async ({ orgs, invites, audit }) => {
        const [invite, org] = await requireOwn(orgs, await invites.find(id), rights);
        const revokedAt = clock.now();
        const isNew = await invites.revoke(id, revokedAt);
        if (isNew) await audit.add(inviteEntry('invite.revoked', invite, rights, revokedAt));
        return toCard(isNew ? { ...invite, revokedAt } : invite, org);
      });
    },

    /**
     * What the web page of an invite link shows; nothing for a code that is not this org's, and for an org that an
     * operator has hidden.
     *
     * @see product.md section 12, "Orgs"
     */
    async findForPage(slug: string, text: string): Promise<{ org: Org; state: InviteState } | undefined> {
      return inTransaction(
        async ({ orgs, invites }) => {
          const code = readInviteCode(text);
          const invite = code === undefined ? undefined : await invites.findByCode(code);
          const org = invite && (await orgs.find(invite.orgId));
          if (!org || org.isHidden || org.slug !== slug) return undefined;
          return { org, state: inviteState(invite, clock.now()) };
        },
        { isReadOnly: true },
      );
    },
  };
}

function inviteEntry(
  action: 'invite.created' | 'invite.revoked',
  { orgId, code }: Invite,
  rights: Rights,
  at: DateTime,
): NewAuditEntry {
  const subject = { kind: 'text', text: `${code.slice(0, SHOWN_OF_CODE)}…` } as const;
  return { orgId, actor: auditActor(rights), action, subject, at };
}

/** The invite with its org, for an admin of it; for everybody else it is not there. */
async function requireOwn(
  orgs: Repositories['orgs'],
  invite: Invite | undefined,
  rights: Rights,
): Promise<[Invite, Org]> {
  const org = invite && (await orgs.find(invite.orgId));
  const isAdmin = org && !org.isHidden && (await isOrgAdmin(orgs, org, rights));
  if (!invite || !org || !isAdmin) throw new DomainError({ code: 'invites.unknown', triesLeft: undefined });
  return [invite, org];
}
