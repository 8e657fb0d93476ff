import type { DateTime } from 'luxon';
import type { EventId, MailingId, MemberId } from '../ids.js';
import type { Repositories } from '../repositories.js';

/**
 * A message that many are due. It is one row in the transaction of its fact, however many it is for; once it is due,
 * deliveries of its kind with its payload are made of it in portions, each by the key `{occasion}:{member's id}`.
 */
export interface PlannedMailing {
  /** Planning the same one again plans nothing new. */
  occasion: string;
  /** Of the deliveries; there is an audience for each kind. */
  kind: string;
  /** The event it is about: it goes with it. */
  eventId?: EventId | undefined;
  /** Of the deliveries. */
  payload: unknown;
  /** Of the deliveries, and when it is found out who they go to. */
  dueAt: DateTime;
}

export interface Mailing extends PlannedMailing {
  id: MailingId;
  /** Members up to this one have their delivery. */
  reached: MemberId | undefined;
}

/** Storage of mailings. */
export interface MailingsRepository {
  /** Notes that many are due a message, in the transaction of the fact it follows from. */
  plan(mailing: PlannedMailing): Promise<void>;
  /** Due ones that have not reached everybody, the longest due first, at most so many. */
  listDue(now: DateTime, most: number): Promise<MailingId[]>;
  /** When the next one that has not reached everybody is due. */
  nextDueAt(): Promise<DateTime | undefined>;
  /** One that has not reached everybody yet. */
  findOpen(id: MailingId): Promise<Mailing | undefined>;
  noteReached(id: MailingId, reached: MemberId): Promise<void>;
  noteFinished(id: MailingId, at: DateTime): Promise<void>;
  /** Drops those that were finished before an instant. */
  dropFinished(before: DateTime): Promise<number>;
}

/**
 * Who a mailing goes to: the next members after one by their ids, in that order, at most so many. Fewer than that are
 * the last. It is asked portion by portion, each time as things stand then.
 */
export type Audience = (
  repositories: Repositories,
  mailing: Mailing,
  portion: { after: MemberId | undefined; most: number; now: DateTime },
) => Promise<MemberId[]>;
