import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { auditActor } from '../audit/audit.js';
import { DomainError } from '../errors.js';
import type { MemberId, OrgId } from '../ids.js';
import { waitsUntil, wrongCodesSince } from '../members/wrong-codes.js';
import { hashOfOneTimeCode, newOneTimeCode, ONE_TIME_CODE_MINUTES } from '../one-time-code.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { Org } from './org.js';
import { type OrgAsked, orgForAdmin } from './org-for-admin.js';
import { toChoice } from './orgs-service.js';
import { type Rights, requireOrgAdmin, type SpaceRef } from './rights.js';
import { requireFreeSpace, requireManagedSpace } from './space-rights.js';
import type { ConnectedSpace } from './spaces-repository.js';

/** How long an ended code is known, in hours, so that whoever types it late is told why it does not work. */
const KNOWN_HOURS = 24;

/** Who connects the space they are in. */
export interface Connecting {
  space: SpaceRef | undefined;
  rights: Rights;
  memberId: MemberId;
}

/** What disconnecting a space would come to. */
export interface DisconnectPreview {
  org: Org;
  space: SpaceRef;
  /** Whether no space would be left; the org then goes on in direct messages. */
  isLast: boolean;
}

export type SpacesService = ReturnType<typeof createSpacesService>;

/** The servers and workspaces of an org: several may belong to one, and each belongs to one at most. */
export function createSpacesService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /**
     * A fresh code by which another space joins the org, once, within ten minutes; with the spaces there are.
     *
     * @throws DomainError as `orgForAdmin` does.
     */
    async offerCode(
      asked: OrgAsked,
      rights: Rights,
    ): Promise<{ org: Org; spaces: ConnectedSpace[]; code: string; expiresAt: DateTime }> {
      const now = clock.now();
      return inTransaction(async ({ orgs, spaces }) => {
        const org = await orgForAdmin(orgs, asked, rights);
        const code = newOneTimeCode();
        const expiresAt = now.plus({ minutes: ONE_TIME_CODE_MINUTES });
        await spaces.dropCodesBefore(now.minus({ hours: KNOWN_HOURS }));
        await spaces.addCode({ hash: hashOfOneTimeCode(code), orgId: org.id, expiresAt, usedAt: undefined });
        return { org, spaces: await spaces.list(org.id), code, expiresAt };
      });
    },

    /**
     * Connects the space that somebody manages and is in, by a code of the org's admins. Doing it again with the same
     * code finds it done.
     *
     * @throws DomainError `spaces.none-here`, `rights.space-manager`, `spaces.connected` to another org,
     * `codes.wait` after ten wrong codes in an hour, `spaces.wrong-code`, `spaces.ended-code`.
     */
    async connect(code: string, by: Connecting): Promise<{ kind: 'connected' | 'was-connected'; org: Org }> {
      const now = clock.now();
      const done = await inTransaction(async (repositories) => {
        const space = requireManagedSpace(by.space, by.rights);
        const until = waitsUntil(await repositories.wrongCodes.list(by.memberId, wrongCodesSince(now)));
        if (until) throw new DomainError({ code: 'codes.wait', until });
        const outcome = await connectByCode(repositories, { code, space, memberId: by.memberId, now });
        if (outcome.kind === 'wrong') await repositories.wrongCodes.add(by.memberId, now);
        return outcome;
      });
      // Thrown outside, so that the wrong one stays counted.
      if (done.kind === 'wrong') throw new DomainError(done.problem);
      return done;
    },

    /**
     * Connects the space to an org whose admin they are, without a code.
     *
     * @throws DomainError `spaces.none-here`, `rights.space-manager`, `spaces.connected`, `orgs.gone`,
     * `rights.org-admin`.
     */
    async connectOwn(orgId: OrgId, by: Connecting): Promise<Org> {
      return inTransaction(async (repositories) => {
        const { orgs } = repositories;
        const space = requireManagedSpace(by.space, by.rights);
        await requireFreeSpace(orgs, space);
        const org = await orgs.getVisible(orgId);
        await requireOrgAdmin(orgs, org, by.rights);
        await addSpace(repositories, { org, space, memberId: by.memberId, now: clock.now() });
        return org;
      });
    },

    /**
     * What disconnecting would come to, without doing it; nothing if the space is not the org's.
     *
     * @throws DomainError `orgs.gone`, `rights.org-admin`, `spaces.last-door`.
     */
    async previewDisconnect(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<DisconnectPreview | undefined> {
      return inTransaction((repositories) => disconnecting(repositories, orgId, space, rights), { isReadOnly: true });
    },

    /**
     * Disconnects a space; its members stay members. Safe to repeat.
     *
     * @throws DomainError as `previewDisconnect` does.
     */
    async disconnect(orgId: OrgId, space: SpaceRef, rights: Rights): Promise<Org> {
      return inTransaction(async (repositories) => {
        const found = await disconnecting(repositories, orgId, space, rights);
        if (!found) return repositories.orgs.getVisible(orgId);
        await repositories.spaces.remove(space, orgId);
        const actor = auditActor(rights);
        await repositories.audit.add({ orgId, actor, action: 'space.disconnected', before: space, at: clock.now() });
        return found.org;
      });
    },
  };
}

type ByCode = { code: string; space: SpaceRef; memberId: MemberId; now: DateTime };
type WrongCode = { code: 'spaces.wrong-code' } | { code: 'spaces.ended-code'; why: 'used' | 'expired' };

async function connectByCode(
  repositories: Repositories,
  { code: text, space, memberId, now }: ByCode,
): Promise<{ kind: 'connected' | 'was-connected'; org: Org } | { kind: 'wrong'; problem: WrongCode }> {
  const { orgs, spaces } = repositories;
  const code = await spaces.findCode(hashOfOneTimeCode(text));
  const here = await orgs.findOrgOfSpace(space);
  if (here && here.id === code?.orgId) return { kind: 'was-connected', org: here };
  if (here) throw new DomainError({ code: 'spaces.connected', org: toChoice(here) });
  if (!code) return { kind: 'wrong', problem: { code: 'spaces.wrong-code' } };
  if (code.expiresAt <= now) return { kind: 'wrong', problem: { code: 'spaces.ended-code', why: 'expired' } };
  if (!(await spaces.useCode(code.hash, now))) {
    return { kind: 'wrong', problem: { code: 'spaces.ended-code', why: 'used' } };
  }
  const org = await orgs.getVisible(code.orgId);
  await addSpace(repositories, { org, space, memberId, now });
  return { kind: 'connected', org };
}

async function addSpace(
  { orgs, audit }: Repositories,
  { org, space, memberId, now }: { org: Org; space: SpaceRef; memberId: MemberId; now: DateTime },
): Promise<void> {
  await orgs.addSpace(space, org.id, now);
  const actor = auditActor({ memberId });
  await audit.add({ orgId: org.id, actor, action: 'space.connected', after: space, at: now });
}

async function disconnecting(
  { orgs, spaces }: Repositories,
  orgId: OrgId,
  { platform, externalId }: SpaceRef,
  rights: Rights,
): Promise<DisconnectPreview | undefined> {
  const org = await orgForAdmin(orgs, orgId, rights);
  const all = await spaces.list(org.id);
  const space = all.find((one) => one.platform === platform && one.externalId === externalId);
  if (!space) return undefined;
  const isLast = all.length === 1;
  // Without a space and without an admin, nobody could look after it any more.
  if (isLast && (await orgs.countActiveAdmins(org.id)) === 0) {
    throw new DomainError({ code: 'spaces.last-door', org: toChoice(org) });
  }
  return { org, space: { platform, externalId }, isLast };
}
