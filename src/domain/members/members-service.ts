import { type DateTime, IANAZone } from 'luxon';
import type { Clock } from '../../shared/clock.js';
import { type MemberId, newIdentityId, newMemberId } from '../ids.js';
import type { PlannedDelivery } from '../notifications/delivery.js';
import { replanDigest } from '../notifications/digest-planning.js';
import type { Org } from '../orgs/org.js';
import type { InTransaction } from '../repositories.js';
import type { Account, PlatformName } from './account.js';
import { changeLocation, type LocationChange } from './location.js';
import type { Identity, Member, Privacy, Profile } from './member.js';
import type { HeldPart } from './personal-data.js';
import { tidyDisplayName, tidyProfile } from './profile.js';

/** What a platform tells of a person at the moment they agree. */
export interface NewMember {
  account: Account;
  displayName: string;
  zone: string | undefined;
  locale: string;
  /** The conversation they are writing in, if it is the one with the bot. */
  directChannelId: string | undefined;
}

/** The short hello that opens the conversation, once an account. Its payload is empty. */
export const WELCOME = 'members.welcome';

/** The file with everything held about a member, which they asked for. Its payload is empty. */
export const EXPORT = 'profile.export';

export type MembersService = ReturnType<typeof createMembersService>;

/** People: their consent, their accounts, what they say about themselves. */
export function createMembersService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  const onErased = new Set<(account: Account) => void>();
  return {
    /** Who is behind an account, or nothing for somebody who has not agreed yet. */
    async find(account: Account): Promise<{ member: Member; identity: Identity } | undefined> {
      return inTransaction(({ members }) => members.findByAccount(account), { isReadOnly: true });
    },

    /**
     * Records a person's consent: from here on Rollcall keeps something about them. Safe to repeat, also by two taps
     * at once: the second finds the first one's member. One short welcome goes to the account.
     */
    async agree(person: NewMember): Promise<{ member: Member; identity: Identity }> {
      return inTransaction(async ({ members, deliveries }) => {
        const known = await members.findByAccount(person.account);
        if (known) return known;
        const member = newMember(person, clock);
        const identity = newIdentity(member.id, person);
        await members.add(member);
        await members.addIdentity(identity);
        await deliveries.plan(welcome(identity, clock));
        return { member, identity };
      });
    },

    /** The member's own record. */
    async get(memberId: MemberId): Promise<Member> {
      return inTransaction(({ members }) => members.get(memberId), { isReadOnly: true });
    },

    /**
     * Replaces the member's profile.
     *
     * @throws DomainError `profile.name-missing`, `profile.too-many-skills`.
     */
    async editProfile(memberId: MemberId, profile: Profile): Promise<Profile> {
      const tidy = tidyProfile(profile);
      await inTransaction(({ members }) => members.updateProfile(memberId, tidy));
      return tidy;
    },

    /** Turns one of the member's privacy choices on or off. Safe to repeat. */
    async setPrivacy(memberId: MemberId, choice: keyof Privacy, isOn: boolean): Promise<Member> {
      return inTransaction(async (repositories) => {
        const { members } = repositories;
        const member = await members.get(memberId);
        const privacy = { ...member.privacy, [choice]: isOn };
        await members.updatePrivacy(memberId, privacy);
        await replanDigest(repositories, memberId, clock.now());
        return { ...member, privacy };
      });
    },

    /**
     * Changes where the member lives and whether that may be used; what is left out stays. Clearing the city (`null`)
     * turns its use off as well. Safe to repeat.
     */
    async setLocation(memberId: MemberId, change: LocationChange): Promise<Member> {
      return inTransaction(async (repositories) => {
        const { members } = repositories;
        const member = changeLocation(await members.get(memberId), change);
        await members.updateCity(memberId, member.city);
        await members.updatePrivacy(memberId, member.privacy);
        await replanDigest(repositories, memberId, clock.now());
        return member;
      });
    },

    /**
     * Sets the zone in which the member's days are reckoned, an IANA name.
     *
     * @throws RangeError for a zone that does not exist.
     */
    async setZone(memberId: MemberId, zone: string): Promise<Member> {
      if (!IANAZone.isValidZone(zone)) throw new RangeError('There is no such zone.');
      return inTransaction(async (repositories) => {
        const { members } = repositories;
        const member = await members.get(memberId);
        await members.updateZone(memberId, zone);
        await replanDigest(repositories, memberId, clock.now());
        return { ...member, zone };
      });
    },

    /** The member, with the zone that their platform tells if nobody told one before; it is stored then. */
    async withZoneOf(member: Member, zone: string | undefined): Promise<Member> {
      if (member.zone !== undefined || zone === undefined || !IANAZone.isValidZone(zone)) return member;
      return this.setZone(member.id, zone);
    },

    /** What deleting would leave behind: the orgs that would have no admin any more. */
    async previewErasure(memberId: MemberId): Promise<{ orphaned: Org[] }> {
      return inTransaction(async ({ orgs }) => ({ orphaned: await orgs.listSoleAdminOf(memberId) }), {
        isReadOnly: true,
      });
    },

    /**
     * Erases everything about the member, for good: from the database, its file and what is remembered in memory.
     * Erasing again finds nothing, and says nothing.
     */
    async erase(memberId: MemberId): Promise<void> {
      const accounts = await inTransaction(({ personalData }) => personalData.erase(memberId), {
        leavesNoTrace: true,
      });
      for (const account of accounts) for (const forget of onErased) forget(account);
    },

    /** Calls back with each account of a member who was erased, for whoever remembers people in memory. */
    onErased(forget: (account: Account) => void): void {
      onErased.add(forget);
    },

    /**
     * Has a file with everything held about the member sent to the account they ask with. It is made when it is sent,
     * and kept nowhere. Asked for again within a minute, it is sent once.
     */
    async requestExport({ id, memberId }: Identity): Promise<void> {
      const now = clock.now();
      await inTransaction(({ deliveries }) =>
        deliveries.plan({
          dedupeKey: `${EXPORT}:${id}:${now.toFormat('yyyyMMddHHmm')}`,
          memberId,
          identityId: id,
          kind: EXPORT,
          payload: {},
          dueAt: now,
        }),
      );
    },

    /** Everything that is held about the member at this moment, part by part, in words that they understand. */
    async held(memberId: MemberId): Promise<{ parts: HeldPart[]; at: DateTime }> {
      const parts = await inTransaction(({ personalData }) => personalData.list(memberId), { isReadOnly: true });
      return { parts, at: clock.now() };
    },

    /** Turns every unrequested message off. Somebody who never agreed has none, and nothing is stored about them. */
    async stopMessages(account: Account): Promise<'stopped' | 'never-agreed'> {
      return inTransaction(async (repositories) => {
        const { members } = repositories;
        const known = await members.findByAccount(account);
        if (!known) return 'never-agreed';
        if (known.member.stoppedAt) return 'stopped';
        await members.updateStoppedAt(known.member.id, clock.now());
        await replanDigest(repositories, known.member.id, clock.now());
        return 'stopped';
      });
    },

    /** Takes `stop` back: messages go by the member's own choices again. */
    async resumeMessages(memberId: MemberId): Promise<void> {
      await inTransaction(async (repositories) => {
        await repositories.members.updateStoppedAt(memberId, undefined);
        await replanDigest(repositories, memberId, clock.now());
      });
    },

    /**
     * The account of somebody who acts, perhaps in their own conversation with the bot: if messages did not get through
     * there, they are tried again from now on.
     */
    async inTouch(identity: Identity, directChannelId: string | undefined): Promise<Identity> {
      if (identity.reach !== 'closed' || directChannelId === undefined) return identity;
      const reach = { reach: 'unknown', directChannelId } as const;
      await inTransaction(({ members }) => members.updateReach(identity.id, reach));
      return { ...identity, ...reach };
    },

    /** Notes that a workspace lets the bot in again: people there who could not be reached may be reachable now. */
    async noteWorkspaceBack(platform: PlatformName, teamId: string): Promise<void> {
      await inTransaction(({ members }) => members.reopenReach(platform, teamId));
    },
  };
}

function newMember(person: NewMember, clock: Clock): Member {
  return {
    id: newMemberId(),
    profile: {
      name: tidyDisplayName(person.displayName),
      headline: '',
      careerStage: undefined,
      skills: [],
      lookingFor: '',
    },
    privacy: { isLocationDiscoverable: false, isAttendanceShared: false, isProfileShared: true },
    city: undefined,
    zone: person.zone,
    locale: person.locale,
    consentedAt: clock.now(),
    stoppedAt: undefined,
  };
}

function newIdentity(memberId: MemberId, person: NewMember): Identity {
  return {
    id: newIdentityId(),
    memberId,
    account: person.account,
    directChannelId: person.directChannelId,
    reach: person.directChannelId === undefined ? 'unknown' : 'open',
  };
}

function welcome({ id, memberId }: Identity, clock: Clock): PlannedDelivery {
  return { dedupeKey: `welcome:${id}`, memberId, kind: WELCOME, payload: {}, dueAt: clock.now(), identityId: id };
}
