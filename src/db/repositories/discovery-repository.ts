import { type Expression, type ExpressionBuilder, type SqlBool, sql } from 'kysely';
import type { DiscoveryRepository, OrgCity, OrgSearch, Slice } from '../../domain/orgs/discovery-repository.js';
import type { Bounds } from '../../domain/places/distance.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { Schema } from '../schema.js';
import { orgNumbersAlike, orgsHolding, orgsHoldingShort, orgsNameFit, TRIGRAM, trigramsOf } from '../sqlite-search.js';
import { isInDirectory, summaries, toSummary } from './orgs-repository.js';

type Where = ExpressionBuilder<Schema, 'orgs'>;

/** Greater than any letter that follows. */
const END = '\u{10FFFF}';

const citiesToJoin = prepared((db, member: string, south: number, north: number, west: number, east: number) =>
  cities(db, { south, north, west, east }).where((where) => mayJoin(where, member)),
);

const orgsToJoinAt = prepared((db, member: string, latitude: number, longitude: number, most: number) =>
  toJoin(db, member)
    .where('orgs.city_latitude', '=', latitude)
    .where('orgs.city_longitude', '=', longitude)
    .limit(most),
);

const globalOrgsToJoin = prepared((db, member: string, most: number) =>
  toJoin(db, member).where('orgs.is_global', '=', 1).limit(most),
);

/** Finding orgs in the database. */
export function discoveryRepository(db: Connection): DiscoveryRepository {
  return {
    list: (search, slice) => (search.words.length > 0 ? searched(db, search, slice) : browsed(db, search, slice)),

    async listAlike(search, { limit, offset, reader }) {
      const terms = trigramsOf(search.words.join(' '));
      if (terms.length === 0) return [];
      const rows = await summaries(db, reader ?? '')
        .innerJoin('org_numbers', 'org_numbers.org_id', 'orgs.id')
        .innerJoin(orgNumbersAlike(terms, limit + offset).as('alike'), 'alike.number', 'org_numbers.number')
        .where(isInDirectory)
        .where(passes({ ...search, words: [] }))
        .orderBy('alike.rank')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toSummary);
    },

    async listCitiesWithin(bounds, search) {
      return (await cities(db, bounds).where(passes(search)).execute()).flatMap(toOrgCity);
    },

    async listAt({ latitude, longitude }, search, { limit, offset, reader }) {
      const rows = await summaries(db, reader ?? '')
        .where(isInDirectory)
        .where(passes(search))
        .where('orgs.city_latitude', '=', latitude)
        .where('orgs.city_longitude', '=', longitude)
        .orderBy('orgs.active_members', 'desc')
        .orderBy('orgs.id')
        .limit(limit)
        .offset(offset)
        .execute();
      return rows.map(toSummary);
    },

    async listCitiesNamed(beginning, most) {
      // The index has all that is read here, so that type-ahead never waits for the orgs themselves.
      const rows = await db
        .selectFrom('orgs')
        .select((select) => ['city_name as name', 'city_country as country', select.fn.countAll<number>().as('orgs')])
        .where(isInDirectory)
        .where('folded_city', '>=', beginning)
        .where('folded_city', '<', beginning + END)
        .groupBy(['folded_city', 'city_name', 'city_country'])
        .orderBy('orgs', 'desc')
        .orderBy('name')
        .limit(most)
        .execute();
      return rows.flatMap(({ name, country, orgs }) => (name && country ? [{ name, country, orgs }] : []));
    },

    async listCitiesToJoin(memberId, { south, north, west, east }) {
      return (await citiesToJoin(db, memberId, south, north, west, east)).flatMap(toOrgCity);
    },

    async listToJoinAt(memberId, { latitude, longitude }, most) {
      return (await orgsToJoinAt(db, memberId, latitude, longitude, most)).map(toSummary);
    },

    async listGlobalToJoin(memberId, most) {
      return (await globalOrgsToJoin(db, memberId, most)).map(toSummary);
    },
  };
}

/** A page of the directory in the order in which an index has it, and a count. */
async function browsed(db: Connection, search: OrgSearch, { limit, offset, reader }: Slice) {
  const rows = await summaries(db, reader ?? '')
    .where(isInDirectory)
    .where(passes(search))
    .orderBy('orgs.active_members', 'desc')
    .orderBy('orgs.folded_name')
    .orderBy('orgs.id')
    .limit(limit)
    .offset(offset)
    .execute();
  return { items: rows.map(toSummary), total: await count(db, search) };
}

/** A page of what has the words. They are looked for once, and counted and sorted by what that found. */
async function searched(db: Connection, search: OrgSearch, { limit, offset, reader }: Slice) {
  const rows = await db
    .with('found', (query) =>
      query
        .selectFrom('orgs')
        .select(['orgs.id', 'orgs.active_members', 'orgs.folded_name', orgsNameFit(search.words).as('fit')])
        .where(isInDirectory)
        .where(passes(search)),
    )
    .with('page', (query) =>
      query
        .selectFrom('found')
        .select(['found.id', 'found.fit'])
        .select((select) => select.selectFrom('found').select(select.fn.countAll<number>().as('all')).as('total'))
        .orderBy('found.fit')
        .orderBy('found.active_members', 'desc')
        .orderBy('found.folded_name')
        .orderBy('found.id')
        .limit(limit)
        .offset(offset),
    )
    .selectFrom('page')
    .innerJoin('orgs', 'orgs.id', 'page.id')
    .leftJoin('memberships', (on) =>
      on.onRef('memberships.org_id', '=', 'orgs.id').on('memberships.member_id', '=', reader ?? ''),
    )
    .selectAll('orgs')
    .select(['memberships.status as reader_status', 'memberships.role as reader_role', 'page.total'])
    .orderBy('page.fit')
    .orderBy('orgs.active_members', 'desc')
    .orderBy('orgs.folded_name')
    .orderBy('orgs.id')
    .execute();
  const isBeyond = rows.length === 0 && offset > 0;
  return { items: rows.map(toSummary), total: isBeyond ? await count(db, search) : (rows[0]?.total ?? 0) };
}

async function count(db: Connection, search: OrgSearch): Promise<number> {
  const { total } = await db
    .selectFrom('orgs')
    .select((select) => select.fn.countAll<number>().as('total'))
    .where(isInDirectory)
    .where(passes(search))
    .executeTakeFirstOrThrow();
  return total;
}

/** The points within the box that have orgs. A box whose west is greater than its east reaches across the date line. */
function cities(db: Connection, { south, north, west, east }: Bounds) {
  const longitude = sql.ref('orgs.city_longitude');
  return db
    .selectFrom('orgs')
    .select((select) => [
      select.fn.min('orgs.city_name').as('name'),
      select.fn.min('orgs.city_country').as('country'),
      select.fn.min('orgs.city_latitude').as('latitude'),
      select.fn.min('orgs.city_longitude').as('longitude'),
      select.fn.countAll<number>().as('orgs'),
    ])
    .where(isInDirectory)
    .where('orgs.city_name', 'is not', null)
    .where('orgs.city_latitude', '>=', south)
    .where('orgs.city_latitude', '<=', north)
    .where(
      sql<SqlBool>`case when ${west} <= ${east} then ${longitude} between ${west} and ${east}
        else ${longitude} >= ${west} or ${longitude} <= ${east} end`,
    )
    .groupBy(['orgs.city_latitude', 'orgs.city_longitude']);
}

function toOrgCity({ name, country, latitude, longitude, orgs }: Partial<Record<keyof OrgCity, unknown>>): OrgCity[] {
  if (typeof name !== 'string' || typeof country !== 'string') return [];
  return [{ name, country, latitude: Number(latitude), longitude: Number(longitude), orgs: Number(orgs) }];
}

/** Orgs that a member is not in, has not asked to join, and was not taken off. */
function mayJoin(where: Where, member: string): Expression<SqlBool> {
  return where('orgs.id', 'not in', (from) =>
    from
      .selectFrom('memberships')
      .select('memberships.org_id')
      .where('memberships.member_id', '=', member)
      .where('memberships.status', 'in', ['active', 'pending', 'removed']),
  );
}

function toJoin(db: Connection, member: string) {
  return summaries(db, member)
    .where(isInDirectory)
    .where((where) => where.or([where('memberships.status', 'is', null), where('memberships.status', '=', 'left')]))
    .orderBy('orgs.active_members', 'desc')
    .orderBy('orgs.folded_name');
}

/** Every word occurs somewhere; city, country and type match. */
function passes({ words, city, country, type }: OrgSearch) {
  const long = words.filter((word) => [...word].length >= TRIGRAM);
  return (where: Where): Expression<SqlBool> =>
    where.and([
      ...(long.length > 0 ? [orgsHolding(long)] : []),
      ...words.filter((word) => !long.includes(word)).map(orgsHoldingShort),
      ...(city === undefined ? [] : [where('orgs.folded_city', '>=', city.name)]),
      ...(city === undefined
        ? []
        : [where('orgs.folded_city', city.isWhole ? '<=' : '<', city.isWhole ? city.name : city.name + END)]),
      ...(city?.country === undefined ? [] : [where('orgs.city_country', '=', city.country)]),
      ...(country === undefined ? [] : [where('orgs.city_country', '=', country)]),
      ...(type === undefined ? [] : [where('orgs.type', '=', type)]),
    ]);
}
