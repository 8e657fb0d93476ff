import type { DateTime } from 'luxon';
import type { EventId, MemberId } from '../ids.js';
import type { Reminder } from './choices.js';
import type { PastLine } from './event-past.js';
import type { Goer } from './goer.js';

/** An event ahead that a reminder is perhaps due for. */
export interface Upcoming {
  id: EventId;
  startsAt: DateTime;
  firstSeenAt: DateTime;
}

/** An event ahead that a member goes to or thinks of. */
export interface Awaited {
  event: { id: EventId; title: string; startsAt: DateTime };
  goer: Goer;
}

/** A message that showed somebody how an event stood. */
export interface Shown {
  /** How it stood after this run or at this moment. */
  at: DateTime;
  /** A notice of the changes up to then, which surely went out. A reminder shows how things are, and tells no change. */
  isNotice: boolean;
}

/** Storage's view of who goes to events, and of what they are due for it. */
export interface GoersRepository {
  /** Nothing for somebody who neither goes nor thinks of it. */
  find(eventId: EventId, memberId: MemberId): Promise<Goer | undefined>;
  /** What begins after a moment and a member goes to or thinks of, the next first; nothing for one who stopped all messages. */
  listAwaited(memberId: MemberId, after: DateTime): Promise<Awaited[]>;
  /** Those who answered by that moment, in the order of their ids, behind one of them; nobody who stopped all messages. */
  list(eventId: EventId, asked: { by: DateTime; after: MemberId | undefined; most: number }): Promise<Goer[]>;
  /** Whether there is anybody. */
  hasAny(eventId: EventId): Promise<boolean>;
  /** Events ahead that begin soon enough for the reminder, that somebody goes to, and of which it is not planned yet. */
  listUnplanned(reminder: Reminder, now: DateTime): Promise<Upcoming[]>;
  /** When the first event begins after a moment. */
  nextStartAfter(moment: DateTime): Promise<DateTime | undefined>;
  /** The history of events, as far as it is about whether, when and where they take place. */
  listPast(eventIds: readonly EventId[]): Promise<Map<EventId, PastLine[]>>;
  /** The last run in which an event changed so that those who go are told. */
  lastNoticeAt(eventId: EventId): Promise<DateTime | undefined>;
  /** Moments of which this member may know how the event stood then, by a message; in no order. */
  listShown(eventId: EventId, memberId: MemberId): Promise<Shown[]>;
}
