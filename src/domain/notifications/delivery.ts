import type { DateTime } from 'luxon';
import type { DeliveryId, IdentityId, MemberId } from '../ids.js';
import type { Identity } from '../members/member.js';

/**
 * What becomes of a delivery: `cancelled` when its reason no longer holds, `undeliverable` when the member cannot be
 * reached by any account, `rejected` when a platform or the product itself cannot take this very message.
 */
export const DELIVERY_STATES = ['pending', 'sent', 'cancelled', 'undeliverable', 'rejected'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/**
 * A message that a member is due. The payload holds plain JSON with ids of things, never of other people and never a
 * text: the words are made when it is sent, and what is erased meanwhile is not left in here.
 */
export interface PlannedDelivery {
  /** The occasion: planning the same one again plans nothing new. */
  dedupeKey: string;
  memberId: MemberId;
  /** Which words to send; `onDelivery` in a bot module gives them. */
  kind: string;
  payload: unknown;
  dueAt: DateTime;
  /** The account to write to first, such as the one they acted with. */
  identityId?: IdentityId;
}

/** A delivery that a dispatcher has claimed: nobody else sends it until the claim runs out. */
export interface ClaimedDelivery {
  id: DeliveryId;
  memberId: MemberId;
  kind: string;
  payload: unknown;
  dueAt: DateTime;
  /** Claims so far, this one counted; a note of the outcome counts only while no later claim was made. */
  attempts: number;
  identityId: IdentityId | undefined;
  /** Since when a copy may be in the conversation, because an earlier try had no known outcome. */
  unsureSince: DateTime | undefined;
}

/** What a dispatcher notes after a try. `error` is a kind or code for operators, never a text of a person. */
export type DeliveryOutcome =
  | { state: 'sent'; at: DateTime; channelId: string; messageId: string | undefined }
  /** Tried again: with the same account, unless that one is closed; `mayBeThere` if this try's fate is unknown. */
  | { state: 'pending'; nextTryAt: DateTime; account: 'same' | 'another'; mayBeThere: boolean; error: string }
  | { state: 'cancelled' | 'undeliverable' | 'rejected'; error: string | undefined };

/** The same at every try, so that platforms can tell copies; at most 25 characters, which is Discord's limit. */
export function nonceOf(id: DeliveryId): string {
  return `d-${id}`;
}

/** Accounts whose messages are open before those never tried, and closed ones last: they may have been opened since. */
const REACH_ORDER = ['open', 'unknown', 'closed'] as const;

/**
 * The account to send to: the one already tried while it may have a copy, so that no second account gets one; else the
 * preferred one unless its messages are closed; else the most promising. Nothing while none is on a running platform.
 */
export function pickIdentity(
  { identityId, unsureSince }: Pick<ClaimedDelivery, 'identityId' | 'unsureSince'>,
  reachable: readonly Identity[],
): Identity | undefined {
  const preferred = reachable.find(({ id }) => id === identityId);
  if (preferred && (unsureSince || preferred.reach !== 'closed')) return preferred;
  return REACH_ORDER.map((reach) => reachable.find((identity) => identity.reach === reach)).find(
    (identity) => identity !== undefined,
  );
}

const FIRST_PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 3_600_000;

/**
 * How long to wait after so many tries, in milliseconds: twice as long each time, an hour at most.
 *
 * @param random from 0 to 1; spreads the tries, so that after an outage they do not all come at once.
 */
export function pauseMs(attempts: number, random: number): number {
  const whole = Math.min(FIRST_PAUSE_MS * 2 ** (attempts - 1), LONGEST_PAUSE_MS);
  return Math.round(whole * (0.75 + 0.5 * random));
}

/** For how long after it was due a delivery is tried, in days. */
const TRIED_DAYS = 3;

/** When a delivery that never got through is given up. */
export function givenUpAt({ dueAt }: Pick<ClaimedDelivery, 'dueAt'>): DateTime {
  return dueAt.plus({ days: TRIED_DAYS });
}
