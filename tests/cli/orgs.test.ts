import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/db/database.js';
import { anOrg } from '../builders/orgs.js';
import { rollcall, scratch } from './program.js';

let place: ReturnType<typeof scratch>;

beforeEach(async () => {
  place = scratch();
  const database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
  await database.inTransaction(async ({ orgs }) => {
    await orgs.add(anOrg({ name: 'Chess Lisbon', slug: 'chess-lisbon' }));
    await orgs.add(anOrg({ name: 'Zebra Watch', slug: 'zebra-watch', isListed: false, listedAfterReview: true }));
  });
  await database.close();
});
afterEach(() => place.remove());

/** Each run is a process of its own, which takes a second or more on a busy machine. */
const PATIENCE = { timeout: 90_000 };

const run = (...args: string[]) => rollcall(args, { DATABASE_URL: place.database }).ended;
const states = async () => {
  const { out } = await run('orgs', 'list', '--json');
  return JSON.parse(out).map(({ slug, state }: { slug: string; state: string }) => `${slug}: ${state}`);
};

describe('rollcall orgs', PATIENCE, () => {
  it('lists every org, those that wait first, and lets them into the directory', async () => {
    const { out } = await run('orgs', 'list');
    expect(out.split('\n')[0]).toMatch(/^slug +name +place +members +state$/);
    expect(await states()).toEqual(['zebra-watch: waiting for review', 'chess-lisbon: listed']);
    expect(await run('orgs', 'verify', 'zebra-watch')).toMatchObject({ code: 0 });
    expect(await states()).toEqual(['chess-lisbon: listed', 'zebra-watch: listed']);
    expect((await run('orgs', 'verify', 'zebra-watch')).err).toContain('already listed');
  });

  it('hides, shows, makes global and local again, and notes each in the org’s log', async () => {
    await run('orgs', 'hide', 'chess-lisbon');
    await run('orgs', 'global', 'chess-lisbon');
    expect(await states()).toContain('chess-lisbon: listed, hidden, global');
    await run('orgs', 'unhide', 'chess-lisbon');
    await run('orgs', 'global', '--off', 'chess-lisbon');
    expect(await states()).toContain('chess-lisbon: listed');
    const database = openDatabase(place.file('rollcall.db'));
    const noted = database.sqlite.prepare('select actor_kind, action from audit_entries order by id').all();
    await database.close();
    expect(noted).toEqual(
      ['org.hidden', 'org.global-set', 'org.unhidden', 'org.global-set'].map((action) => ({
        actor_kind: 'operator',
        action,
      })),
    );
  });

  it('names the nearest for a slug that no org has', async () => {
    const { code, err } = await run('orgs', 'hide', 'ches-lisbon');
    expect({ code, err }).toMatchObject({ code: 2, err: expect.stringContaining('Near it: chess-lisbon') });
  });
});
