import type { DateTime } from 'luxon';
import type { DeliveryId, IdentityId, MemberId } from '../ids.js';
import type { ClaimedDelivery, DeliveryOutcome, DueDelivery, PlannedDelivery } from './delivery.js';
import type { OutboxUpkeep } from './outbox-upkeep.js';

/** The durable outbox: what is due to whom, and what became of it. */
export interface DeliveriesRepository extends OutboxUpkeep {
  /**
   * Notes that somebody is due a message, in the transaction of the fact it follows from. The same dedupe key again
   * plans nothing new, whatever became of the first.
   */
  plan(delivery: PlannedDelivery): Promise<void>;
  /** The same for many at once. */
  planAll(deliveries: readonly PlannedDelivery[]): Promise<void>;
  /** When the first pending delivery may be tried after a moment, claimed ones counted by the end of their claim. */
  nextTryAfter(now: DateTime): Promise<DateTime | undefined>;
  /** Due deliveries of which nobody has looked up yet in which lane they stand, the longest due first. */
  listUnsorted(asked: { now: DateTime; most: number }): Promise<DueDelivery[]>;
  /** Puts a delivery into its lane, with the account it goes to. */
  sort(id: DeliveryId, into: { lane: string; identityId: IdentityId | undefined }): Promise<void>;
  /** The lanes in which anything stands, claimed or not. */
  listLanes(): Promise<string[]>;
  /**
   * Due deliveries of a lane: those first of which a copy may be there, as platforms tell copies for minutes only, and
   * then the longest due. What waits for an earlier one of the same member or channel, or for the one that it follows
   * up, is not among them.
   */
  listDue(asked: { lane: string; now: DateTime; most: number }): Promise<DueDelivery[]>;
  /** Takes a due delivery, in the transaction that listed it: nobody else gets it before `until`. */
  claim(due: DueDelivery, claim: { now: DateTime; until: DateTime }): Promise<ClaimedDelivery>;
  /** Keeps a delivery that is under way from others for longer, unless somebody else claimed it since. */
  renew(claimed: ClaimedDelivery, until: DateTime): Promise<void>;
  /** What went out to a member since an instant, in no order. */
  listSentTo(memberId: MemberId, since: DateTime): Promise<{ kind: string; payload: unknown }[]>;
  /** What of one kind went out to a member since an instant, with the account it went to. */
  listSentOfKind(
    memberId: MemberId,
    kind: string,
    since: DateTime,
  ): Promise<{ dedupeKey: string; payload: unknown; identityId: IdentityId | undefined }[]>;
  /** Notes what came of a claimed delivery; false, and nothing written, if somebody else claimed it since. */
  noteOutcome(claimed: ClaimedDelivery, outcome: DeliveryOutcome): Promise<boolean>;
}
