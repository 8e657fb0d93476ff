import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { type Database, migrate, openDatabase } from '../../db/database.js';
import type { MemberId } from '../ids.js';
import type { Audience, PlannedMailing } from './mailing.js';
import { createMailingService } from './mailing-service.js';

const NOW = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });
const news: PlannedMailing = { occasion: 'news:1', kind: 'test.news', payload: { event: 'e' }, dueAt: NOW };

let database: Database;
let members: MemberId[];

beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
  members = Array.from({ length: 25 }, () => aMember().id).sort();
  await database.inTransaction(async (repositories) => {
    for (const id of members) await repositories.members.add(aMember({ id }));
  });
});

afterEach(() => database.close());

const everybody: Audience = async (_repositories, _mailing, { after = '', most }) =>
  members.filter((id) => id > after).slice(0, most);

const plan = (...mailings: PlannedMailing[]) =>
  database.inTransaction(async (repositories) => {
    for (const mailing of mailings) await repositories.mailings.plan(mailing);
  });

const keys = async () =>
  (await database.connection.selectFrom('deliveries').select('dedupe_key').execute())
    .map(({ dedupe_key }) => dedupe_key)
    .sort();

const keysOf = (occasion: string) => members.map((id) => `${occasion}:${id}`);

const serviceWith = (audiences: Record<string, Audience>) =>
  createMailingService({ inTransaction: database.inTransaction, audiences, membersAtOnce: 10 });

describe('a mailing', () => {
  it('becomes one delivery for each member of its audience, as it is due and with its payload', async () => {
    await plan(news);
    expect(await serviceWith({ 'test.news': everybody }).fanOut(NOW)).toBe(25);
    expect(await keys()).toEqual(keysOf('news:1'));
    const one = await database.connection.selectFrom('deliveries').selectAll().executeTakeFirstOrThrow();
    expect(one).toMatchObject({ kind: 'test.news', payload: '{"event":"e"}', due_at: '2026-03-01T10:00:00.000Z' });
  });

  it('is planned once, however often its fact is written', async () => {
    await plan(news, news);
    const mailings = serviceWith({ 'test.news': everybody });
    await mailings.fanOut(NOW);
    await plan(news);
    expect(await mailings.fanOut(NOW)).toBe(0);
    expect(await keys()).toHaveLength(25);
  });

  it('waits until it is due, and says when that is', async () => {
    const mailings = serviceWith({ 'test.news': everybody });
    await plan({ ...news, dueAt: NOW.plus({ hours: 1 }) });
    expect(await mailings.fanOut(NOW)).toBe(0);
    expect((await mailings.nextDueAt())?.toISO()).toBe('2026-03-01T11:00:00.000Z');
    expect(await mailings.fanOut(NOW.plus({ hours: 1 }))).toBe(25);
    expect(await mailings.nextDueAt()).toBeUndefined();
  });

  it('goes on where it was cut off', async () => {
    await plan(news);
    let asked = 0;
    const failing: Audience = (...args) => {
      asked += 1;
      if (asked === 2) throw new Error('cut off');
      return everybody(...args);
    };
    await expect(serviceWith({ 'test.news': failing }).fanOut(NOW)).rejects.toThrow('cut off');
    expect(await keys()).toHaveLength(10);
    await serviceWith({ 'test.news': everybody }).fanOut(NOW);
    expect(await keys()).toEqual(keysOf('news:1'));
  });

  it('is held up by no other one that fails', async () => {
    const broken: Audience = () => Promise.reject(new Error('broken'));
    await plan({ ...news, occasion: 'bad:1', kind: 'test.bad', dueAt: NOW.minus({ hours: 1 }) }, news);
    const mailings = serviceWith({ 'test.news': everybody, 'test.bad': broken });
    await expect(mailings.fanOut(NOW)).rejects.toThrow('broken');
    expect(await keys()).toEqual(keysOf('news:1'));
  });

  it('goes to each once when two processes are at it', async () => {
    await plan(news);
    const mailings = serviceWith({ 'test.news': everybody });
    const [one, other] = await Promise.all([mailings.fanOut(NOW), mailings.fanOut(NOW)]);
    expect(one + other).toBe(25);
    expect(await keys()).toEqual(keysOf('news:1'));
  });

  it('of a kind that nobody knows is laid to rest', async () => {
    await plan(news);
    const mailings = serviceWith({});
    expect(await mailings.fanOut(NOW)).toBe(0);
    expect(await mailings.nextDueAt()).toBeUndefined();
  });

  it('is kept for a while once it has reached everybody, and dropped then', async () => {
    await plan(news);
    const mailings = serviceWith({ 'test.news': everybody });
    await mailings.fanOut(NOW);
    expect(await mailings.prune(NOW.plus({ days: 90 }))).toBe(0);
    expect(await mailings.prune(NOW.plus({ days: 91 }))).toBe(1);
  });

  it('wakes whoever makes its deliveries, after the transaction', async () => {
    let woken = 0;
    database.onMailing(() => (woken += 1));
    await plan(news);
    expect(woken).toBe(1);
  });
});
