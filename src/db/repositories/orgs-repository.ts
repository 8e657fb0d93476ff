import { type Expression, type ExpressionBuilder, type Insertable, type Selectable, type SqlBool, sql } from 'kysely';
import { DomainError } from '../../domain/errors.js';
import { MemberId, OrgId } from '../../domain/ids.js';
import { languageName } from '../../domain/orgs/languages.js';
import {
  type JoinPolicy,
  type Membership,
  type MembershipRole,
  type MembershipStatus,
  type Org,
  type OrgSummary,
  type OrgType,
  placeName,
} from '../../domain/orgs/org.js';
import type { MapCity } from '../../domain/orgs/org-map.js';
import type { OrgsRepository } from '../../domain/orgs/orgs-repository.js';
import { fromInstantText, toInstantText } from '../../shared/clock.js';
import { fold } from '../../shared/fold.js';
import { recountActiveMembers } from '../active-members.js';
import type { Connection } from '../database.js';
import { prepared } from '../prepared.js';
import type { MembershipsTable, OrgsTable, Schema } from '../schema.js';
import { fromCity, toCity } from './city-columns.js';

/** Orgs with where a reader stands; nobody has the id ''. */
export const summaries = (db: Connection, reader: string) =>
  db
    .selectFrom('orgs')
    .leftJoin('memberships', (on) =>
      on.onRef('memberships.org_id', '=', 'orgs.id').on('memberships.member_id', '=', reader),
    )
    .selectAll('orgs')
    .select(['memberships.status as reader_status', 'memberships.role as reader_role']);

const summaryOf = prepared((db, reader: string, org: string) => summaries(db, reader).where('orgs.id', '=', org));

const summariesOfMember = prepared((db, member: string) =>
  summaries(db, member)
    .where('memberships.status', 'in', ['active', 'pending'])
    .where('orgs.is_hidden', '=', 0)
    .orderBy('orgs.folded_name')
    .orderBy('orgs.id'),
);

const orgsByNameOrSlug = prepared((db, folded: string) =>
  db
    .selectFrom('orgs')
    .selectAll()
    .where('is_hidden', '=', 0)
    .where((where) => where.or([where('folded_name', '=', folded), where('slug', '=', folded)]))
    .orderBy('active_members', 'desc')
    .limit(10),
);

const mapCities = prepared((db) =>
  db
    .selectFrom('orgs')
    .select(['city_name', 'city_country'])
    .select((select) => [
      select.fn.countAll<number>().as('orgs'),
      select.fn.min('city_latitude').as('latitude'),
      select.fn.min('city_longitude').as('longitude'),
    ])
    .where(isInDirectory)
    .where('city_name', 'is not', null)
    .groupBy(['city_name', 'city_country', 'city_region'])
    .orderBy('orgs', 'desc')
    .orderBy('city_name'),
);

const withoutCity = prepared((db) =>
  db
    .selectFrom('orgs')
    .select((select) => select.fn.countAll<number>().as('orgs'))
    .where(isInDirectory)
    .where('city_name', 'is', null),
);

/** Orgs and memberships in the database. */
export function orgsRepository(db: Connection): OrgsRepository {
  const find = async (id: OrgId) => {
    const row = await db.selectFrom('orgs').selectAll().where('id', '=', id).executeTakeFirst();
    return row && toOrg(row);
  };

  return {
    find,

    async getVisible(id) {
      const org = await find(id);
      if (!org || org.isHidden) throw new DomainError({ code: 'orgs.gone' });
      return org;
    },

    async findIdBySlug(slug) {
      const row = await db.selectFrom('orgs').select('id').where('slug', '=', slug).executeTakeFirst();
      return row && OrgId.parse(row.id);
    },

    async findSummary(id, reader) {
      const [row] = await summaryOf(db, reader ?? '', id);
      return row && toSummary(row);
    },

    async listByNameOrSlug(text) {
      const rows = await orgsByNameOrSlug(db, fold(text));
      return rows.map(toOrg);
    },

    async suggest(text, most) {
      const folded = fold(text);
      const begins = `${escapeLike(folded)}%`;
      const rows = await db
        .selectFrom('orgs')
        .selectAll()
        .where(isInDirectory)
        .where((where) =>
          where.or([like('folded_name', `%${escapeLike(folded)}%`), like('slug', begins), like('folded_city', begins)]),
        )
        .orderBy(sql`case when ${like('folded_name', begins)} or ${like('slug', begins)} then 0 else 1 end`)
        .orderBy('active_members', 'desc')
        .orderBy('folded_name')
        .limit(most)
        .execute();
      return rows.map(toOrg);
    },

    async listNames() {
      const rows = await db.selectFrom('orgs').select(['id', 'name', 'slug']).where(isInDirectory).execute();
      return rows.map(({ id, name, slug }) => ({ id: OrgId.parse(id), name, slug }));
    },

    async listMapCities() {
      return (await mapCities(db)).flatMap(toMapCity);
    },

    async countWithoutCity() {
      const [row] = await withoutCity(db);
      return row?.orgs ?? 0;
    },

    async listOfMember(memberId) {
      const rows = await summariesOfMember(db, memberId);
      return rows.map(toSummary);
    },

    async findOrgOfSpace({ platform, externalId }) {
      const row = await db
        .selectFrom('spaces')
        .innerJoin('orgs', 'orgs.id', 'spaces.org_id')
        .selectAll('orgs')
        .where('spaces.platform', '=', platform)
        .where('spaces.external_id', '=', externalId)
        .executeTakeFirst();
      return row && toOrg(row);
    },

    async addSpace({ platform, externalId }, orgId, at) {
      await db
        .insertInto('spaces')
        .values({ platform, external_id: externalId, org_id: orgId, connected_at: toInstantText(at) })
        .execute();
    },

    async isEmpty() {
      return (await db.selectFrom('orgs').select('id').limit(1).executeTakeFirst()) === undefined;
    },

    async add(org) {
      await db.insertInto('orgs').values(toRow(org)).execute();
    },

    async addUnlessTaken(org) {
      const { numInsertedOrUpdatedRows } = await db
        .insertInto('orgs')
        .values(toRow(org))
        .onConflict((conflict) => conflict.column('slug').doNothing())
        .executeTakeFirst();
      return numInsertedOrUpdatedRows === 1n;
    },

    async update(org) {
      const { id, active_members: _counted, ...columns } = toRow(org);
      await db.updateTable('orgs').set(columns).where('id', '=', id).execute();
    },

    async findMembership(orgId, memberId) {
      const row = await db
        .selectFrom('memberships')
        .selectAll()
        .where('org_id', '=', orgId)
        .where('member_id', '=', memberId)
        .executeTakeFirst();
      return row && toMembership(row);
    },

    async listMemberships(memberId) {
      const rows = await db.selectFrom('memberships').selectAll().where('member_id', '=', memberId).execute();
      return rows.map(toMembership);
    },

    async listSoleAdminOf(memberId) {
      const rows = await db
        .selectFrom('orgs')
        .innerJoin('memberships', 'memberships.org_id', 'orgs.id')
        .selectAll('orgs')
        .where('memberships.status', '=', 'active')
        .where('memberships.role', '=', 'admin')
        .groupBy('orgs.id')
        .having((having) => having.fn.countAll<number>(), '=', 1)
        .having((having) => having.fn.max('memberships.member_id'), '=', memberId)
        .orderBy('orgs.folded_name')
        .execute();
      return rows.map(toOrg);
    },

    async countActiveAdmins(orgId) {
      const { admins } = await db
        .selectFrom('memberships')
        .select((select) => select.fn.countAll<number>().as('admins'))
        .where('org_id', '=', orgId)
        .where('status', '=', 'active')
        .where('role', '=', 'admin')
        .executeTakeFirstOrThrow();
      return admins;
    },

    async listActiveAdmins(orgId) {
      const rows = await db
        .selectFrom('memberships')
        .select('member_id')
        .where('org_id', '=', orgId)
        .where('status', '=', 'active')
        .where('role', '=', 'admin')
        .orderBy('joined_at')
        .execute();
      return rows.map(({ member_id }) => MemberId.parse(member_id));
    },

    async listActiveMembers(orgId) {
      const rows = await db
        .selectFrom('memberships')
        .innerJoin('members', 'members.id', 'memberships.member_id')
        .select(['memberships.member_id', 'members.name', 'memberships.role', 'memberships.joined_at'])
        .where('memberships.org_id', '=', orgId)
        .where('memberships.status', '=', 'active')
        .orderBy('members.name')
        .orderBy('memberships.member_id')
        .execute();
      return rows.map(({ member_id, name, role, joined_at }) => ({
        memberId: MemberId.parse(member_id),
        name,
        role: role as MembershipRole,
        joinedAt: fromInstantText(joined_at),
      }));
    },

    async listAll() {
      const rows = await summaries(db, '').orderBy('orgs.folded_name').orderBy('orgs.id').execute();
      return rows.map(toSummary);
    },

    async removeMembership(orgId, memberId) {
      await db.deleteFrom('memberships').where('org_id', '=', orgId).where('member_id', '=', memberId).execute();
    },

    async saveMembership(membership) {
      const { status } = membership;
      // Whoever comes back wants to hear of it again.
      const ending = status === 'left' || status === 'removed' ? { muted_at: null } : {};
      const changing = { ...membershipColumns(membership), ...ending };
      await db
        .insertInto('memberships')
        .values({ org_id: membership.orgId, member_id: membership.memberId, ...changing })
        .onConflict((conflict) => conflict.columns(['org_id', 'member_id']).doUpdateSet(changing))
        .execute();
      await recountActiveMembers(db, [membership.orgId]);
    },
  };
}

type Where = ExpressionBuilder<Schema, 'orgs'>;

/** Only what everybody may find. */
export function isInDirectory(where: Where): Expression<SqlBool> {
  return where.and([where('orgs.is_listed', '=', 1), where('orgs.is_hidden', '=', 0)]);
}

function like(column: 'folded_name' | 'slug' | 'folded_city', pattern: string) {
  return sql<SqlBool>`${sql.ref(`orgs.${column}`)} like ${pattern} escape '\\'`;
}

function escapeLike(text: string): string {
  return text.replace(/[\\%_]/g, (character) => `\\${character}`);
}

function toRow(org: Org): Insertable<OrgsTable> {
  return {
    id: org.id,
    slug: org.slug,
    name: org.name,
    folded_name: fold(org.name),
    type: org.type,
    description: org.description,
    website: org.website ?? null,
    ...fromCity(org.city),
    folded_city: org.city ? fold(org.city.name) : null,
    languages: org.languages.join(','),
    search_text: fold(`${org.name} ${org.slug} ${placeName(org)} ${languageWords(org.languages)} ${org.description}`),
    is_global: Number(org.isGlobal),
    is_listed: Number(org.isListed),
    listed_after_review: org.listedAfterReview === undefined ? null : Number(org.listedAfterReview),
    is_hidden: Number(org.isHidden),
    join_policy: org.joinPolicy,
    active_members: 0,
    created_at: toInstantText(org.createdAt),
  };
}

/** Everything of a membership's row but its key. */
export function membershipColumns({ role, status, joinedAt, leftAt }: Membership) {
  return { role, status, joined_at: toInstantText(joinedAt), left_at: leftAt ? toInstantText(leftAt) : null };
}

/** "Portuguese English", so that an org is found by what is spoken there. */
function languageWords(languages: string[]): string {
  return languages.map(languageName).join(' ');
}

// The casts below rest on the CHECK constraints of the tables: the database refuses anything else.

function toOrg(row: Selectable<OrgsTable>): Org {
  return {
    id: OrgId.parse(row.id),
    slug: row.slug,
    name: row.name,
    type: row.type as OrgType,
    description: row.description,
    website: row.website ?? undefined,
    city: toCity(row),
    languages: row.languages === '' ? [] : row.languages.split(','),
    isGlobal: row.is_global === 1,
    isListed: row.is_listed === 1,
    listedAfterReview: row.listed_after_review === null ? undefined : row.listed_after_review === 1,
    isHidden: row.is_hidden === 1,
    joinPolicy: row.join_policy as JoinPolicy,
    createdAt: fromInstantText(row.created_at),
  };
}

/** A row of `summaries` as the domain knows it. */
export function toSummary(
  row: Selectable<OrgsTable> & { reader_status: string | null; reader_role: string | null },
): OrgSummary {
  return {
    org: toOrg(row),
    activeMembers: row.active_members,
    standing: (row.reader_status as MembershipStatus | null) ?? undefined,
    role: (row.reader_role as MembershipRole | null) ?? undefined,
  };
}

function toMapCity(row: {
  city_name: string | null;
  city_country: string | null;
  latitude: number | null;
  longitude: number | null;
  orgs: number;
}): MapCity[] {
  const { city_name: name, city_country: country, latitude, longitude, orgs } = row;
  if (name === null || country === null || latitude === null || longitude === null) return [];
  return [{ name, country, latitude, longitude, orgs }];
}

function toMembership(row: Selectable<MembershipsTable>): Membership {
  return {
    orgId: OrgId.parse(row.org_id),
    memberId: MemberId.parse(row.member_id),
    role: row.role as MembershipRole,
    status: row.status as MembershipStatus,
    joinedAt: fromInstantText(row.joined_at),
    leftAt: row.left_at ? fromInstantText(row.left_at) : undefined,
  };
}
