import type { Selectable } from 'kysely';
import { DomainError } from '../../domain/errors.js';
import type { EventType } from '../../domain/events/event.js';
import { MemberId, OrgId } from '../../domain/ids.js';
import { type Choices, REMINDERS, type Reminder } from '../../domain/notifications/choices.js';
import type { ChoicesRepository } from '../../domain/notifications/choices-repository.js';
import type { QuietHours } from '../../domain/notifications/quiet-hours.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import type { NotificationChoicesTable } from '../schema.js';

/** What members want to hear, in the database. */
export function choicesRepository(db: Connection): ChoicesRepository {
  return {
    async get(memberId) {
      const row = await db
        .selectFrom('notification_choices')
        .selectAll()
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      if (!row) throw new DomainError({ code: 'members.unknown' });
      return toChoices(row);
    },

    async save(choices) {
      await db
        .updateTable('notification_choices')
        .set(choicesColumns(choices))
        .where('member_id', '=', choices.memberId)
        .execute();
    },

    async findEventReminders(eventId, memberId) {
      const row = await db
        .selectFrom('event_reminders')
        .select('reminders')
        .where('event_id', '=', eventId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row && toReminders(row.reminders);
    },

    async saveEventReminders(eventId, memberId, reminders) {
      const row = { reminders: remindersText(reminders) };
      await db
        .insertInto('event_reminders')
        .values({ event_id: eventId, member_id: memberId, ...row })
        .onConflict((conflict) => conflict.columns(['event_id', 'member_id']).doUpdateSet(row))
        .execute();
    },

    async clearEventReminders(eventId, memberId) {
      await db
        .deleteFrom('event_reminders')
        .where('event_id', '=', eventId)
        .where('member_id', '=', memberId)
        .execute();
    },

    async listMuted(memberId) {
      const rows = await db
        .selectFrom('memberships')
        .select('org_id')
        .where('member_id', '=', memberId)
        .where('muted_at', 'is not', null)
        .execute();
      return rows.map(({ org_id }) => OrgId.parse(org_id));
    },

    async setMutedAt(orgId, memberId, mutedAt) {
      await db
        .updateTable('memberships')
        .set({ muted_at: mutedAt ? toInstantText(mutedAt) : null })
        .where('org_id', '=', orgId)
        .where('member_id', '=', memberId)
        .execute();
    },
  };
}

/** Everything of a row but the member. */
function choicesColumns({ frequency, reminders, types, quietHours, nextDigestAt, zoneAskedAt }: Choices) {
  return {
    frequency,
    reminders: remindersText(reminders),
    types: types?.join(',') ?? null,
    quiet_from: quietHours ? minutesOf(quietHours.from) : null,
    quiet_to: quietHours ? minutesOf(quietHours.to) : null,
    next_digest_at: nextDigestAt ? toInstantText(nextDigestAt) : null,
    zone_asked_at: zoneAskedAt ? toInstantText(zoneAskedAt) : null,
  };
}

/** A row as choices. The casts rest on the table's CHECK constraints and on nobody else writing it. */
function toChoices(row: Selectable<NotificationChoicesTable>): Choices {
  return {
    memberId: MemberId.parse(row.member_id),
    frequency: row.frequency as Choices['frequency'],
    reminders: toReminders(row.reminders),
    types: row.types === null ? undefined : (row.types.split(',') as EventType[]),
    quietHours: toQuietHours(row.quiet_from, row.quiet_to),
    nextDigestAt: row.next_digest_at ? fromInstantText(row.next_digest_at) : undefined,
    zoneAskedAt: row.zone_asked_at ? fromInstantText(row.zone_asked_at) : undefined,
  };
}

/** Reads `1d,1h` as it is stored; the longest first. */
export function toReminders(text: string): Reminder[] {
  const stored = new Set(text.split(','));
  return REMINDERS.filter((reminder) => stored.has(reminder));
}

const remindersText = (reminders: readonly Reminder[]): string =>
  REMINDERS.filter((reminder) => reminders.includes(reminder)).join(',');

function toQuietHours(from: number | null, to: number | null): QuietHours | undefined {
  return from === null || to === null ? undefined : { from: toClock(from), to: toClock(to) };
}

const toClock = (minutes: number) => ({ hour: Math.floor(minutes / 60), minute: minutes % 60 });
const minutesOf = ({ hour, minute }: QuietHours['from']): number => hour * 60 + minute;
