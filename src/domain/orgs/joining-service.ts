import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { DomainError } from '../errors.js';
import type { MemberId, OrgId } from '../ids.js';
import { MOST_WRONG_CODES, waitsUntil, wrongCodesSince } from '../members/wrong-codes.js';
import type { InTransaction, Repositories } from '../repositories.js';
import { type Invite, inviteState, readInviteCode } from './invite.js';
import { askWait, newRequest, RECENT_REQUESTS } from './join-request.js';
import { type JoinOutcome, join, type LeaveOutcome, leave } from './membership.js';
import type { Membership, Org, OrgSummary } from './org.js';
import { resolveOrg, toChoice, visibleSummary } from './orgs-service.js';
import { requestAlert } from './request-messages.js';

/** Into which org somebody wants, and the code of the invite they hold, if they came with one. */
export interface JoinTarget {
  orgId: OrgId;
  code: string | undefined;
}

export type JoiningService = ReturnType<typeof createJoiningService>;

/** Joining orgs, openly, by request or by invite; and leaving them. */
export function createJoiningService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  /** Runs work that needs the invite behind a code; a wrong code is counted, whatever becomes of the rest. */
  const withInvite = async <Result>(
    memberId: MemberId,
    { orgId, code, isReadOnly = false }: { orgId: OrgId | undefined; code: string | undefined; isReadOnly?: boolean },
    work: (repositories: Repositories, invite: Invite | undefined) => Promise<Result>,
  ): Promise<Result> => {
    if (code === undefined) return inTransaction((repositories) => work(repositories, undefined), { isReadOnly });
    const done = await inTransaction(async (repositories) => {
      const found = await findInvite(repositories, { memberId, code, orgId, now: clock.now() });
      return found.kind === 'found' ? { kind: 'done' as const, result: await work(repositories, found.invite) } : found;
    });
    switch (done.kind) {
      case 'done':
        return done.result;
      case 'wrong':
        throw new DomainError({ code: 'invites.unknown', triesLeft: done.triesLeft });
      case 'wait':
        throw new DomainError({ code: 'codes.wait', until: done.until });
    }
  };

  return {
    /**
     * The org that a person wants into, by its name or slug, an invite code or an invite link. An org of that very name
     * comes first. A text that cannot be a code is never counted as a wrong one.
     *
     * @throws DomainError `orgs.unknown`, `orgs.ambiguous`, `invites.unknown`, and `codes.wait` after ten wrong codes
     * in an hour, for right ones too.
     */
    async find(text: string, memberId: MemberId): Promise<JoinTarget> {
      const code = readInviteCode(text);
      const named = await inTransaction(
        async ({ orgs }) => {
          if (code !== undefined && (await orgs.listByNameOrSlug(text)).length === 0) return undefined;
          return resolveOrg(orgs, text);
        },
        { isReadOnly: true },
      );
      if (named) return { orgId: named.id, code: undefined };
      return withInvite(memberId, { orgId: undefined, code }, async (repositories, invite) => {
        if (!invite) throw new DomainError({ code: 'orgs.gone' });
        const { id } = await repositories.orgs.getVisible(invite.orgId);
        return { orgId: id, code };
      });
    },

    /**
     * What joining would come to, without doing it: the same errors as `join`.
     *
     * @returns the org as the member sees it, and the outcome that Confirm would have.
     */
    async preview(target: JoinTarget, memberId: MemberId): Promise<{ outcome: JoinOutcome; summary: OrgSummary }> {
      return withInvite(memberId, { ...target, isReadOnly: true }, async (repositories, invite) => {
        const { outcome } = await joining(repositories, target.orgId, memberId, { invite, now: clock.now() });
        return { outcome, summary: await visibleSummary(repositories.orgs, target.orgId, memberId) };
      });
    },

    /**
     * Joins, or asks to; a request goes to the org's admins. Safe to repeat: a second tap finds the first one's
     * membership. Whoever is in already uses up nothing of an invite; the last use of one lets in one person.
     *
     * @throws DomainError `orgs.gone`, `orgs.removed-member`, `requests.wait`; with a code `invites.unknown` (which
     * counts), `codes.wait`, `invites.ended`.
     */
    async join(target: JoinTarget, memberId: MemberId): Promise<{ outcome: JoinOutcome; summary: OrgSummary }> {
      const now = clock.now();
      return withInvite(memberId, target, async (repositories, invite) => {
        const { org, outcome, membership, before } = await joining(repositories, target.orgId, memberId, {
          invite,
          now,
        });
        if (membership !== before) {
          await repositories.orgs.saveMembership(membership);
          if (invite) await repositories.invites.addUse(invite.id);
          if (outcome === 'requested') await fileRequest(repositories, org, memberId, now);
          else await supersedeRequest(repositories, org.id, memberId, now);
        }
        return { outcome, summary: await visibleSummary(repositories.orgs, org.id, memberId) };
      });
    },

    /** Whether the member could leave now, without doing it: the same errors as `leave`. */
    async previewLeave(orgId: OrgId, memberId: MemberId): Promise<{ outcome: LeaveOutcome; org: Org }> {
      return inTransaction(
        async ({ orgs }) => {
          const { org, outcome } = await leaving(orgs, orgId, memberId, clock.now());
          return { outcome, org };
        },
        { isReadOnly: true },
      );
    },

    /**
     * Leaves, or takes a request back. An org that an operator has hidden meanwhile can be left like any other.
     *
     * @throws DomainError `orgs.gone`, `orgs.not-member`, `orgs.last-admin`.
     */
    async leave(orgId: OrgId, memberId: MemberId): Promise<{ outcome: LeaveOutcome; org: Org }> {
      const now = clock.now();
      return inTransaction(async ({ orgs, requests }) => {
        const { org, membership, outcome } = await leaving(orgs, orgId, memberId, now);
        if (membership) await orgs.saveMembership(membership);
        else await orgs.removeMembership(orgId, memberId);
        const pending = await requests.findPending(orgId, memberId);
        if (pending) await requests.close(pending.id, { state: 'withdrawn', at: now, by: memberId });
        return { outcome, org };
      });
    },
  };
}

type FoundInvite =
  | { kind: 'found'; invite: Invite }
  | { kind: 'wrong'; triesLeft: number }
  | { kind: 'wait'; until: DateTime };

/** Looks a code up and counts a wrong one; one of another org is as wrong as one of none. */
async function findInvite(
  { invites, wrongCodes }: Repositories,
  { memberId, code, orgId, now }: { memberId: MemberId; code: string; orgId: OrgId | undefined; now: DateTime },
): Promise<FoundInvite> {
  const tried = await wrongCodes.list(memberId, wrongCodesSince(now));
  const until = waitsUntil(tried);
  if (until) return { kind: 'wait', until };
  const invite = await invites.findByCode(code);
  if (invite && (orgId === undefined || invite.orgId === orgId)) return { kind: 'found', invite };
  await wrongCodes.add(memberId, now);
  return { kind: 'wrong', triesLeft: MOST_WRONG_CODES - tried.length - 1 };
}

/** What joining comes to, with nothing written yet. */
async function joining(
  { orgs, requests }: Repositories,
  orgId: OrgId,
  memberId: MemberId,
  { invite, now }: { invite: Invite | undefined; now: DateTime },
): Promise<{ org: Org; before: Membership | undefined; outcome: JoinOutcome; membership: Membership }> {
  const org = await orgs.getVisible(orgId);
  const before = await orgs.findMembership(orgId, memberId);
  const { outcome, membership } = join(org, memberId, before, { now, isInvited: invite !== undefined });
  if (invite && membership !== before) {
    const state = inviteState(invite, now);
    if (state !== 'valid') throw new DomainError({ code: 'invites.ended', why: state, org: toChoice(org) });
  }
  if (outcome === 'requested') {
    const wait = askWait(await requests.listLatest(orgId, memberId, RECENT_REQUESTS), now);
    if (wait) throw new DomainError({ code: 'requests.wait', ...wait, orgName: org.name });
  }
  return { org, before, outcome, membership };
}

/** Makes the request, and tells every admin of the org. */
async function fileRequest(
  { orgs, requests, deliveries }: Repositories,
  { id: orgId }: Org,
  memberId: MemberId,
  now: DateTime,
): Promise<void> {
  const request = newRequest(orgId, memberId, now);
  await requests.add(request);
  for (const admin of await orgs.listActiveAdmins(orgId)) await deliveries.plan(requestAlert(request, admin, now));
}

async function supersedeRequest({ requests }: Repositories, orgId: OrgId, memberId: MemberId, now: DateTime) {
  const pending = await requests.findPending(orgId, memberId);
  if (pending) await requests.close(pending.id, { state: 'superseded', at: now, by: undefined });
}

async function leaving(orgs: Repositories['orgs'], orgId: OrgId, memberId: MemberId, now: DateTime) {
  const org = await orgs.find(orgId);
  if (!org) throw new DomainError({ code: 'orgs.gone' });
  const before = await orgs.findMembership(orgId, memberId);
  return { org, ...leave(org, before, await orgs.countActiveAdmins(orgId), now) };
}
