import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { MemberId, OrgId, RequestId } from '../ids.js';
import { seenBy } from '../members/privacy-filter.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { JoinRequest, RequestAnswer, RequestCard } from './join-request.js';
import { answered, wasIn } from './membership.js';
import type { Org, OrgSummary, Page } from './org.js';
import { orgForAdmin } from './org-for-admin.js';
import { type AskedOrg, visibleSummary } from './orgs-service.js';
import { requestAnswer } from './request-messages.js';
import { type Rights, requireOrgAdmin } from './rights.js';

/** Requests on a page: as many as fit every platform with two buttons each. */
const REQUESTS_A_PAGE = 5;

export type RequestsService = ReturnType<typeof createRequestsService>;

/** Requests to join, as an org's admins see and answer them. */
export function createRequestsService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * What waits for an answer, the longest waiting first, in the org meant by a command.
     *
     * @throws DomainError `rights.org-admin`, and as finding the org does.
     */
    async listFor(asked: AskedOrg, rights: Rights): Promise<{ org: Org; page: Page<RequestCard> }> {
      return inTransaction(
        async (repositories) =>
          pendingPage(repositories, await orgForAdmin(repositories.orgs, asked, rights), rights, 0),
        { isReadOnly: true },
      );
    },

    /** One page of the same, of an org that is known. @throws DomainError `orgs.gone`, `rights.org-admin`. */
    async list(orgId: OrgId, rights: Rights, page: number): Promise<{ org: Org; page: Page<RequestCard> }> {
      return inTransaction(
        async (repositories) => pendingPage(repositories, await repositories.orgs.getVisible(orgId), rights, page),
        { isReadOnly: true },
      );
    },

    /**
     * One request, as it stands now.
     *
     * @throws DomainError `requests.gone` when the person was erased, `orgs.gone`, `rights.org-admin`.
     */
    async card(id: RequestId, rights: Rights): Promise<RequestCard> {
      return inTransaction((repositories) => requireCard(repositories, id, rights), { isReadOnly: true });
    },

    /**
     * Approves or declines, tells the person, and gives the card as it stands then. Whoever answers second finds the
     * first one's answer and changes nothing; so does the second tap. Declining leaves what was there before.
     *
     * @throws DomainError as `card` does.
     */
    async answer(
      id: RequestId,
      answer: RequestAnswer,
      rights: Rights,
    ): Promise<{ kind: 'answered' | 'was-answered'; card: RequestCard }> {
      const now = clock.now();
      return inTransaction(async (repositories) => {
        const before = await requireCard(repositories, id, rights);
        const { orgs, requests, deliveries } = repositories;
        const isOurs = await requests.close(id, { state: answer, at: now, by: rights.memberId });
        if (!isOurs) return { kind: 'was-answered', card: before };
        const { request } = before;
        const membership = await orgs.findMembership(request.orgId, request.memberId);
        const after = answered(membership, request, { answer, now });
        if (after) await orgs.saveMembership(after);
        else await orgs.removeMembership(request.orgId, request.memberId);
        await deliveries.plan(requestAnswer(request, now));
        await repositories.audit.add({
          orgId: request.orgId,
          actor: auditActor(rights),
          action: answer === 'approved' ? 'request.approved' : 'request.declined',
          subject: { kind: 'member', memberId: request.memberId },
          before: 'pending',
          after: answer,
          at: now,
        });
        return { kind: 'answered', card: await requireCard(repositories, id, rights) };
      });
    },

    /**
     * The answer to the member's own request, with the org as it stands for them now; nothing while there is none, and
     * when it no longer matters because they came in or went since.
     */
    async findAnswer(
      id: RequestId,
      memberId: MemberId,
    ): Promise<{ answer: RequestAnswer; request: JoinRequest; summary: OrgSummary } | undefined> {
      return inTransaction(
        async ({ orgs, requests }) => {
          const request = await requests.find(id);
          if (request?.memberId !== memberId) return undefined;
          if (request.state !== 'approved' && request.state !== 'declined') return undefined;
          const summary = await visibleSummary(orgs, request.orgId, memberId);
          const isIn = summary.standing === 'active';
          const stillHolds = request.state === 'approved' ? isIn : !isIn;
          return stillHolds ? { answer: request.state, request, summary } : undefined;
        },
        { isReadOnly: true },
      );
    },
  };
}

async function pendingPage(repositories: Repositories, org: Org, rights: Rights, page: number) {
  await requireOrgAdmin(repositories.orgs, org, rights);
  const pending = await repositories.requests.listPending(org.id, { page, pageSize: REQUESTS_A_PAGE });
  const items: RequestCard[] = [];
  for (const request of pending.items) items.push(await toCard(repositories, org, request));
  return { org, page: { ...pending, items } };
}

async function requireCard(repositories: Repositories, id: RequestId, rights: Rights): Promise<RequestCard> {
  const request = await repositories.requests.find(id);
  if (!request) throw new DomainError({ code: 'requests.gone' });
  const org = await repositories.orgs.getVisible(request.orgId);
  await requireOrgAdmin(repositories.orgs, org, rights);
  return toCard(repositories, org, request);
}

async function toCard({ members, orgs }: Repositories, org: Org, request: JoinRequest): Promise<RequestCard> {
  const asker = seenBy('org-admin', await members.get(request.memberId));
  const membership = await orgs.findMembership(org.id, request.memberId);
  const decider = request.decidedBy && (await members.get(request.decidedBy));
  const decidedBy = decider && seenBy('other', decider).name;
  return { request, org, asker, isReturning: wasIn(membership), decidedBy };
}
