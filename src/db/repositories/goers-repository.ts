import { sql } from 'kysely';
import { EventId, type MemberId } from '../../domain/ids.js';
import { AboutChange, CHANGE_NOTICE } from '../../domain/notifications/change-notices.js';
import { Frequency, REMINDER_HOURS } from '../../domain/notifications/choices.js';
import type { PastLine } from '../../domain/notifications/event-past.js';
import type { Goer } from '../../domain/notifications/goer.js';
import type { GoersRepository, Shown } from '../../domain/notifications/goers-repository.js';
import { REMINDER } from '../../domain/notifications/reminders.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import { toReminders } from './choices-repository.js';
import { inChunks } from './in-chunks.js';

/** Lines of an event's history that change what people have arranged themselves for. */
const ARRANGING = ['moved', 'relocated', 'back', 'cancelled', 'withdrawn'];

/** What notices and reminders say of their event. */
const Shows = AboutChange.partial({ at: true });

const goers = (db: Connection) =>
  db
    .selectFrom('responses')
    .innerJoin('events', 'events.id', 'responses.event_id')
    .innerJoin('members', 'members.id', 'responses.member_id')
    .innerJoin('notification_choices as choices', 'choices.member_id', 'responses.member_id')
    .leftJoin('event_reminders as own', (on) =>
      on.onRef('own.event_id', '=', 'responses.event_id').onRef('own.member_id', '=', 'responses.member_id'),
    )
    .leftJoin('memberships', (on) =>
      on.onRef('memberships.org_id', '=', 'events.org_id').onRef('memberships.member_id', '=', 'responses.member_id'),
    )
    .where('responses.response', 'in', ['going', 'interested'])
    .where('members.stopped_at', 'is', null)
    .select(['responses.member_id', 'responses.response', 'responses.source', 'responses.responded_at'])
    .select(['choices.frequency', 'choices.reminders', 'own.reminders as own_reminders', 'memberships.muted_at']);

const oneGoer = prepared((db, eventId: EventId, memberId: MemberId) =>
  goers(db).where('responses.event_id', '=', eventId).where('responses.member_id', '=', memberId),
);

/** These two are asked at every look of the scheduler. */
const unplanned = prepared((db, reminder: string, after: string, by: string) =>
  db
    .selectFrom('events')
    .select(['events.id', 'events.starts_at', 'events.first_seen_at'])
    .where('events.state', '=', 'on')
    .where('events.starts_at', '>', after)
    .where('events.starts_at', '<=', by)
    .where(({ exists, selectFrom }) =>
      exists(
        selectFrom('responses')
          .select('responses.member_id')
          .whereRef('responses.event_id', '=', 'events.id')
          .where('responses.response', 'in', ['going', 'interested']),
      ),
    )
    .where(({ not, exists, selectFrom }) =>
      not(
        exists(
          selectFrom('mailings')
            .select('mailings.id')
            // As `reminderOccasion` writes it.
            .where(
              'mailings.occasion',
              '=',
              sql<string>`'reminder:' || events.id || ':' || ${reminder} || ':' || events.starts_at`,
            ),
        ),
      ),
    )
    .orderBy('events.starts_at'),
);

const startAfter = prepared((db, moment: string) =>
  db
    .selectFrom('events')
    .select('starts_at')
    .where('starts_at', '>', moment)
    .where('state', '=', 'on')
    .orderBy('starts_at')
    .limit(1),
);

type Row = Awaited<ReturnType<typeof oneGoer>>[number];

/** Who goes to events, in the database. */
export function goersRepository(db: Connection): GoersRepository {
  return {
    async find(eventId, memberId) {
      const [row] = await oneGoer(db, eventId, memberId);
      return row && toGoer(row);
    },

    async list(eventId, { by, after, most }) {
      const rows = await goers(db)
        .where('responses.event_id', '=', eventId)
        .where('responses.responded_at', '<=', toInstantText(by))
        .where('responses.member_id', '>', after ?? ('' as MemberId))
        .orderBy('responses.member_id')
        .limit(most)
        .execute();
      return rows.map(toGoer);
    },

    async listAwaited(memberId, after) {
      const rows = await goers(db)
        .select(['events.id', 'events.title', 'events.starts_at'])
        .where('responses.member_id', '=', memberId)
        .where('events.state', '=', 'on')
        .where('events.starts_at', '>', toInstantText(after))
        .orderBy('events.starts_at')
        .orderBy('events.id')
        .execute();
      return rows.map((row) => ({
        event: { id: EventId.parse(row.id), title: row.title, startsAt: fromInstantText(row.starts_at) },
        goer: toGoer(row),
      }));
    },

    async hasAny(eventId) {
      const row = await db
        .selectFrom('responses')
        .select('member_id')
        .where('event_id', '=', eventId)
        .where('response', 'in', ['going', 'interested'])
        .limit(1)
        .executeTakeFirst();
      return row !== undefined;
    },

    async listUnplanned(reminder, now) {
      const by = now.plus({ hours: REMINDER_HOURS[reminder] });
      const rows = await unplanned(db, reminder, toInstantText(now), toInstantText(by));
      return rows.map((row) => ({
        id: EventId.parse(row.id),
        startsAt: fromInstantText(row.starts_at),
        firstSeenAt: fromInstantText(row.first_seen_at),
      }));
    },

    async nextStartAfter(moment) {
      const [row] = await startAfter(db, toInstantText(moment));
      return row && fromInstantText(row.starts_at);
    },

    async listPast(eventIds) {
      const past = new Map<EventId, PastLine[]>(eventIds.map((id) => [id, []]));
      const rows = await inChunks(eventIds, (ids) =>
        db
          .selectFrom('event_changes')
          .select(['id', 'event_id', 'at', 'what', 'before'])
          .where('event_id', 'in', ids)
          .where('what', 'in', ARRANGING)
          .orderBy('id')
          .execute(),
      );
      for (const { id, event_id, at, what, before } of rows) {
        const line = { id, at: fromInstantText(at), what, before: before === null ? undefined : JSON.parse(before) };
        past.get(EventId.parse(event_id))?.push(line);
      }
      return past;
    },

    async lastNoticeAt(eventId) {
      const row = await db
        .selectFrom('mailings')
        .select('due_at')
        .where('event_id', '=', eventId)
        .where('kind', '=', CHANGE_NOTICE)
        .orderBy('due_at', 'desc')
        .limit(1)
        .executeTakeFirst();
      return row && fromInstantText(row.due_at);
    },

    async listShown(eventId, memberId) {
      const rows = await db
        .selectFrom('deliveries')
        .select(['kind', 'payload', 'state', 'sent_at', 'unsure_since'])
        .where('member_id', '=', memberId)
        .where('kind', 'in', [CHANGE_NOTICE, REMINDER])
        .where(({ or, eb }) => or([eb('state', '=', 'sent'), eb('unsure_since', 'is not', null)]))
        .execute();
      return rows.flatMap(({ kind, payload, state, sent_at, unsure_since }): Shown[] => {
        const about = Shows.safeParse(JSON.parse(payload)).data;
        const at = about?.at ?? sent_at ?? unsure_since;
        if (about?.event !== eventId || at === null) return [];
        return [{ at: fromInstantText(at), isNotice: kind === CHANGE_NOTICE && state === 'sent' }];
      });
    },
  };
}

function toGoer(row: Row): Goer {
  return {
    memberId: row.member_id as MemberId,
    // The table's own checks and the query hold these to the known ones.
    response: row.response as Goer['response'],
    source: row.source as Goer['source'],
    respondedAt: fromInstantText(row.responded_at),
    frequency: Frequency.parse(row.frequency),
    reminders: toReminders(row.reminders),
    ownReminders: row.own_reminders === null ? undefined : toReminders(row.own_reminders),
    isMuted: row.muted_at !== null,
  };
}
