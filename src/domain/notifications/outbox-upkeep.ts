import type { DateTime } from 'luxon';
import type { DeliveryId } from '../ids.js';
import type { DeliveryState } from './delivery.js';

/** States in which a delivery was given up: dead letters, which an operator may have tried again. */
export const DEAD_STATES = ['undeliverable', 'rejected'] as const;
export type DeadState = (typeof DEAD_STATES)[number];

/** A delivery as operators see it: ids and codes, no words and no names. */
export interface OutboxEntry {
  id: DeliveryId;
  dedupeKey: string;
  kind: string;
  state: DeliveryState;
  /** Whom it is for, such as `member 0h3…` or `discord 123…/456…: reply`. */
  to: string;
  /** The occasion of the delivery that it follows up. */
  of: string | undefined;
  dueAt: DateTime;
  lane: string | undefined;
  attempts: number;
  failures: number;
  nextTryAt: DateTime;
  unsureSince: DateTime | undefined;
  lastError: string | undefined;
  sentAt: DateTime | undefined;
  sentChannelId: string | undefined;
  sentMessageId: string | undefined;
}

/** How the outbox stands. */
export interface OutboxCounts {
  /** Deliveries that are due and not sent yet, those included that wait for another try. */
  due: number;
  /** Since when the first of them is; long ago while the dispatcher does not keep up, or a platform is held back. */
  oldestDueAt: DateTime | undefined;
  undeliverable: number;
  rejected: number;
}

/** Which deliveries may go: those in these states that were due before the instant. */
export interface Prunable {
  states: readonly Exclude<DeliveryState, 'pending'>[];
  before: DateTime;
  /** Whether it is about those that later ones follow up, or about all others. */
  followable: boolean;
}

/** What operators and the daily upkeep do with the outbox. */
export interface OutboxUpkeep {
  /** Quick, however much was ever sent. */
  counts(now: DateTime): Promise<OutboxCounts>;
  /** What stands in a state, the latest due first; of what is pending, the next first. */
  list(asked: { state: DeliveryState; most: number }): Promise<OutboxEntry[]>;
  find(id: DeliveryId): Promise<OutboxEntry | undefined>;
  /** Has dead letters tried again as if they were due now; says how many. */
  retry(which: { id: DeliveryId } | { state: DeadState }, now: DateTime): Promise<number>;
  /** Deletes up to so many; says how many. */
  prune(which: Prunable, most: number): Promise<number>;
}
