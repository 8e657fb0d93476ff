import type { DateTime } from 'luxon';
import type { DeliveryId, IdentityId } from '../ids.js';
import type { ClaimedDelivery, DeliveryOutcome, PlannedDelivery } from './delivery.js';

/** How full the outbox is at a moment. */
export interface DeliveryCounts {
  /** Pending and due, also those that wait for another try. */
  due: number;
  oldestDueAt: DateTime | undefined;
  /** Dead letters: given up, or refused. */
  undeliverable: number;
  rejected: number;
}

/** The durable outbox: what is due to whom, and what became of it. */
export interface DeliveriesRepository {
  /**
   * Notes that a member is due a message, in the transaction of the fact it follows from. The same dedupe key again
   * plans nothing new, whatever became of the first.
   */
  plan(delivery: PlannedDelivery): Promise<void>;
  /** How much is due at this moment, and how much was given up for good. */
  counts(now: DateTime): Promise<DeliveryCounts>;
  /** When the next pending delivery may be tried, claimed ones counted by the end of their claim. */
  nextTryAt(): Promise<DateTime | undefined>;
  /** Takes up to so many due deliveries, the longest due first; nobody else gets them before `until`. */
  claimDue(claim: { now: DateTime; until: DateTime; most: number }): Promise<ClaimedDelivery[]>;
  /** Notes which account a claimed delivery goes to, before it is sent. */
  noteIdentity(id: DeliveryId, identityId: IdentityId | undefined): Promise<void>;
  /** Notes what came of a claimed delivery; false, and nothing written, if somebody else claimed it since. */
  noteOutcome(claimed: ClaimedDelivery, outcome: DeliveryOutcome): Promise<boolean>;
}
