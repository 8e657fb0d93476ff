import type { DateTime } from 'luxon';
import type { DeliveryId, IdentityId, MemberId } from '../ids.js';
import type { Identity } from '../members/member.js';
import type { SpaceRef } from '../orgs/rights.js';
import type { ChannelRef } from './channel.js';

/**
 * What becomes of a delivery: `cancelled` when its reason no longer holds, `undeliverable` when whoever it is for cannot
 * be reached, `rejected` when a platform or the product itself cannot take this very message.
 */
export const DELIVERY_STATES = ['pending', 'sent', 'cancelled', 'undeliverable', 'rejected'] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** What is done in a channel: a new message, an answer beneath an earlier one, or that one changed. */
export type PostAct = { do: 'post' } | { do: 'reply' | 'edit'; of: string };

/** What is done in a platform's own calendar: an event made, brought up to date, or taken down. */
export type MirrorAct = { do: 'make' } | { do: 'change' | 'cancel'; of: string };

export interface MemberTarget {
  memberId: MemberId;
  /** The account to write to first, such as the one they acted with. */
  identityId?: IdentityId;
  /** The dedupe key of an earlier message to them, which is changed in its place: nothing new comes. */
  edits?: string;
}

export interface ChannelTarget {
  channel: ChannelRef;
  act: PostAct;
}

export interface CalendarTarget {
  scheduledEvent: { space: SpaceRef; act: MirrorAct };
}

/**
 * Where a delivery goes. `of` is the dedupe key of the post or of the event made: its own message is followed up once
 * it is there, and what follows something that came to nothing is cancelled.
 */
export type DeliveryTarget = MemberTarget | ChannelTarget | CalendarTarget;

/**
 * A message that somebody is due. The payload holds plain JSON with ids of things, never of other people and never a
 * text: the words are made when it is sent, and what is erased meanwhile is not left in here. What one member or one
 * channel is due goes out in the order in which it is due, and of one moment in the order of planning.
 */
export type PlannedDelivery = {
  /** The occasion: planning the same one again plans nothing new. A member's holds their id. */
  dedupeKey: string;
  /** Which words to send; `onDelivery`, `onPost` or `onMirror` in a bot module gives them. */
  kind: string;
  payload: unknown;
  dueAt: DateTime;
} & DeliveryTarget;

/** The delivery that another one follows up, as far as it came. */
export interface Followed {
  id: DeliveryId;
  state: DeliveryState;
  /** The account that it went to, if it went to one. */
  identityId: IdentityId | undefined;
  sentChannelId: string | undefined;
  sentMessageId: string | undefined;
}

/** Where a delivery that is due goes. `followed` is nothing for what follows up nothing, or when that is long gone. */
export type DueTarget =
  | {
      to: 'member';
      memberId: MemberId;
      identityId: IdentityId | undefined;
      edits: string | undefined;
      followed: Followed | undefined;
    }
  | { to: 'channel'; channel: ChannelRef; act: PostAct; followed: Followed | undefined }
  | { to: 'calendar'; space: SpaceRef; act: MirrorAct; followed: Followed | undefined };

/** A delivery that waits to be sent. */
export interface DueDelivery {
  id: DeliveryId;
  /** The occasion. */
  dedupeKey: string;
  kind: string;
  payload: unknown;
  dueAt: DateTime;
  target: DueTarget;
  /** Claims so far. */
  attempts: number;
  /** Tries that failed. Being asked to wait is none. */
  failures: number;
  /** Since when a copy may be in the conversation, because an earlier try had no known outcome. */
  unsureSince: DateTime | undefined;
}

/** A delivery that a dispatcher has claimed: nobody else sends it until the claim runs out. */
export interface ClaimedDelivery extends DueDelivery {
  /** Which claim it is; a note of the outcome counts only while no later one was made. */
  claim: number;
}

/** What a dispatcher notes after a try. `error` is a kind or code for operators, never a text of a person. */
export type DeliveryOutcome =
  | { state: 'sent'; at: DateTime; channelId: string; messageId: string | undefined }
  /** Tried again: with the same account, unless that one is closed; `mayBeThere` if this try's fate is unknown. */
  | {
      state: 'pending';
      nextTryAt: DateTime;
      account: 'same' | 'another';
      mayBeThere: boolean;
      isFailure: boolean;
      error: string;
    }
  /** Not now: due anew at an instant, and waited for by nothing until then. It was no try. */
  | { state: 'postponed'; until: DateTime }
  /** `mayBeThere` if the last try's fate is unknown. */
  | { state: 'cancelled' | 'undeliverable' | 'rejected'; error: string | undefined; mayBeThere?: boolean };

/** How a delivery ended, for whoever planned it. */
export interface Settled {
  state: Exclude<DeliveryState, 'pending'>;
  error: string | undefined;
  /** Whether it may have got through: it did, or it was given up after a try whose fate is unknown. */
  mayBeThere: boolean;
}

/** The error of what its recipient cannot be reached by any more, unlike what was given up after an outage. */
export const UNREACHABLE = 'unreachable';

/** The end of a delivery, if this outcome is one. */
export function settledBy(
  outcome: DeliveryOutcome,
  { unsureSince }: Pick<DueDelivery, 'unsureSince'>,
): Settled | undefined {
  if (outcome.state === 'pending' || outcome.state === 'postponed') return undefined;
  if (outcome.state === 'sent') return { state: 'sent', error: undefined, mayBeThere: true };
  const mayBeThere = outcome.mayBeThere === true || unsureSince !== undefined;
  return { state: outcome.state, error: outcome.error, mayBeThere };
}

/** The same at every try, so that platforms can tell copies; at most 25 characters, which is Discord's limit. */
export function nonceOf(id: DeliveryId): string {
  return `d-${id}`;
}

/** Accounts whose messages are open before those never tried, and closed ones last: for what their owner asked for. */
const REACH_ORDER = ['open', 'unknown', 'closed'] as const;

/**
 * The account to send to: the one already tried while it may have a copy, so that no second account gets one; else the
 * preferred one unless its messages are closed; else the most promising. Nothing while none is on a running platform.
 */
export function pickIdentity(
  { identityId, unsureSince }: { identityId: IdentityId | undefined; unsureSince: DueDelivery['unsureSince'] },
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
 * How long to wait after so many failures, in milliseconds: twice as long each time, an hour at most.
 *
 * @param random from 0 to 1; spreads the tries, so that after an outage they do not all come at once.
 */
export function pauseMs(failures: number, random: number): number {
  const whole = Math.min(FIRST_PAUSE_MS * 2 ** (failures - 1), LONGEST_PAUSE_MS);
  return Math.round(whole * (0.75 + 0.5 * random));
}

/**
 * How often a delivery may have failed before others of the same member or channel no longer wait for it: some ten
 * minutes. A hiccup of the platform changes no order; a message that something is wrong with holds up nobody for days.
 */
export const HOLDS_UP_FAILURES = 7;

/** For how long after it was due a delivery is tried, in days. */
const TRIED_DAYS = 3;

/** And how often at least: the process may have been down for all of that time. */
const LEAST_TRIES = 7;

/** Whether a delivery that would be tried again then is given up. `tries` were made of it so far. */
export function isGivenUp({ dueAt }: Pick<DueDelivery, 'dueAt'>, nextTryAt: DateTime, tries: number): boolean {
  return tries >= LEAST_TRIES && nextTryAt > dueAt.plus({ days: TRIED_DAYS });
}
