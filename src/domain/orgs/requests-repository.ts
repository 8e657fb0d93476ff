import type { DateTime } from 'luxon';
import type { MemberId, OrgId, RequestId } from '../ids.js';
import type { JoinRequest, RequestState } from './join-request.js';
import type { Page } from './org.js';

/** Storage of requests to join; at most one of a member to an org is pending. */
export interface RequestsRepository {
  add(request: JoinRequest): Promise<void>;
  find(id: RequestId): Promise<JoinRequest | undefined>;
  findPending(orgId: OrgId, memberId: MemberId): Promise<JoinRequest | undefined>;
  /** The member's last requests to this org, the newest first. */
  listLatest(orgId: OrgId, memberId: MemberId, most: number): Promise<JoinRequest[]>;
  /** What waits for an answer, the longest waiting first. A page beyond the last gives the last. */
  listPending(orgId: OrgId, at: { page: number; pageSize: number }): Promise<Page<JoinRequest>>;
  /** Ends a pending request; false, and nothing written, if it had ended before. */
  close(
    id: RequestId,
    end: { state: Exclude<RequestState, 'pending'>; at: DateTime; by: MemberId | undefined },
  ): Promise<boolean>;
}
