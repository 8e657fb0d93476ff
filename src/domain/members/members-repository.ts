import type { DateTime } from 'luxon';
import type { IdentityId, MemberId } from '../ids.js';
import type { City } from '../places/city.js';
import type { Account, PlatformName } from './account.js';
import type { Identity, Member, Privacy, Profile, Reach } from './member.js';

/** Storage of members and their accounts. */
export interface MembersRepository {
  /** Who is behind an account: one look-up, as it stands before every command. */
  findByAccount(account: Account): Promise<{ member: Member; identity: Identity } | undefined>;
  /** @throws DomainError `members.unknown` */
  get(id: MemberId): Promise<Member>;
  /** Those of them that there are, in no order. */
  list(ids: readonly MemberId[]): Promise<Member[]>;
  add(member: Member): Promise<void>;
  /** False, and nothing written, if the account belongs to somebody already. */
  addIdentity(identity: Identity): Promise<boolean>;
  findIdentity(id: IdentityId): Promise<Identity | undefined>;
  /** The member's accounts, in an order that stays. */
  listIdentities(id: MemberId): Promise<Identity[]>;
  updateProfile(id: MemberId, profile: Profile): Promise<void>;
  updateCity(id: MemberId, city: City | undefined): Promise<void>;
  /** `zone` is an IANA name. */
  updateZone(id: MemberId, zone: string): Promise<void>;
  updatePrivacy(id: MemberId, privacy: Privacy): Promise<void>;
  updateStoppedAt(id: MemberId, stoppedAt: DateTime | undefined): Promise<void>;
  updateReach(id: IdentityId, reach: { reach: Reach; directChannelId: string | undefined }): Promise<void>;
  /** Accounts of that workspace that could not be reached count as not yet tried. */
  reopenReach(platform: PlatformName, teamId: string): Promise<void>;
}
