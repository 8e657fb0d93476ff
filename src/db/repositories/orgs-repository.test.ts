import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { aCity, aMembership, anOrg } from '../../../tests/builders/orgs.js';
import type { Org } from '../../domain/orgs/org.js';
import type { Repositories } from '../../domain/repositories.js';
import { type Database, migrate, openDatabase } from '../database.js';

let database: Database;
const here = <Result>(work: (repositories: Repositories) => Promise<Result>) => database.inTransaction(work);

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

describe('suggestions', () => {
  it('put names that begin with the text first, then the larger org', async () => {
    const [inside, begins] = [anOrg({ name: 'The Berlin Circle' }), anOrg({ name: 'Berlin Hub' })];
    await keep(inside, begins, anOrg({ name: 'Elsewhere', city: aCity({ name: 'Berlin', country: 'DE' }) }));
    await fill(inside, 3);
    const found = await here(({ orgs }) => orgs.suggest('berl', 10));
    expect(found.map(({ name }) => name)).toEqual(['Berlin Hub', 'The Berlin Circle', 'Elsewhere']);
  });
});
