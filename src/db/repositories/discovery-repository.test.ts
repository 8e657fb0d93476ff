import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { aCity, aMembership, anOrg } from '../../../tests/builders/orgs.js';
import { usableCity } from '../../domain/members/location.js';
import type { Member } from '../../domain/members/member.js';
import type { DiscoveryService } from '../../domain/orgs/discovery-service.js';
import type { FoundOrg, Org, OrgFilter, Page } from '../../domain/orgs/org.js';
import type { City } from '../../domain/places/city.js';
import type { Repositories } from '../../domain/repositories.js';
import { createServices } from '../../services.js';
import { systemClock } from '../../shared/clock.js';
import { type Database, migrate, openDatabase } from '../database.js';

let database: Database;
let discovery: DiscoveryService;
const here = <Result>(work: (repositories: Repositories) => Promise<Result>) => database.inTransaction(work);
const everything: OrgFilter = {
  query: undefined,
  city: undefined,
  country: undefined,
  type: undefined,
  near: undefined,
};
const browse = (filter: Partial<OrgFilter>, page = 0, pageSize = 3, reader?: Member) =>
  discovery.browse(
    { filter: { ...everything, ...filter }, page, pageSize },
    { memberId: reader?.id, city: usableCity(reader) },
  );

/** The page of orgs that was found as asked; none when nothing was. */
async function pageOf(filter: Partial<OrgFilter>, page = 0, pageSize = 3, reader?: Member): Promise<Page<FoundOrg>> {
  const browsed = await browse(filter, page, pageSize, reader);
  if (browsed.kind === 'found' && browsed.how !== 'alike') return browsed.page;
  return { items: [], page: 0, pages: 1, total: 0 };
}

const namesOf = async (filter: Partial<OrgFilter>) => (await pageOf(filter, 0, 50)).items.map(({ org }) => org.name);

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
  discovery = createServices(database, systemClock()).discovery;
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
    expect((await pageOf({})).items.map(({ org, activeMembers }) => [org.name, activeMembers])).toEqual([
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
    const pages = await Promise.all([0, 1, 2].map((page) => pageOf({}, page)));
    const ids = pages.flatMap(({ items }) => items.map(({ org }) => org.id));
    expect(new Set(ids).size).toBe(8);
    expect(await pageOf({}, 99)).toMatchObject({ page: 2, pages: 3, total: 8 });
    expect(await browse({ query: 'nothing' }, 5)).toMatchObject({ kind: 'nothing' });
  });

  it('shows where the reader stands', async () => {
    const [org, other] = [anOrg({ name: 'A' }), anOrg({ name: 'B' })];
    await keep(org, other);
    const ana = aMember();
    await here(async ({ members, orgs }) => {
      await members.add(ana);
      await orgs.saveMembership(aMembership({ orgId: org.id, memberId: ana.id, role: 'admin' }));
    });
    const found = await pageOf({}, 0, 5, ana);
    expect(found.items.map(({ standing, role }) => [standing, role])).toEqual([
      ['active', 'admin'],
      [undefined, undefined],
    ]);
  });
});

/** Orgs called after where they are. */
const at = (name: string, [latitude, longitude]: [number, number], overrides: Partial<Org> = {}) =>
  anOrg({ name, city: aCity({ name, latitude, longitude }), ...overrides });
const LISBON: [number, number] = [38.72, -9.14];
const ALMADA: [number, number] = [38.68, -9.16];
const PORTO: [number, number] = [41.15, -8.61];

describe('words', () => {
  beforeEach(() =>
    keep(
      anOrg({ name: 'Amnesia Safety', description: 'We remember.' }),
      anOrg({ name: 'Safety', description: 'One word.' }),
      anOrg({ name: 'Safety Circle', description: 'Two words.' }),
      anOrg({ name: 'Readers', description: 'We read about safety, and maintain a library.', languages: ['pt'] }),
      anOrg({ name: 'The AI Table', description: 'Tea.' }),
    ),
  );

  it('put the name that is asked for first, then the beginning, a word of it, and the description last', async () => {
    expect(await namesOf({ query: 'safety' })).toEqual(['Safety', 'Safety Circle', 'Amnesia Safety', 'Readers']);
  });

  it('may be begun only, in any order, with other marks between', async () => {
    expect(await namesOf({ query: 'safe amne' })).toEqual(['Amnesia Safety']);
    expect(await namesOf({ query: 'amnesia-safety' })).toEqual(['Amnesia Safety']);
  });

  it('of two letters are whole words', async () => {
    expect(await namesOf({ query: 'ai' })).toEqual(['The AI Table']);
  });

  it('may be a language', async () => {
    expect(await namesOf({ query: 'portuguese' })).toEqual(['Readers']);
  });

  it.each(['amnesia saftey', 'amnezia safety', 'amnesiasafety', 'Amnesya Saftey Lisbon'])(
    'misspelt %s find it still, and it is said',
    async (query) => {
      const browsed = await browse({ query });
      expect(browsed).toMatchObject({ kind: 'found', how: 'alike' });
      expect(browsed.kind === 'found' && browsed.page.items[0]?.org.name).toBe('Amnesia Safety');
    },
  );

  it('that nothing is like find nothing', async () => {
    expect(await browse({ query: 'xylophone quartet' })).toMatchObject({ kind: 'nothing' });
  });

  it('follow an org that is renamed, and forget one that is deleted', async () => {
    const org = anOrg({ name: 'Before', description: '' });
    await keep(org);
    await database.connection
      .updateTable('orgs')
      .set({ name: 'After', folded_name: 'after', search_text: 'after' })
      .where('id', '=', org.id)
      .execute();
    expect(await namesOf({ query: 'before' })).toEqual([]);
    expect(await namesOf({ query: 'after' })).toEqual(['After']);
    await database.connection.deleteFrom('orgs').where('id', '=', org.id).execute();
    expect(await namesOf({ query: 'after' })).toEqual([]);
    database.sqlite.prepare("insert into org_search (org_search) values ('integrity-check')").run();
  });

  it('are found after the file was compacted', async () => {
    await database.connection.deleteFrom('orgs').where('name', '=', 'Safety').execute();
    database.sqlite.exec('vacuum');
    expect(await namesOf({ query: 'safety' })).toEqual(['Safety Circle', 'Amnesia Safety', 'Readers']);
  });
});

describe('around a place', () => {
  it('the nearest comes first, with its distance, and what is hidden stays so', async () => {
    await keep(at('Lisbon', LISBON), at('Almada', ALMADA), at('Porto', PORTO), at('Gone', LISBON, { isHidden: true }));
    const { items, total } = await pageOf({ near: 'Lisboa' }, 0, 10);
    expect(items.map(({ org }) => org.name)).toEqual(['Lisbon', 'Almada']);
    expect(total).toBe(2);
    expect(items[1]?.distanceKm).toBeGreaterThan(3);
    expect(items[1]?.distanceKm).toBeLessThan(8);
  });

  it('what is only far is shown where nothing is near, the five nearest at most', async () => {
    await keep(...Array.from({ length: 7 }, (_, index) => at('Porto', PORTO, { name: `Porto ${index}` })));
    const browsed = await browse({ near: 'Lisbon' }, 0, 6);
    expect(browsed).toMatchObject({ kind: 'found', how: 'far', page: { total: 5, pages: 1 } });
    expect(browsed.kind === 'found' && browsed.page.items).toHaveLength(5);
  });

  it('all pages together hold every org once, the nearest first', async () => {
    const orgs = Array.from({ length: 5 }, (_, index) => [at(`L${index}`, LISBON), at(`A${index}`, ALMADA)]).flat();
    await keep(...orgs);
    const pages = await Promise.all([0, 1, 2, 3].map((page) => pageOf({ near: 'Lisbon' }, page, 3)));
    const names = pages.flatMap(({ items }) => items.map(({ org }) => org.name));
    expect(new Set(names).size).toBe(10);
    expect(names.slice(0, 5).every((name) => name.startsWith('L'))).toBe(true);
  });

  it('the date line is no border', async () => {
    await keep(at('Taveuni', [-16.85, 179.97]), at('Labasa', [-16.43, 179.36]), at('Apia', [-13.83, -171.77]));
    await keep(at('East of it', [-16.85, -179.9]));
    expect((await pageOf({ near: 'Labasa, FJ' }, 0, 10)).items.map(({ org }) => org.name)).toEqual([
      'Labasa',
      'Taveuni',
      'East of it',
    ]);
  });

  it('asks which place is meant, and says when it knows none', async () => {
    await keep(at('Lisbon', LISBON));
    expect(await browse({ near: 'Cambridge' })).toMatchObject({ kind: 'which-place' });
    expect(await browse({ near: 'Lisbonn' })).toMatchObject({ kind: 'which-place', isKnown: false });
    const misspelt = await browse({ city: 'Lisbonn' });
    expect(misspelt.kind === 'nothing' && misspelt.meant[0]).toMatchObject({ name: 'Lisbon', country: 'PT' });
  });

  it('an empty city points to the nearest that have orgs', async () => {
    await keep(at('Lisbon', LISBON), at('Almada', ALMADA));
    const browsed = await browse({ city: 'Porto' });
    expect(browsed.kind === 'nothing' && browsed.closest.map(({ name }) => name)).toEqual(['Lisbon', 'Almada']);
  });

  it('a city may be asked for by any of its names', async () => {
    await keep(at('Lisbon', LISBON), at('Porto', PORTO));
    expect(await namesOf({ city: 'Lisboa' })).toEqual(['Lisbon']);
    expect(await namesOf({ city: 'Lisbon, Portugal' })).toEqual(['Lisbon']);
  });
});

describe('suggestions', () => {
  const inLisbon: City = aCity({ latitude: LISBON[0], longitude: LISBON[1] });
  const turnedOn = { isLocationDiscoverable: true, isAttendanceShared: false, isProfileShared: true };

  async function suggestedTo(
    overrides: Partial<Member>,
    joined: [Org, 'active' | 'pending' | 'removed' | 'left'][] = [],
  ) {
    const ana = aMember(overrides);
    await here(async ({ members, orgs }) => {
      await members.add(ana);
      for (const [org, status] of joined) {
        await orgs.saveMembership(aMembership({ orgId: org.id, memberId: ana.id, status }));
      }
    });
    return discovery.nearby(ana);
  }

  const names = (found: { org: Org }[]) => found.map(({ org }) => org.name);
  const world = (name: string) => anOrg({ name, city: undefined, isGlobal: true });

  it('are local orgs, filled up to five with global ones', async () => {
    await keep(at('Lisbon', LISBON), at('Almada', ALMADA), at('Porto', PORTO));
    await keep(...['A', 'B', 'C', 'D'].map(world));
    const nearby = await suggestedTo({ city: inLisbon, privacy: turnedOn });
    expect(nearby).toMatchObject({ location: 'on', reach: 'near' });
    expect(names(nearby.local)).toEqual(['Lisbon', 'Almada']);
    expect(names(nearby.global)).toEqual(['A', 'B', 'C']);
  });

  it('are the nearest within 500 km where nothing is near', async () => {
    await keep(at('Porto', PORTO), at('Paris', [48.86, 2.35]));
    expect(await suggestedTo({ city: inLisbon, privacy: turnedOn })).toMatchObject({
      reach: 'far',
      local: [{ org: { name: 'Porto' } }],
    });
  });

  it('leave out what was joined, asked for or closed to the member, and offer again what they left', async () => {
    const orgs = ['In', 'Asked', 'Removed', 'Left'].map((name) => at(name, LISBON));
    const [inOrg, asked, removed, left] = orgs as [Org, Org, Org, Org];
    const [joinedWorld, otherWorld] = [world('Joined world'), world('Other world')];
    await keep(...orgs, joinedWorld, otherWorld);
    const nearby = await suggestedTo({ city: inLisbon, privacy: turnedOn }, [
      [inOrg, 'active'],
      [asked, 'pending'],
      [removed, 'removed'],
      [left, 'left'],
      [joinedWorld, 'active'],
    ]);
    expect(names(nearby.local)).toEqual(['Left']);
    expect(names(nearby.global)).toEqual(['Other world']);
  });

  it('know nothing of the stored city while location is off', async () => {
    await keep(at('Lisbon', LISBON), world('World'));
    const nearby = await suggestedTo({ city: inLisbon });
    expect(nearby).toMatchObject({ location: 'off', city: undefined, hasCity: true, local: [] });
    expect(names(nearby.global)).toEqual(['World']);
  });

  it('show a global org that is near once', async () => {
    await keep(at('Both', LISBON, { isGlobal: true }));
    const nearby = await suggestedTo({ city: inLisbon, privacy: turnedOn });
    expect([names(nearby.local), names(nearby.global)]).toEqual([['Both'], []]);
  });
});
