import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { aCity, aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Org, OrgFilter } from '../../domain/orgs/org.js';
import type { Repositories } from '../../domain/repositories.js';
import { type Database, migrate, openDatabase } from '../database.js';

let database: Database;
const here = <Result>(work: (repositories: Repositories) => Promise<Result>) => database.inTransaction(work);
const everything: OrgFilter = { query: undefined, city: undefined, country: undefined, type: undefined };
const browse = (filter: Partial<OrgFilter>, page = 0, pageSize = 3) =>
  here(({ orgs }) => orgs.browse({ filter: { ...everything, ...filter }, page, pageSize, reader: undefined }));
const namesOf = async (filter: Partial<OrgFilter>) => (await browse(filter, 0, 50)).items.map(({ org }) => org.name);

async function keep(...orgs: Org[]): Promise<void> {
  await here(async (repositories) => {
    for (const org of orgs) await repositories.orgs.add(org);
  });
}

/** Gives the org so many active members. */
async function fill(org: Org, count: number): Promise<void> {
  await here(async ({ orgs, members }) => {
    for (let index = 0; index < count; index += 1) {
      const member = aMember();
      await members.add(member);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: member.id }));
    }
  });
}

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
});
afterEach(() => database.close());

describe('the directory', () => {
  it('lists the largest first, then by name, and counts active members only', async () => {
    const [small, large, also] = [anOrg({ name: 'Small' }), anOrg({ name: 'Large' }), anOrg({ name: 'Álso small' })];
    await keep(small, large, also);
    await fill(large, 2);
    const gone = aMember();
    await here(async ({ members, orgs }) => {
      await members.add(gone);
      await orgs.saveMembership(aMembership({ orgId: small.id, memberId: gone.id, status: 'left' }));
    });
    expect((await browse({})).items.map(({ org, activeMembers }) => [org.name, activeMembers])).toEqual([
      ['Large', 2],
      ['Álso small', 0],
      ['Small', 0],
    ]);
  });

  it('leaves out what is hidden or not listed', async () => {
    await keep(
      anOrg({ name: 'Seen' }),
      anOrg({ name: 'Hidden', isHidden: true }),
      anOrg({ name: 'Private', isListed: false }),
    );
    expect(await namesOf({})).toEqual(['Seen']);
  });

  it('finds words of name, city, country and description, accents and case aside', async () => {
    await keep(
      anOrg({
        name: 'Círculo de Bioseguridad',
        city: aCity({ name: 'Bogotá', country: 'CO' }),
        description: 'Viernes.',
      }),
      anOrg({ name: 'Chess', description: 'Openings and endgames.' }),
    );
    expect(await namesOf({ query: 'circulo BOGOTA' })).toEqual(['Círculo de Bioseguridad']);
    expect(await namesOf({ query: 'colombia' })).toEqual(['Círculo de Bioseguridad']);
    expect(await namesOf({ query: 'endgames' })).toEqual(['Chess']);
    expect(await namesOf({ query: 'circulo chess' })).toEqual([]);
  });

  it('takes wildcards and quotes as the characters they are', async () => {
    await keep(anOrg({ name: '100% Safe', description: 'x' }), anOrg({ name: 'Other', description: 'y' }));
    expect(await namesOf({ query: '%' })).toEqual(['100% Safe']);
    expect(await namesOf({ query: '_' })).toEqual([]);
    expect(await namesOf({ query: `'; drop table orgs; --` })).toEqual([]);
    expect(await namesOf({ query: '\\' })).toEqual([]);
    expect(await namesOf({})).toHaveLength(2);
  });

  it('filters by city, country and type together', async () => {
    const cambridgeUk = aCity({ name: 'Cambridge', country: 'GB' });
    const cambridgeUs = aCity({ name: 'Cambridge', country: 'US' });
    await keep(
      anOrg({ name: 'UK', city: cambridgeUk, type: 'chapter' }),
      anOrg({ name: 'US', city: cambridgeUs, type: 'chapter' }),
      anOrg({ name: 'UK hub', city: cambridgeUk, type: 'research_hub' }),
    );
    expect(await namesOf({ city: 'cambridge' })).toEqual(['UK', 'UK hub', 'US']);
    expect(await namesOf({ city: 'Cambridge', country: 'GB' })).toEqual(['UK', 'UK hub']);
    expect(await namesOf({ city: 'Cambridge', country: 'GB', type: 'research_hub' })).toEqual(['UK hub']);
  });

  it('gives every org exactly once over all pages, and the last page for one beyond', async () => {
    await keep(...Array.from({ length: 8 }, () => anOrg({ name: 'Same name' })));
    const pages = await Promise.all([0, 1, 2].map((page) => browse({}, page)));
    const ids = pages.flatMap(({ items }) => items.map(({ org }) => org.id));
    expect(new Set(ids).size).toBe(8);
    expect(await browse({}, 99)).toMatchObject({ page: 2, pages: 3, total: 8 });
    expect(await browse({ query: 'nothing' }, 5)).toMatchObject({ page: 0, pages: 1, total: 0, items: [] });
  });

  it('shows where the reader stands', async () => {
    const [org, other] = [anOrg({ name: 'A' }), anOrg({ name: 'B' })];
    await keep(org, other);
    const ana = aMember();
    await here(async ({ members, orgs }) => {
      await members.add(ana);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: ana.id, role: 'admin' }));
    });
    const found = await here(({ orgs }) => orgs.browse({ filter: everything, page: 0, pageSize: 5, reader: ana.id }));
    expect(found.items.map(({ standing, role }) => [standing, role])).toEqual([
      ['active', 'admin'],
      [undefined, undefined],
    ]);
  });
});

describe('suggestions', () => {
  it('put names that begin with the text first, then the larger org', async () => {
    const [inside, begins] = [anOrg({ name: 'The Berlin Circle' }), anOrg({ name: 'Berlin Hub' })];
    await keep(inside, begins, anOrg({ name: 'Elsewhere', city: aCity({ name: 'Berlin', country: 'DE' }) }));
    await fill(inside, 3);
    const found = await here(({ orgs }) => orgs.suggest('berl', 10));
    expect(found.map(({ name }) => name)).toEqual(['Berlin Hub', 'The Berlin Circle', 'Elsewhere']);
  });
});
