import { type RawBuilder, type Selectable, type SqlBool, sql } from 'kysely';
import { USUAL_HOURS } from '../../domain/events/event.js';
import type {
  EventDirection,
  EventListingRepository,
  EventReader,
  EventRow,
  EventScope,
  EventSpan,
} from '../../domain/events/event-listing-repository.js';
import { phaseOf } from '../../domain/events/event-phase.js';
import type { ResponseValue } from '../../domain/events/response.js';
import { OrgId } from '../../domain/ids.js';
import { toInstantText } from '../../shared/clock.js';
import type { Connection } from '../database.js';
import { preparedBy } from '../prepared.js';
import type { EventsTable } from '../schema.js';
import { toEvent } from './events-repository.js';

/** Longer than any event lasts; so far back the look for what has not ended yet goes. */
export const LONGEST_DAYS = 92;
/** Greater than every instant. */
const NEVER = '9';
/** No id. */
const NONE = '';
const MOST_WORDS = 4;
/** How many are counted: of the past no more than anybody pages through. */
const MOST_COUNTED: Readonly<Record<EventDirection, number>> = { ahead: 10_000, past: 600 };

/** Everything that a query here may depend on; all of it values. */
interface Asked {
  /** A member's id, or none. */
  reader: string;
  managed: string;
  org: string;
  now: string;
  /** Events without an end that began before it are over. */
  assumed: string;
  /** Nothing that began before it can still run. */
  since: string;
  until: string;
  /** Nothing that ended before it; for those without an end, nothing that began before the other. */
  ended: string;
  endedAssumed: string;
  type: string;
}

const column = {
  isOwn: sql<SqlBool>`own.org_id is not null`,
  type: sql<string>`coalesce(events.chosen_type, events.type)`,
};

/**
 * Events that the reader may see, each with its org. The one rule of who sees what: `isNamed` for orgs and events that
 * the reader named, which need not be listed.
 */
function seen(db: Connection, { reader, managed }: Pick<Asked, 'reader' | 'managed'>, isNamed: boolean) {
  const isPublic = sql<SqlBool>`events.visibility = 'public'`;
  const isFound = isNamed ? sql<SqlBool>`1 = 1` : sql<SqlBool>`(orgs.is_listed = 1 or ${column.isOwn})`;
  return db
    .selectFrom('events')
    .innerJoin('orgs', 'orgs.id', 'events.org_id')
    .leftJoin('memberships as own', (on) =>
      on.onRef('own.org_id', '=', 'events.org_id').on('own.member_id', '=', reader).on('own.status', '=', 'active'),
    )
    .where('orgs.is_hidden', '=', 0)
    .where('events.state', '!=', 'withdrawn')
    .where(
      sql<SqlBool>`((${isPublic} and ${isFound})
        or (events.visibility = 'members-only' and ${column.isOwn})
        or own.role = 'admin' or events.org_id = ${managed})`,
    );
}

/** Columns of a list's rows: the event, its org, what the reader said, how many said what. */
const rows = (db: Connection, asked: Pick<Asked, 'reader' | 'managed'>, isNamed: boolean) =>
  seen(db, asked, isNamed)
    .leftJoin('responses as said', (on) =>
      on.onRef('said.event_id', '=', 'events.id').on('said.member_id', '=', asked.reader),
    )
    .selectAll('events')
    .select(['orgs.name as org_name', 'orgs.slug as org_slug', 'said.response as reader_response'])
    .select([saidBy('going').as('going'), saidBy('interested').as('interested')]);

const saidBy = (response: ResponseValue) =>
  sql<number>`(select count(*) from responses where event_id = events.id and response = ${sql.lit(response)})`;

function isWithin(direction: EventDirection, asked: Asked): RawBuilder<SqlBool> {
  const { now, assumed, since, until, ended, endedAssumed, type } = asked;
  const isOfType = sql`(${type} = '' or ${column.type} = ${type})`;
  if (direction === 'past') {
    return sql`(events.starts_at <= ${now} and events.state = 'on' and ${isOfType}
      and (events.ends_at <= ${now} and events.ends_at > ${ended}
        or (events.ends_at is null and events.starts_at <= ${assumed} and events.starts_at > ${endedAssumed})))`;
  }
  return sql`(events.starts_at > ${since} and events.starts_at <= ${until} and ${isOfType}
    and (events.starts_at > ${now} or (events.state = 'on'
      and (events.ends_at > ${now} or (events.ends_at is null and events.starts_at > ${assumed})))))`;
}

function isIn(scope: EventScope['kind'], { org, reader }: Asked): RawBuilder<SqlBool> {
  switch (scope) {
    case 'org':
      return sql`events.org_id = ${org}`;
    case 'own':
      // Said so, the few orgs of a member lead to their events, and not all events to the few.
      return sql`events.org_id in (select org_id from memberships where member_id = ${reader} and status = 'active')`;
    case 'elsewhere':
      return sql`own.org_id is null`;
    case 'any':
      return sql`1 = 1`;
  }
}

/** The queries of each kind of list, compiled when first asked. */
function queriesOf(scope: EventScope['kind'], direction: EventDirection) {
  const order = direction === 'past' ? 'desc' : 'asc';
  return {
    list: preparedBy((db, asked: Asked & { limit: number; offset: number }) =>
      rows(db, asked, scope === 'org')
        .where(isIn(scope, asked))
        .where(isWithin(direction, asked))
        .orderBy('events.starts_at', order)
        .orderBy('events.id', order)
        .limit(asked.limit)
        .offset(asked.offset),
    ),
    count: preparedBy((db, asked: Asked) =>
      db
        .selectFrom(
          seen(db, asked, scope === 'org')
            .where(isIn(scope, asked))
            .where(isWithin(direction, asked))
            .select('events.id')
            .limit(MOST_COUNTED[direction])
            .as('counted'),
        )
        .select((select) => select.fn.countAll<number>().as('events')),
    ),
  };
}

const bothOf = (scope: EventScope['kind']) => ({ ahead: queriesOf(scope, 'ahead'), past: queriesOf(scope, 'past') });
const QUERIES = { org: bothOf('org'), own: bothOf('own'), elsewhere: bothOf('elsewhere'), any: bothOf('any') };

const tallyQueries = { ahead: tallyQuery('ahead'), past: tallyQuery('past') };

function tallyQuery(direction: EventDirection) {
  return preparedBy((db, asked: Asked) =>
    seen(db, asked, false)
      .where(isIn('own', asked))
      .where(isWithin(direction, asked))
      .select(['orgs.id', 'orgs.name', 'orgs.slug'])
      .select((select) => [
        select.fn.countAll<number>().as('events'),
        select.fn.min('events.starts_at').as('next'),
        select.fn.max('events.starts_at').as('last'),
      ])
      .groupBy(['orgs.id', 'orgs.name', 'orgs.slug'])
      .orderBy(direction === 'ahead' ? 'next' : 'last', direction === 'ahead' ? 'asc' : 'desc')
      .orderBy('orgs.id'),
  );
}

const nextOfEach = preparedBy((db, asked: Asked) => {
  const placed = seen(db, asked, true)
    .where(
      sql<SqlBool>`events.org_id in
        (select org_id from memberships where member_id = ${asked.reader} and status in ('active', 'pending'))`,
    )
    .where(isWithin('ahead', asked))
    .select('events.id')
    .select(
      sql<number>`row_number() over (partition by events.org_id order by events.starts_at, events.id)`.as('place'),
    );
  return rows(db, asked, true).where('events.id', 'in', (where) =>
    where.selectFrom(placed.as('placed')).select('placed.id').where('placed.place', '=', 1),
  );
});

const byId = preparedBy((db, asked: Pick<Asked, 'reader' | 'managed'> & { id: string }) =>
  rows(db, asked, true).where('events.id', '=', asked.id),
);

const byLumaId = preparedBy((db, asked: Pick<Asked, 'reader' | 'managed'> & { lumaId: string }) =>
  rows(db, asked, false).where('events.luma_id', '=', asked.lumaId).orderBy('events.id').limit(MOST_WITH_ONE_ID),
);
const MOST_WITH_ONE_ID = 10;

const searches = { ahead: searchQuery('ahead'), past: searchQuery('past') };

function searchQuery(direction: EventDirection) {
  const order = direction === 'past' ? 'desc' : 'asc';
  return preparedBy((db, asked: Asked & { w0: string; w1: string; w2: string; w3: string; limit: number }) =>
    rows(db, asked, false)
      .where(isWithin(direction, asked))
      .where((where) => where.and([asked.w0, asked.w1, asked.w2, asked.w3].map(holds)))
      .orderBy(sql`own.org_id is null`)
      .orderBy('events.starts_at', order)
      .orderBy('events.id', order)
      .limit(asked.limit),
  );
}

const holds = (pattern: string) => sql<SqlBool>`events.folded_title like ${pattern} escape '\\'`;

/** Events as readers may see them, in the database. */
export function eventListingRepository(db: Connection): EventListingRepository {
  return {
    async list(scope, span, reader, slice) {
      const query = QUERIES[scope.kind][span.direction].list;
      return (await query(db, { ...askedOf(span, reader, scope), ...slice })).map(toRow);
    },

    async count(scope, span, reader) {
      const [row] = await QUERIES[scope.kind][span.direction].count(db, askedOf(span, reader, scope));
      return row?.events ?? 0;
    },

    async findNextOfEach(now, reader) {
      const rows = (await nextOfEach(db, askedOf({ direction: 'ahead', now }, reader))).map(toRow);
      return new Map(rows.map((row) => [row.org.id, { ...row, phase: phaseOf(row.event, now) }]));
    },

    async tallyOwn(span, reader) {
      const tallied = await tallyQueries[span.direction](db, askedOf(span, reader));
      return tallied.map(({ id, name, slug, events }) => ({ org: { id: OrgId.parse(id), name, slug }, events }));
    },

    async find(id, reader) {
      const [row] = await byId(db, { id, ...readerOf(reader) });
      return row && toRow(row);
    },

    async listByLumaId(lumaId, reader) {
      return (await byLumaId(db, { lumaId, ...readerOf(reader) })).map(toRow);
    },

    async search(words, span, reader, most) {
      const [w0 = '%', w1 = '%', w2 = '%', w3 = '%'] = words.slice(0, MOST_WORDS).map(containing);
      const found = await searches[span.direction](db, { ...askedOf(span, reader), w0, w1, w2, w3, limit: most });
      return found.map(toRow);
    },

    async countAhead(orgIds, now) {
      if (orgIds.length === 0) return new Map();
      const nobody = { memberId: undefined, managedOrgId: undefined };
      const asked = askedOf({ direction: 'ahead', now }, nobody);
      const counted = await seen(db, asked, true)
        .where('events.org_id', 'in', orgIds)
        .where(isWithin('ahead', asked))
        .select((select) => ['events.org_id', select.fn.countAll<number>().as('events')])
        .groupBy('events.org_id')
        .execute();
      return new Map(counted.map(({ org_id, events }) => [OrgId.parse(org_id), events]));
    },
  };
}

function readerOf({ memberId, managedOrgId }: EventReader): Pick<Asked, 'reader' | 'managed'> {
  return { reader: memberId ?? NONE, managed: managedOrgId ?? NONE };
}

function askedOf({ now, until, endedAfter, type }: EventSpan, reader: EventReader, scope?: EventScope): Asked {
  return {
    ...readerOf(reader),
    org: scope?.kind === 'org' ? scope.orgId : NONE,
    now: toInstantText(now),
    assumed: toInstantText(now.minus({ hours: USUAL_HOURS })),
    since: toInstantText(now.minus({ days: LONGEST_DAYS })),
    until: until ? toInstantText(until) : NEVER,
    ended: endedAfter ? toInstantText(endedAfter) : NONE,
    endedAssumed: endedAfter ? toInstantText(endedAfter.minus({ hours: USUAL_HOURS })) : NONE,
    type: type ?? '',
  };
}

/** A pattern for texts in which a word occurs. */
export function containing(word: string): string {
  return `%${word.replace(/[\\%_]/g, (character) => `\\${character}`)}%`;
}

type Row = Selectable<EventsTable> & {
  org_name: string;
  org_slug: string;
  reader_response: string | null;
  going: number;
  interested: number;
};

function toRow(row: Row): EventRow {
  const event = toEvent(row);
  return {
    event,
    org: { id: event.orgId, name: row.org_name, slug: row.org_slug },
    counts: { going: row.going, interested: row.interested },
    // The table's own checks hold it to the known ones.
    response: (row.reader_response as ResponseValue | null) ?? undefined,
  };
}
