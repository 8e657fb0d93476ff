import type { DateTime } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { eventsOf, mergeAttendance, mergeFeedback, settleAttendanceOf } from '../attendance/merge-attendance.js';
import { DomainError } from '../errors.js';
import { mergeHeard } from '../events/guest-responses.js';
import { settleGuestsOf } from '../events/guest-settling.js';
import { type EventId, type IdentityId, type LinkId, type MemberId, newLinkId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import { replanDigest } from '../notifications/digest-planning.js';
import { hashOfOneTimeCode, newOneTimeCode, ONE_TIME_CODE_MINUTES } from '../one-time-code.js';
import type { InTransaction, Repositories } from '../repositories.js';
import type { Account } from './account.js';
import { findSharedPlace, type LinkCode, type MemberLink } from './link.js';
import type { Identity, Member } from './member.js';
import {
  fullerOf,
  keptAndAbsorbed,
  type LeftOut,
  mergeMembers,
  mergeMemberships,
  mergeProfiles,
} from './merge-members.js';
import { waitsUntil, wrongCodesSince } from './wrong-codes.js';

/** Whose words win where both told something else: of the account that typed the code, or of the other one. */
export const PREFERENCES = ['here', 'there'] as const;
export type Preference = (typeof PREFERENCES)[number];

/** An account with the member who has it. */
export interface Party {
  member: Member;
  identity: Identity;
}

/** What linking would make of two members, before it is done. */
export interface LinkPreview {
  here: Party;
  there: Party;
  merged: Member;
  prefer: Preference;
  /** Orgs that the one member would be in or ask to join. */
  orgCount: number;
  leftOut: LeftOut[];
  expiresAt: LinkCode['expiresAt'];
}

/** To the side that asked for a code: somebody typed it. Its payload is empty. */
export const CODE_TYPED = 'links.code-typed';

/** To the side that asked for the code: two accounts are one member now. Its payload names the link. */
export const LINKED = 'links.linked';

/** To both sides: an operator undid a link. Its payload is empty. */
export const UNLINKED = 'links.unlinked';

export type LinksService = ReturnType<typeof createLinksService>;

/** Making one member of two accounts on different platforms, proven by a one-time code. */
export function createLinksService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** A new code for the account; the one before no longer works. It is shown once and not kept in readable form. */
    async newCode(identityId: IdentityId): Promise<{ code: string; expiresAt: LinkCode['expiresAt'] }> {
      const code = newOneTimeCode();
      const expiresAt = clock.now().plus({ minutes: ONE_TIME_CODE_MINUTES });
      await inTransaction(async ({ links, members }) => {
        const { member } = await partyOf(members, identityId);
        await links.saveCode({
          hash: hashOfOneTimeCode(code),
          memberId: member.id,
          identityId,
          expiresAt,
          typedBy: undefined,
        });
      });
      return { code, expiresAt };
    },

    /** Takes the member's code back; somebody else's tap changes nothing. */
    async withdrawCode(memberId: MemberId): Promise<void> {
      await inTransaction(({ links }) => links.dropCode(memberId));
    },

    /** Drops codes that no longer work, and notes of wrong ones that no longer count. */
    async dropOldCodes(now: DateTime): Promise<void> {
      await inTransaction(async ({ links, wrongCodes }) => {
        await links.dropExpired(now);
        await wrongCodes.dropBefore(wrongCodesSince(now));
      });
    },

    /** The account that typed this member's code and has not confirmed yet. */
    async findTyped(memberId: MemberId): Promise<Party | undefined> {
      return inTransaction(
        async ({ links, members }) => {
          const code = await links.findCodeOf(memberId);
          if (!code?.typedBy || code.expiresAt <= clock.now()) return undefined;
          return partyOf(members, code.typedBy);
        },
        { isReadOnly: true },
      );
    },

    /**
     * What the code would link, for the account that typed it. From now on the code works for no other account.
     *
     * @param prefer whose words win; those of the side that told more unless given.
     * @throws DomainError `links.wrong-code`, `links.expired-code`, `links.own-code`, `links.already`,
     *   `links.shared-place`, `codes.wait`
     */
    async preview(identityId: IdentityId, code: string, prefer?: Preference): Promise<LinkPreview> {
      return orThrow(
        await inTransaction(async (repositories) => {
          const here = await partyOf(repositories.members, identityId);
          const found = await checkCode(repositories, here, code, clock);
          if (found instanceof DomainError) return found;
          await repositories.links.noteTyped(found.hash, identityId);
          // The code's hash tells this occasion from others, and says nothing.
          await repositories.deliveries.plan({
            dedupeKey: `${CODE_TYPED}:${found.hash}`,
            memberId: found.memberId,
            identityId: found.identityId,
            kind: CODE_TYPED,
            payload: {},
            dueAt: clock.now(),
          });
          return previewOf(repositories, here, found, prefer);
        }),
      );
    },

    /**
     * Links. Everything that is held about either is held about the one member from then on. A second tap on the same
     * card finds them linked already.
     *
     * @param there the account that the person saw when they confirmed.
     * @throws DomainError as `preview`.
     */
    async confirm(
      identityId: IdentityId,
      { there, code, prefer }: { there: IdentityId; code: string; prefer: Preference },
    ): Promise<MemberLink> {
      return orThrow(
        await inTransaction(async (repositories) => {
          const here = await partyOf(repositories.members, identityId);
          const other = await repositories.members.findIdentity(there);
          if (other?.memberId === here.member.id) return new DomainError({ code: 'links.already' });
          const found = await checkCode(repositories, here, code, clock);
          if (found instanceof DomainError) return found;
          if (found.identityId !== there) return new DomainError({ code: 'links.expired-code' });
          return link(repositories, await previewOf(repositories, here, found, prefer), clock);
        }),
      );
    },

    /** A link that still stands, with the account that confirmed it. */
    async find(id: LinkId): Promise<{ link: MemberLink; confirmed: Identity | undefined } | undefined> {
      return inTransaction(
        async ({ links, members }) => {
          const found = await links.find(id);
          const { identityId } = found?.confirmed ?? {};
          return found && { link: found, confirmed: identityId && (await members.findIdentity(identityId)) };
        },
        { isReadOnly: true },
      );
    },

    /**
     * Undoes the latest link of the member behind an account, and tells both sides; operators only. Nothing if there is
     * none.
     *
     * @returns both members as they are now.
     */
    async undo(account: Account): Promise<{ link: MemberLink; members: Member[] } | undefined> {
      return inTransaction(async (repositories) => {
        const { links, members, deliveries, guestProofs } = repositories;
        const known = await members.findByAccount(account);
        const found = known && (await links.findLatest(known.member.id));
        if (!found) return undefined;
        await links.split(found);
        await guestProofs.dropTakenTokens();
        await settleGuestsOf(repositories, [found.memberId, found.absorbedId], clock.now());
        await settleApart(repositories, [found.memberId, found.absorbedId], clock.now());
        for (const id of [found.memberId, found.absorbedId]) await replanDigest(repositories, id, clock.now());
        for (const { identityId } of [found.asked, found.confirmed]) {
          const identity = identityId && (await members.findIdentity(identityId));
          if (identity) await deliveries.plan(unlinked(found, identity, clock));
        }
        return { link: found, members: [await members.get(found.memberId), await members.get(found.absorbedId)] };
      });
    },
  };
}

function orThrow<Result>(outcome: Result | DomainError): Result {
  if (outcome instanceof DomainError) throw outcome;
  return outcome;
}

/**
 * The code if this account may use it, or what is wrong. A wrong one is noted, which is why it is returned and not
 * thrown: the note has to be kept.
 */
async function checkCode(
  { links, members, wrongCodes }: Repositories,
  { member, identity }: Party,
  text: string,
  clock: Clock,
): Promise<LinkCode | DomainError> {
  const now = clock.now();
  const until = waitsUntil(await wrongCodes.list(member.id, wrongCodesSince(now)));
  if (until) return new DomainError({ code: 'codes.wait', until });
  const code = await links.findCode(hashOfOneTimeCode(text));
  if (!code || (code.typedBy && code.typedBy !== identity.id)) {
    await wrongCodes.add(member.id, now);
    return new DomainError({ code: 'links.wrong-code' });
  }
  if (code.identityId === identity.id) return new DomainError({ code: 'links.own-code' });
  if (code.memberId === member.id) return new DomainError({ code: 'links.already' });
  if (code.expiresAt <= now) return new DomainError({ code: 'links.expired-code' });
  const shared = findSharedPlace(await members.listIdentities(member.id), await members.listIdentities(code.memberId));
  return shared ? new DomainError({ code: 'links.shared-place', place: shared }) : code;
}

async function previewOf(
  { orgs, members }: Repositories,
  here: Party,
  code: LinkCode,
  asked: Preference | undefined,
): Promise<LinkPreview> {
  const there = await partyOf(members, code.identityId);
  const { kept, absorbed } = keptAndAbsorbed(here.member, there.member);
  const prefer = asked ?? (fullerOf(here.member, there.member) === here.member ? 'here' : 'there');
  const [preferred, other] = prefer === 'here' ? [here.member, there.member] : [there.member, here.member];
  const memberships = [...(await orgs.listMemberships(kept.id)), ...(await orgs.listMemberships(absorbed.id))];
  const present = memberships.filter(({ status }) => status === 'active' || status === 'pending');
  return {
    here,
    there,
    merged: mergeMembers(kept, absorbed, preferred),
    prefer,
    orgCount: new Set(present.map(({ orgId }) => orgId)).size,
    leftOut: mergeProfiles(preferred.profile, other.profile).leftOut,
    expiresAt: code.expiresAt,
  };
}

function unlinked({ id: linkId }: MemberLink, { id, memberId }: Identity, clock: Clock): PlannedDelivery {
  const dedupeKey = `${UNLINKED}:${linkId}:${id}`;
  return { dedupeKey, memberId, identityId: id, kind: UNLINKED, payload: {}, dueAt: clock.now() };
}

async function link(
  repositories: Repositories,
  { here, there, merged }: LinkPreview,
  clock: Clock,
): Promise<MemberLink> {
  const { links, orgs, deliveries, responses, guestProofs, attendance } = repositories;
  const { kept, absorbed } = keptAndAbsorbed(here.member, there.member);
  const theirs = await orgs.listMemberships(absorbed.id);
  const memberships = (await orgs.listMemberships(kept.id)).flatMap((own) => {
    const other = theirs.find(({ orgId }) => orgId === own.orgId);
    return other ? [mergeMemberships(own, other)] : [];
  });
  const made: MemberLink = {
    id: newLinkId(),
    memberId: kept.id,
    absorbedId: absorbed.id,
    asked: { identityId: there.identity.id, name: there.member.profile.name },
    confirmed: { identityId: here.identity.id, name: here.member.profile.name },
    linkedAt: clock.now(),
  };
  for (const { member } of [here, there]) await links.dropCode(member.id);
  const heard = mergeHeard(await responses.listHeardOf(kept.id), await responses.listHeardOf(absorbed.id));
  const attended = mergeAttendance(await attendance.listOf(kept.id), await attendance.listOf(absorbed.id));
  const feedback = mergeFeedback(
    await attendance.listFeedbackOf(kept.id),
    await attendance.listFeedbackOf(absorbed.id),
  );
  const brought = await eventsOf(repositories, absorbed.id);
  await guestProofs.keepTokens({ keptId: kept.id, absorbedId: absorbed.id });
  await links.merge({ link: made, member: merged, memberships, heard, attendance: attended, feedback });
  await settleGuestsOf(repositories, [kept.id], clock.now());
  await settleAttendanceOf(repositories, kept.id, brought, clock.now());
  await replanDigest(repositories, kept.id, clock.now());
  await deliveries.plan({
    dedupeKey: `${LINKED}:${made.id}`,
    memberId: kept.id,
    identityId: there.identity.id,
    kind: LINKED,
    payload: { link: made.id },
    dueAt: clock.now(),
  });
  return made;
}

/** @throws DomainError `members.unknown` for an account that is gone. */
async function partyOf(members: Repositories['members'], identityId: IdentityId): Promise<Party> {
  const identity = await members.findIdentity(identityId);
  if (!identity) throw new DomainError({ code: 'members.unknown' });
  return { member: await members.get(identity.memberId), identity };
}

/** What counts for each of two members who were one, at the events of either. */
async function settleApart(repositories: Repositories, memberIds: readonly MemberId[], now: DateTime): Promise<void> {
  const events: EventId[] = [];
  for (const id of memberIds) events.push(...(await eventsOf(repositories, id)));
  for (const id of memberIds) await settleAttendanceOf(repositories, id, events, now);
}
