import { afterEach, beforeEach, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/db/database.js';
import { seedDemo } from '../../src/demo/seed-demo.js';
import type { Account } from '../../src/domain/members/account.js';
import { createServices } from '../../src/services.js';
import { systemClock } from '../../src/shared/clock.js';
import { rollcall, scratch } from './program.js';

let place: ReturnType<typeof scratch>;

beforeEach(async () => {
  place = scratch();
  const database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
  await seedDemo(database.inTransaction);
  await database.close();
});
afterEach(() => place.remove());

const run = (...args: string[]) => rollcall(args, { DATABASE_URL: place.database }).ended;
const of = (accountId: string): Account => ({ platform: 'playground', teamId: '', accountId });

/** Looks into the database with the product's services, as a running process would. */
async function looking<Result>(work: (services: ReturnType<typeof createServices>) => Promise<Result>) {
  const database = openDatabase(place.file('rollcall.db'));
  try {
    return await work(createServices(database, systemClock()));
  } finally {
    await database.close();
  }
}

const membersBehind = () =>
  looking(async ({ members }) => [
    (await members.find(of('ana-ferreira')))?.member,
    (await members.find(of('tomas-quiroga')))?.member,
  ]);

it('makes two members again of one, and says when there is none to undo', async () => {
  const before = await membersBehind();
  await looking(async ({ members, links }) => {
    const [ana, tomas] = [await members.find(of('ana-ferreira')), await members.find(of('tomas-quiroga'))];
    if (!ana || !tomas) throw new Error('The demo lacks its people.');
    const { code } = await links.newCode(ana.identity.id);
    await links.confirm(tomas.identity.id, { there: ana.identity.id, code, prefer: 'here' });
  });
  const [linked, too] = await membersBehind();
  expect(linked?.id).toBe(too?.id);

  const undone = await run('members', 'unlink', 'playground:ana-ferreira');

  expect(undone).toMatchObject({ code: 0, err: expect.stringContaining('is undone: two members again') });
  expect(await membersBehind()).toEqual(before);
  const again = await run('members', 'unlink', 'playground:ana-ferreira');
  expect(again).toMatchObject({ code: 2, err: expect.stringContaining('is not linked with another account') });
});
