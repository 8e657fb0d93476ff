import type { GuestReadsRepository } from '../../domain/events/guests-repository.js';
import { EventId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';

/** How long an event without an end is taken to last, in hours; as `endOf` has it. */
const USUAL_HOURS = 2;

/** When guest lists were read, in the database. */
export function guestReadsRepository(db: Connection): GuestReadsRepository {
  return {
    async listReadable(sourceId, { since, until }) {
      // An event without an end is taken to last two hours, so one that began so much before `since` is over as well.
      const begun = toInstantText(since.minus({ hours: USUAL_HOURS }));
      const rows = await db
        .selectFrom('events')
        .leftJoin('guest_reads', 'guest_reads.event_id', 'events.id')
        .select(['events.id', 'events.luma_id', 'events.starts_at', 'guest_reads.read_at'])
        .where('events.source_id', '=', sourceId)
        .where('events.state', '=', 'on')
        .where('events.starts_at', '<', toInstantText(until))
        .where(({ eb, and, or }) =>
          or([
            eb('events.ends_at', '>', toInstantText(since)),
            and([eb('events.ends_at', 'is', null), eb('events.starts_at', '>', begun)]),
          ]),
        )
        .orderBy(({ fn, val }) => fn.coalesce('guest_reads.read_at', val('')))
        .orderBy('events.starts_at')
        .orderBy('events.id')
        .execute();
      return rows.map(({ id, luma_id, starts_at, read_at }) => ({
        id: EventId.parse(id),
        lumaId: luma_id,
        startsAt: fromInstantText(starts_at),
        readAt: read_at === null ? undefined : fromInstantText(read_at),
      }));
    },

    async noteRead(eventId, at) {
      const read_at = toInstantText(at);
      await db
        .insertInto('guest_reads')
        .values({ event_id: eventId, read_at })
        .onConflict((conflict) => conflict.column('event_id').doUpdateSet({ read_at }))
        .execute();
    },

    async standingOf(eventId) {
      const row = await db
        .selectFrom('events')
        .leftJoin('event_sources', 'event_sources.id', 'events.source_id')
        .leftJoin('guest_reads', 'guest_reads.event_id', 'events.id')
        .select(['event_sources.kind', 'guest_reads.read_at'])
        .where('events.id', '=', eventId)
        .executeTakeFirst();
      const readAt = row?.read_at ? fromInstantText(row.read_at) : undefined;
      return { hasList: row?.kind === 'api' || readAt !== undefined, readAt };
    },
  };
}
