import type { DateTime } from 'luxon';
import type { EventId, MemberId, OrgId } from '../ids.js';
import type { Choices, Reminder } from './choices.js';

/** Storage of what members want to hear. */
export interface ChoicesRepository {
  /** @throws DomainError `members.unknown` */
  get(memberId: MemberId): Promise<Choices>;
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
}
