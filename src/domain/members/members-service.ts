import type { Clock } from '../../shared/clock.js';
import { type MemberId, newIdentityId, newMemberId } from '../ids.js';
import type { Org } from '../orgs/org.js';
import type { InTransaction } from '../repositories.js';
import type { Account, PlatformName } from './account.js';
import type { Identity, Member, Privacy, Profile, Reach } from './member.js';
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

export type MembersService = ReturnType<typeof createMembersService>;

/** People: their consent, their accounts, what they say about themselves. */
export function createMembersService({ inTransaction, clock }: { inTransaction: InTransaction; clock: Clock }) {
  return {
    /** Who is behind an account, or nothing for somebody who has not agreed yet. */
    async find(account: Account): Promise<{ member: Member; identity: Identity } | undefined> {
      return inTransaction(({ members }) => members.findByAccount(account), { isReadOnly: true });
    },

    /**
     * Records a person's consent: from here on Rollcall keeps something about them. Safe to repeat, also by two taps
     * at once: the second finds the first one's member.
     */
    async agree(person: NewMember): Promise<{ member: Member; identity: Identity }> {
      return inTransaction(async ({ members }) => {
        const known = await members.findByAccount(person.account);
        if (known) return known;
        const member = newMember(person, clock);
        const identity = newIdentity(member.id, person);
        await members.add(member);
        await members.addIdentity(identity);
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
      return inTransaction(async ({ members }) => {
        const member = await members.get(memberId);
        const privacy = { ...member.privacy, [choice]: isOn };
        await members.updatePrivacy(memberId, privacy);
        return { ...member, privacy };
      });
    },

    /** What deleting would leave behind: the orgs that would have no admin any more. */
    async previewErasure(memberId: MemberId): Promise<{ orphaned: Org[] }> {
      return inTransaction(async ({ orgs }) => ({ orphaned: await orgs.listSoleAdminOf(memberId) }), {
        isReadOnly: true,
      });
    },

    /** Erases everything about the member, for good. Erasing again finds nothing, and says nothing. */
    async erase(memberId: MemberId): Promise<void> {
      await inTransaction(({ members }) => members.erase(memberId));
    },

    /** Turns every unrequested message off. Somebody who never agreed has none, and nothing is stored about them. */
    async stopMessages(account: Account): Promise<'stopped' | 'never-agreed'> {
      return inTransaction(async ({ members }) => {
        const known = await members.findByAccount(account);
        if (!known) return 'never-agreed';
        if (!known.member.stoppedAt) await members.updateStoppedAt(known.member.id, clock.now());
        return 'stopped';
      });
    },

    /** Takes `stop` back: messages go by the member's own choices again. */
    async resumeMessages(memberId: MemberId): Promise<void> {
      await inTransaction(({ members }) => members.updateStoppedAt(memberId, undefined));
    },

    /** Notes what sending to an account taught: whether it gets through, and the conversation's id. */
    async noteReach(identity: Identity, reach: Reach, directChannelId: string | undefined): Promise<void> {
      const channel = directChannelId ?? identity.directChannelId;
      await inTransaction(({ members }) => members.updateReach(identity.id, { reach, directChannelId: channel }));
    },

    /** Notes that a workspace lets the bot in again: people there who could not be reached may be reachable now. */
    async noteWorkspaceBack(platform: PlatformName, teamId: string): Promise<void> {
      await inTransaction(({ members }) => members.reopenReach(platform, teamId));
    },

    /** Notes that the one welcome message went out. */
    async noteWelcomed(identity: Identity): Promise<void> {
      await inTransaction(({ members }) => members.noteWelcomed(identity.id, clock.now()));
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
    welcomedAt: undefined,
  };
}
