import type { DateTime } from 'luxon';
import type { DeliveryId, IdentityId } from '../ids.js';
import type { ClaimedDelivery, DeliveryOutcome, PlannedDelivery } from './delivery.js';

/** The durable outbox: what is due to whom, and what became of it. */
export interface DeliveriesRepository {
  /**
   * Notes that somebody is due a message, in the transaction of the fact it follows from. The same dedupe key again
   * plans nothing new, whatever became of the first.
   */
  plan(delivery: PlannedDelivery): Promise<void>;
  /** When the next pending delivery may be tried, claimed ones counted by the end of their claim. */
  nextTryAt(): Promise<DateTime | undefined>;
  /**
   * Takes up to so many due deliveries, the longest due first; nobody else gets them before `until`. What waits for an
   * earlier one of the same member or channel, or for the one that it follows up, is not among them.
   */
  claimDue(claim: { now: DateTime; until: DateTime; most: number }): Promise<ClaimedDelivery[]>;
  /** Notes which account a claimed delivery goes to, before it is sent. */
  noteIdentity(id: DeliveryId, identityId: IdentityId | undefined): Promise<void>;
  /** Notes what came of a claimed delivery; false, and nothing written, if somebody else claimed it since. */
  noteOutcome(claimed: ClaimedDelivery, outcome: DeliveryOutcome): Promise<boolean>;
}
