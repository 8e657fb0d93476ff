import type { DateTime } from 'luxon';
import type { InviteId, MemberId, OrgId } from '../ids.js';
import type { Invite } from './invite.js';
import type { Page } from './org.js';

/** Storage of invites. */
export interface InvitesRepository {
  add(invite: Invite): Promise<void>;
  find(id: InviteId): Promise<Invite | undefined>;
  findByCode(code: string): Promise<Invite | undefined>;
  /** An org's invites, those not revoked first, then the newest. A page beyond the last gives the last. */
  list(orgId: OrgId, at: { page: number; pageSize: number }): Promise<Page<Invite>>;
  /** The newest invites, not revoked, of the orgs that this member is an active admin of. */
  listOfAdmin(memberId: MemberId, most: number): Promise<Invite[]>;
  /** Counts one more person in. */
  addUse(id: InviteId): Promise<void>;
  /** False, and nothing written, if it was revoked before. */
  revoke(id: InviteId, at: DateTime): Promise<boolean>;
}
