import type { DateTime } from 'luxon';
import type { EventType } from '../events/event.js';
import type { EventResponse } from '../events/response.js';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { Choices, Reminder } from './choices.js';

/** An event ahead that a member said they come to, or may, or is registered for. */
export interface AwaitedEvent {
  id: EventId;
  title: string;
  startsAt: DateTime;
  response: EventResponse['response'];
  /** What they chose for this one; nothing when their usual reminders hold. */
  reminders: Reminder[] | undefined;
}

/** Storage of what members want to hear. */
export interface ChoicesRepository {
  /** @throws DomainError `members.unknown` */
  get(memberId: MemberId): Promise<Choices>;
  /** Those of them that there are, in no order. */
  list(memberIds: readonly MemberId[]): Promise<Choices[]>;
  /** Writes the choices over what they were. */
  save(choices: Choices): Promise<void>;

  /** What the member chose for this one event; nothing when their usual reminders hold. */
  findEventReminders(eventId: EventId, memberId: MemberId): Promise<Reminder[] | undefined>;
  saveEventReminders(eventId: EventId, memberId: MemberId, reminders: readonly Reminder[]): Promise<void>;
  /** From then on the usual ones hold. */
  clearEventReminders(eventId: EventId, memberId: MemberId): Promise<void>;

  /** The orgs of a member whose new events they do not want to hear of. */
  listMuted(memberId: MemberId): Promise<OrgId[]>;
  /** Mutes an org of the member's since a moment, or takes that back. Without a membership nothing is written. */
  setMutedAt(orgId: OrgId, memberId: MemberId, mutedAt: DateTime | undefined): Promise<void>;

  /**
   * How many events a digest would tell the member of: those that begin after a moment, of their orgs that they did not
   * mute, of these types, that they were not told of and have not answered.
   */
  countUntold(memberId: MemberId, asked: { after: DateTime; types: readonly EventType[] | undefined }): Promise<number>;
  /** What begins after a moment and the member goes to or is interested in, the next first. */
  listAwaited(memberId: MemberId, after: DateTime): Promise<AwaitedEvent[]>;
}
