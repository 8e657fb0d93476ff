import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrate, openDatabase } from '../../src/db/database.js';
import { systemClock } from '../../src/shared/clock.js';
import { aMember, anIdentity } from '../builders/members.js';
import { rollcall, scratch } from './program.js';

let place: ReturnType<typeof scratch>;
const ana = aMember({ profile: { ...aMember().profile, name: 'Quetzalina' } });

beforeEach(async () => {
  place = scratch();
  const database = openDatabase(place.file('rollcall.db'));
  await migrate(database.connection);
  await database.inTransaction(async ({ members, deliveries }) => {
    await members.add(ana);
    await members.addIdentity(anIdentity(ana.id));
    for (const key of ['one', 'two', 'three', 'four']) {
      await deliveries.plan({
        dedupeKey: key,
        memberId: ana.id,
        kind: 'welcome',
        payload: {},
        dueAt: systemClock().now(),
      });
    }
  });
  const noteAs = (key: string, state: string) =>
    database.connection
      .updateTable('deliveries')
      .set({ state, last_error: 'discord-50035' })
      .where('dedupe_key', '=', key)
      .execute();
  await noteAs('one', 'rejected');
  await noteAs('two', 'rejected');
  await noteAs('three', 'undeliverable');
  await database.close();
});
afterEach(() => place.remove());

const run = (...args: string[]) => rollcall(['outbox', ...args], { DATABASE_URL: place.database }).ended;
const listed = async (...args: string[]): Promise<{ id: string; dedupeKey: string; state: string }[]> =>
  JSON.parse((await run('list', '--json', ...args)).out);

describe('rollcall outbox', { timeout: 90_000 }, () => {
  it('lists what was given up, shows one, and has them tried again', async () => {
    const { out } = await run('list');
    expect(out.split('\n')[0]).toMatch(/^id +state +kind +to +due +failures +error$/);
    expect(out).toContain(`member ${ana.id}`);
    expect(out).not.toContain('Quetzalina');
    expect(await listed()).toHaveLength(3);
    expect(await listed('--limit', '1')).toHaveLength(1);
    expect(await listed('--state', 'pending')).toMatchObject([{ dedupeKey: 'four' }]);

    const [dead] = await listed('--state', 'undeliverable');
    const shown = await run('show', dead?.id ?? '');
    expect(shown.out).toMatch(/^lastError +discord-50035$/m);
    expect(await run('retry', dead?.id ?? '')).toMatchObject({
      code: 0,
      err: expect.stringContaining('1 delivery is'),
    });
    expect(await run('retry', dead?.id ?? '')).toMatchObject({ code: 2, err: expect.stringContaining('not given up') });
    const all = await run('retry', '--all', '--state', 'rejected');
    expect(all.err).toContain('2 deliveries are tried again');
    expect(await listed()).toEqual([]);
    expect((await run('list')).err).toContain('nothing was given up');
  });

  it('says what is wrong with what was asked', async () => {
    for (const [args, words] of [
      [['list', '--state', 'lost'], '--state is one of pending, sent'],
      [['list', '--limit', 'all'], 'such as --limit 50'],
      [['show', '0123456789abcdef'], 'There is no delivery'],
      [['show', 'drop table'], 'is no delivery’s id'],
      [['retry'], 'Give either the id'],
      [['retry', '--all'], 'Give either the id'],
      [['retry', '--all', '--state', 'sent'], 'one of undeliverable, rejected'],
    ] as const) {
      expect(await run(...args), args.join(' ')).toMatchObject({ code: 2, err: expect.stringContaining(words) });
    }
  });
});
