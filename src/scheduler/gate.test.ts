import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { aCity } from '../../tests/builders/orgs.js';
import { type Outbox, openOutbox } from '../../tests/builders/outbox.js';
import { onUnasked } from '../bot/deliveries.js';
import type { BotModule } from '../bot/registry.js';
import { message } from '../bot/views.js';
import type { Member } from '../domain/members/member.js';
import type { QuietHours } from '../domain/notifications/quiet-hours.js';

const Word = z.object({ word: z.string() });

/** Messages that nobody asked for: one that may wait, a reminder of what they go to or not, an alert. */
const unasked: BotModule = {
  messages: [
    onUnasked('test.usual', Word, { view: async (_to, { word }) => message(word) }),
    onUnasked('test.reminder', Word, {
      urgency: async (_to, { word }) => (word.startsWith('going') ? 'reminder' : 'usual'),
      view: async (_to, { word }) => message(word),
    }),
    onUnasked('test.alert', Word, { urgency: 'alert', view: async (_to, { word }) => message(word) }),
  ],
};

let outbox: Outbox;
let ana: Member;

beforeEach(async () => {
  outbox = await openOutbox();
});

afterEach(() => outbox.close());

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' }) as DateTime<true>;

/** Ana, where and when she is. */
async function anaIs(now: string, overrides: Partial<Member> = {}) {
  outbox.clock.moveTo(utc(now));
  ana = aMember(overrides);
  await outbox.add(ana, anIdentity(ana.id));
  return outbox.startProcess({ more: [unasked] });
}

let count = 0;
const plan = (word: string, kind = 'test.usual') => {
  count += 1;
  return outbox.plan({
    dedupeKey: `${word}:${count}`,
    memberId: ana.id,
    kind,
    payload: { word },
    dueAt: outbox.clock.now(),
  });
};

const setQuietHours = (quietHours: QuietHours | undefined) =>
  outbox.database.inTransaction(async ({ choices }) => choices.save({ ...(await choices.get(ana.id)), quietHours }));

const close = () => outbox.database.connection.updateTable('identities').set({ reach: 'closed' }).execute();

const at = (hour: number, minute = 0) => ({ hour, minute });
const dueAt = async () => (await outbox.rows()).map(({ due_at }) => due_at.replace('.000Z', 'Z'));

describe('a message that nobody asked for', () => {
  it('waits for the end of quiet hours, by the clock where the member is', async () => {
    const { dispatcher, words } = await anaIs('2026-03-05T23:10:00Z');
    await plan('hello');
    expect(await dispatcher.run()).toBe(0);
    expect(await dueAt()).toEqual(['2026-03-06T08:00:00Z']);
    outbox.clock.moveTo(utc('2026-03-06T07:59:00Z'));
    expect(await dispatcher.run()).toBe(0);
    outbox.clock.moveTo(utc('2026-03-06T08:00:00Z'));
    expect(await dispatcher.run()).toBe(1);
    expect(words()).toEqual(['hello']);
    expect((await outbox.rows())[0]).toMatchObject({ state: 'sent', failures: 0, unsure_since: null });
  });

  it.each([
    ['Lisbon as its clock goes forward', 'Europe/Lisbon', '2026-03-28T23:30:00Z', '2026-03-29T07:00:00Z'],
    ['Lisbon as its clock goes back', 'Europe/Lisbon', '2026-10-24T23:30:00Z', '2026-10-25T08:00:00Z'],
    ['Kathmandu, 05:45 ahead', 'Asia/Kathmandu', '2026-03-05T17:00:00Z', '2026-03-06T02:15:00Z'],
    ['the Chatham Islands, 12:45 ahead', 'Pacific/Chatham', '2026-07-05T10:00:00Z', '2026-07-05T19:15:00Z'],
    ['Kiritimati, a day ahead of others', 'Pacific/Kiritimati', '2026-03-05T12:00:00Z', '2026-03-05T18:00:00Z'],
    ['Pago Pago, a day behind them', 'Pacific/Pago_Pago', '2026-03-05T10:00:00Z', '2026-03-05T19:00:00Z'],
  ])('waits for the morning in %s', async (_where, zone, now, until) => {
    const { dispatcher } = await anaIs(now, { zone });
    await plan('hello');
    expect(await dispatcher.run()).toBe(0);
    expect(await dueAt()).toEqual([until]);
    outbox.clock.moveTo(utc(until));
    expect(await dispatcher.run()).toBe(1);
  });

  it.each([
    ['the city, where that may be used', true, 0],
    ['UTC, where it may not', false, 1],
  ])('goes, for a member without a zone, by %s', async (_what, isLocationDiscoverable, sent) => {
    const { dispatcher } = await anaIs('2026-03-05T21:30:00Z', {
      zone: undefined,
      city: aCity({ zone: 'Europe/Athens' }),
      privacy: { isLocationDiscoverable, isAttendanceShared: false, isProfileShared: true },
    });
    await plan('hello');
    expect(await dispatcher.run()).toBe(sent);
  });

  it('goes by the zone and the hours that the member has by then', async () => {
    const { dispatcher } = await anaIs('2026-03-05T12:00:00Z');
    await plan('hello');
    await outbox.database.inTransaction(({ members }) => members.updateZone(ana.id, 'Asia/Tokyo'));
    outbox.clock.moveTo(utc('2026-03-05T13:30:00Z'));
    expect(await dispatcher.run()).toBe(0);
    expect(await dueAt()).toEqual(['2026-03-05T23:00:00Z']);
    outbox.clock.moveTo(utc('2026-03-05T23:00:00Z'));
    await setQuietHours({ from: at(8), to: at(9, 30) });
    expect(await dispatcher.run()).toBe(0);
    expect(await dueAt()).toEqual(['2026-03-06T00:30:00Z']);
    await setQuietHours(undefined);
    await plan('at night');
    expect(await dispatcher.run()).toBe(1);
  });

  it('is not sent once the member said stop', async () => {
    const { dispatcher } = await anaIs('2026-03-05T12:00:00Z');
    await plan('hello');
    await plan('going', 'test.reminder');
    await plan('alert', 'test.alert');
    await outbox.database.inTransaction(({ members }) => members.updateStoppedAt(ana.id, outbox.clock.now()));
    expect(await dispatcher.run()).toBe(0);
    expect(new Set(Object.values(await outbox.states()))).toEqual(new Set(['cancelled']));
  });

  it('holds up nothing that was asked for while it waits', async () => {
    const { dispatcher, words } = await anaIs('2026-03-05T23:10:00Z');
    await plan('unasked');
    await plan('asked', 'test.hello');
    expect(await dispatcher.run()).toBe(1);
    expect(words()).toEqual(['asked']);
  });

  it('of an event they go to comes in quiet hours, too; of another one it waits', async () => {
    const { dispatcher, words } = await anaIs('2026-03-05T23:10:00Z');
    await plan('maybe', 'test.reminder');
    await plan('going', 'test.reminder');
    expect(await dispatcher.run()).toBe(1);
    expect(words()).toEqual(['going']);
  });
});

describe('the budget of a day', () => {
  it('lets six through, and the rest go the next morning in the order in which they were due', async () => {
    const { dispatcher, words } = await anaIs('2026-03-05T12:00:00Z');
    const all = ['1', '2', '3', '4', '5', '6', '7', '8'];
    for (const word of all) await plan(word);
    expect(await dispatcher.run()).toBe(6);
    expect((await dueAt()).slice(6)).toEqual(['2026-03-06T08:00:00Z', '2026-03-06T08:00:00Z']);
    outbox.clock.moveTo(utc('2026-03-06T08:00:00Z'));
    expect(await dispatcher.run()).toBe(2);
    expect(words()).toEqual(all);
  });

  it('counts by the member’s own day', async () => {
    const { dispatcher } = await anaIs('2026-03-05T14:30:00Z', { zone: 'Asia/Tokyo' });
    await setQuietHours(undefined);
    for (const word of ['1', '2', '3', '4', '5', '6']) await plan(word);
    expect(await dispatcher.run()).toBe(6);
    outbox.clock.moveTo(utc('2026-03-05T15:00:00Z'));
    await plan('7');
    expect(await dispatcher.run()).toBe(1);
  });

  it('ends at eight without quiet hours, in a day of 23 hours and with hours that end at night', async () => {
    const { dispatcher } = await anaIs('2026-03-28T12:00:00Z');
    await setQuietHours(undefined);
    for (const word of ['1', '2', '3', '4', '5', '6', '7']) await plan(word);
    await dispatcher.run();
    expect((await dueAt()).at(-1)).toBe('2026-03-29T07:00:00Z');
    await setQuietHours({ from: at(22), to: at(1, 30) });
    await plan('8');
    await dispatcher.run();
    expect((await dueAt()).at(-1)).toBe('2026-03-29T01:30:00Z');
  });

  it('counts neither reminders of what they go to, nor alerts, nor what was asked for', async () => {
    const { dispatcher } = await anaIs('2026-03-05T12:00:00Z');
    for (let round = 0; round < 4; round += 1) {
      await plan('going', 'test.reminder');
      await plan('alert', 'test.alert');
      await plan('asked', 'test.hello');
    }
    for (const word of ['1', '2', '3', '4', '5', '6', '7']) await plan(word);
    expect(await dispatcher.run()).toBe(18);
    for (const kind of ['test.reminder', 'test.alert', 'test.hello']) await plan('going', kind);
    expect(await dispatcher.run()).toBe(3);
  });
});

describe('an account known as closed', () => {
  const states = async () => (await outbox.rows()).map(({ state, last_error }) => [state, last_error]);

  it('is tried with nothing that nobody asked for, and noted each time as not reached', async () => {
    const { dispatcher, given } = await anaIs('2026-03-05T12:00:00Z');
    await close();
    for (const kind of ['test.usual', 'test.reminder', 'test.alert']) await plan('going', kind);
    expect(await dispatcher.run()).toBe(0);
    expect(given).toEqual([]);
    expect(await states()).toEqual(Array.from({ length: 3 }, () => ['undeliverable', 'unreachable']));
  });

  it('is tried once when it closes, whatever is due after that', async () => {
    await anaIs('2026-03-05T12:00:00Z');
    const { dispatcher, given } = outbox.startProcess({ more: [unasked], answers: () => ({ kind: 'unreachable' }) });
    for (const word of ['1', '2', '3', '4']) await plan(word);
    await dispatcher.run();
    expect(given).toHaveLength(1);
  });

  it('gets what its owner asked for, which opens it again', async () => {
    const { dispatcher, words } = await anaIs('2026-03-05T12:00:00Z');
    await close();
    await plan('asked', 'test.hello');
    expect(await dispatcher.run()).toBe(1);
    await plan('unasked');
    await dispatcher.run();
    expect(words()).toEqual(['asked', 'unasked']);
  });

  it('leaves it to the member’s other account', async () => {
    const { dispatcher, given } = await anaIs('2026-03-05T12:00:00Z');
    await close();
    const account = { platform: 'slack', teamId: 'T1', accountId: 'ana' } as const;
    await outbox.database.inTransaction(({ members }) => members.addIdentity(anIdentity(ana.id, { account })));
    await plan('hello');
    expect(await dispatcher.run()).toBe(1);
    expect(given.map(({ platform }) => platform)).toEqual(['slack']);
  });
});

describe('an alert', () => {
  it('waits for quiet hours to end', async () => {
    const { dispatcher } = await anaIs('2026-03-05T23:10:00Z');
    await plan('alert', 'test.alert');
    expect(await dispatcher.run()).toBe(0);
    outbox.clock.moveTo(utc('2026-03-06T08:00:00Z'));
    expect(await dispatcher.run()).toBe(1);
  });
});

it('what may be there already is seen to at once, though quiet hours began meanwhile', async () => {
  outbox.clock.moveTo(utc('2026-03-05T21:59:50Z'));
  ana = aMember();
  await outbox.add(ana, anIdentity(ana.id));
  let isCut = true;
  const process = outbox.startProcess({
    more: [unasked],
    answers: () => (isCut ? { kind: 'retry-later' } : undefined),
  });
  await plan('hello');
  await process.dispatcher.run();
  isCut = false;
  outbox.clock.moveTo(utc('2026-03-05T22:00:20Z'));
  expect(await process.dispatcher.run()).toBe(1);
});

it('an outage that ends in quiet hours wakes nobody', async () => {
  outbox.clock.moveTo(utc('2026-03-05T21:50:00Z'));
  ana = aMember();
  await outbox.add(ana, anIdentity(ana.id));
  let isDown = true;
  const process = outbox.startProcess({
    more: [unasked],
    answers: () => (isDown ? { kind: 'retry-later' } : undefined),
  });
  await plan('hello');
  await process.dispatcher.run();
  isDown = false;
  outbox.clock.moveTo(utc('2026-03-05T22:30:00Z'));
  expect(await process.dispatcher.run()).toBe(0);
  expect((await outbox.rows())[0]).toMatchObject({ due_at: '2026-03-06T08:00:00.000Z', failures: 1 });
  expect((await outbox.rows())[0]?.unsure_since).not.toBeNull();
  outbox.clock.moveTo(utc('2026-03-06T08:00:00Z'));
  expect(await process.dispatcher.run()).toBe(1);
});
