import type { Insertable, Selectable } from 'kysely';
import { DomainError } from '../../domain/errors.js';
import { EVENT_TYPES, type Event, type EventPlace, type EventType } from '../../domain/events/event.js';
import type { EventHistoryEntry, EventOutline } from '../../domain/events/event-history.js';
import type { EventsRepository } from '../../domain/events/events-repository.js';
import { EventId, OrgId, SourceId } from '../../domain/ids.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { EventChangesTable, EventsTable } from '../schema.js';

/** Rows that go into one statement: SQLite takes 32,766 values in one, PostgreSQL 65,535. */
const ROWS_AT_ONCE = 200;

/** Ids that a query asks for at once. */
const IDS_AT_ONCE = 500;

const outlineRows = prepared((db, orgId: OrgId) =>
  db
    .selectFrom('events')
    .select([
      'id',
      'luma_id',
      'source_id',
      'fingerprint',
      'starts_at',
      'state',
      'missed_reads',
      'described_at',
      'is_foreign',
    ])
    .where('org_id', '=', orgId),
);

/** Events in the database. */
export function eventsRepository(db: Connection): EventsRepository {
  const one = (id: EventId) => db.selectFrom('events').selectAll('events').where('events.id', '=', id);
  return {
    async find(id) {
      const row = await one(id).executeTakeFirst();
      return row && toEvent(row);
    },

    async getVisible(id) {
      const row = await one(id)
        .innerJoin('orgs', 'orgs.id', 'events.org_id')
        .where('orgs.is_hidden', '=', 0)
        .where('events.state', '!=', 'withdrawn')
        .executeTakeFirst();
      if (!row) throw new DomainError({ code: 'events.gone' });
      return toEvent(row);
    },

    async list(ids) {
      if (ids.length === 0) return [];
      const rows = await db.selectFrom('events').selectAll().where('id', 'in', ids).orderBy('starts_at').execute();
      return rows.map(toEvent);
    },

    async listOfSource(sourceId) {
      const rows = await db.selectFrom('events').selectAll().where('source_id', '=', sourceId).execute();
      return rows.map(toEvent);
    },

    async addAll(events) {
      for (let start = 0; start < events.length; start += ROWS_AT_ONCE) {
        const rows = events.slice(start, start + ROWS_AT_ONCE).map(describedRow);
        await db.insertInto('events').values(rows).execute();
      }
    },

    async update(event) {
      await db.updateTable('events').set(describedRow(event)).where('id', '=', event.id).execute();
    },

    async listOutlines(orgId) {
      const rows = await outlineRows(db, orgId);
      return rows.map(toOutline);
    },

    async listByLumaIds(orgId, lumaIds) {
      const found: Event[] = [];
      for (let start = 0; start < lumaIds.length; start += IDS_AT_ONCE) {
        const some = lumaIds.slice(start, start + IDS_AT_ONCE);
        const ofOrg = db.selectFrom('events').selectAll().where('org_id', '=', orgId);
        found.push(...(await ofOrg.where('luma_id', 'in', some).execute()).map(toEvent));
      }
      return found;
    },

    async addHistory(entries) {
      for (let start = 0; start < entries.length; start += ROWS_AT_ONCE) {
        const rows = entries.slice(start, start + ROWS_AT_ONCE).map(fromHistory);
        await db.insertInto('event_changes').values(rows).execute();
      }
    },

    async noteMissed(ids, missedReads) {
      if (ids.length === 0) return;
      await db.updateTable('events').set({ missed_reads: missedReads }).where('id', 'in', ids).execute();
    },

    async noteDescribed(ids, at) {
      if (ids.length === 0) return;
      await db
        .updateTable('events')
        .set({ described_at: toInstantText(at) })
        .where('id', 'in', ids)
        .execute();
    },

    async forgetDescribed(sourceId, lumaId) {
      await db
        .updateTable('events')
        .set({ described_at: null })
        .where('source_id', '=', sourceId)
        .where('luma_id', '=', lumaId)
        .execute();
    },

    async handOver(from, to) {
      await db.updateTable('events').set({ source_id: to }).where('source_id', '=', from).execute();
    },
  };
}

type OutlineRow = Awaited<ReturnType<typeof outlineRows>>[number];

/** The ids are as the table has them: checking each of thousands again would take longer than reading them. */
function toOutline(row: OutlineRow): EventOutline {
  return {
    id: row.id as EventId,
    lumaId: row.luma_id,
    sourceId: (row.source_id ?? undefined) as SourceId | undefined,
    fingerprint: row.fingerprint,
    startsAtMs: Date.parse(row.starts_at),
    state: row.state as Event['state'],
    missedReads: row.missed_reads,
    isForeign: row.is_foreign === 1,
    isDescribed: row.described_at !== null,
  };
}

function fromHistory({ eventId, at, what, before, after }: EventHistoryEntry): Insertable<EventChangesTable> {
  return {
    event_id: eventId,
    at: toInstantText(at),
    what,
    before: before === undefined ? null : JSON.stringify(before),
    after: after === undefined ? null : JSON.stringify(after),
  };
}

/** An event that came with its description need not be asked for it; whether others were asked stays as it is noted. */
function describedRow(event: Event): Insertable<EventsTable> {
  const row = fromEvent(event);
  return event.description === '' ? row : { ...row, described_at: row.changed_at };
}

function fromEvent(event: Event): Insertable<EventsTable> {
  return {
    id: event.id,
    org_id: event.orgId,
    source_id: event.sourceId ?? null,
    luma_id: event.lumaId,
    title: event.title,
    folded_title: fold(event.title),
    description: event.description,
    url: event.url ?? null,
    starts_at: toInstantText(event.startsAt),
    ends_at: event.endsAt ? toInstantText(event.endsAt) : null,
    zone: event.zone,
    is_all_day: event.isAllDay ? 1 : 0,
    is_foreign: event.isForeign ? 1 : 0,
    ...fromPlace(event.place),
    type: event.ruledType,
    chosen_type: event.chosenType ?? null,
    visibility: event.visibility,
    state: event.state,
    sequence: event.sequence,
    fingerprint: event.fingerprint,
    missed_reads: event.missedReads,
    first_seen_at: toInstantText(event.firstSeenAt),
    changed_at: toInstantText(event.changedAt),
  };
}

/** A row as an event; for the other repositories that read this table. */
export function toEvent(row: Selectable<EventsTable>): Event {
  return {
    id: EventId.parse(row.id),
    orgId: OrgId.parse(row.org_id),
    sourceId: row.source_id === null ? undefined : SourceId.parse(row.source_id),
    lumaId: row.luma_id,
    title: row.title,
    description: row.description,
    url: row.url ?? undefined,
    startsAt: fromInstantText(row.starts_at),
    endsAt: row.ends_at === null ? undefined : fromInstantText(row.ends_at),
    zone: row.zone,
    isAllDay: row.is_all_day === 1,
    isForeign: row.is_foreign === 1,
    place: toPlace(row),
    ruledType: toType(row.type),
    chosenType: row.chosen_type === null ? undefined : toType(row.chosen_type),
    // The table's own checks hold these to the known ones.
    visibility: row.visibility as Event['visibility'],
    state: row.state as Event['state'],
    sequence: row.sequence,
    fingerprint: row.fingerprint,
    missedReads: row.missed_reads,
    firstSeenAt: fromInstantText(row.first_seen_at),
    changedAt: fromInstantText(row.changed_at),
  };
}

type PlaceColumns = Pick<EventsTable, 'place_kind' | 'place_name' | 'place_city' | 'latitude' | 'longitude'>;

function fromPlace(place: EventPlace): PlaceColumns {
  const none = { place_name: null, place_city: null, latitude: null, longitude: null };
  if (place.kind !== 'offline') return { place_kind: place.kind, ...none };
  const { name, city, at } = place;
  return {
    place_kind: 'offline',
    place_name: name ?? null,
    place_city: city ?? null,
    latitude: at?.latitude ?? null,
    longitude: at?.longitude ?? null,
  };
}

function toPlace({ place_kind, place_name, place_city, latitude, longitude }: PlaceColumns): EventPlace {
  if (place_kind !== 'offline') return { kind: place_kind === 'online' ? 'online' : 'unknown' };
  const at = latitude === null || longitude === null ? undefined : { latitude, longitude };
  return { kind: 'offline', name: place_name ?? undefined, city: place_city ?? undefined, at };
}

function toType(text: string): EventType {
  return EVENT_TYPES.find((type) => type === text) ?? 'other';
}
