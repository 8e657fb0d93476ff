import { setTimeout as wait } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { type Outbox, openOutbox } from '../../tests/builders/outbox.js';
import type { PlatformName } from '../domain/members/account.js';
import type { MemberTarget, PlannedDelivery } from '../domain/notifications/delivery.js';
import type { Delivered, Pacing } from '../platforms/platform.js';

let outbox: Outbox;
beforeEach(async () => {
  outbox = await openOutbox();
});
afterEach(() => outbox.close());

/** A member with one account, whose conversation is open or has to be opened first. */
async function addPerson(name: string, on: { platform?: PlatformName; team?: string; isKnown?: boolean } = {}) {
  const { platform = 'discord', team = '', isKnown = true } = on;
  const person = aMember();
  const account = { platform, teamId: team, accountId: name };
  await outbox.add(person, anIdentity(person.id, { account, directChannelId: isKnown ? `${name}-dm` : undefined }));
  return { memberId: person.id };
}

const hello = (word: string, to: MemberTarget): PlannedDelivery => ({
  dedupeKey: word,
  kind: 'test.hello',
  payload: { word },
  dueAt: outbox.clock.now(),
  ...to,
});

const calm: Pacing = { isPerSpace: false, known: { most: 100, withinMs: 100 } };
const slowOpening: Pacing = { ...calm, opening: { most: 1, withinMs: 100 } };

describe('a burst', () => {
  it('of first contacts goes out slowly, and holds up nobody who is known', async () => {
    for (let index = 0; index < 120; index += 1) {
      await outbox.plan(hello(`new ${index}`, await addPerson(`new${index}`, { isKnown: false })));
    }
    outbox.inSeconds(1);
    await outbox.plan(hello('the answer', await addPerson('organiser')));
    const { dispatcher, given, words } = outbox.startProcess({ pacing: { discord: slowOpening } });
    dispatcher.start();
    await expect.poll(() => words().includes('the answer')).toBe(true);
    await expect.poll(() => given.length, { timeout: 5_000 }).toBeGreaterThan(6);
    await dispatcher.stop();
    expect(words().indexOf('the answer')).toBeLessThan(3);
    const firsts = given.filter((one) => one.words.startsWith('new'));
    const gaps = firsts.slice(1).map(({ atMs }, index) => atMs - (firsts[index]?.atMs ?? 0));
    expect(Math.min(...gaps)).toBeGreaterThan(60);
    expect(gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length).toBeGreaterThan(95);
    // The longest due first.
    expect(firsts.map((one) => one.words)).toEqual(firsts.map((_one, index) => `new ${index}`));
    // What was claimed and has not begun is free again.
    const unsure = (await outbox.rows()).filter(({ unsure_since }) => unsure_since !== null);
    expect(unsure).toEqual([]);
  });

  it('to one platform holds up no other, nor one workspace another', async () => {
    const perSpace: Pacing = { isPerSpace: true, known: { most: 1, withinMs: 10_000 } };
    for (let index = 0; index < 30; index += 1) {
      await outbox.plan(hello(`many ${index}`, await addPerson(`M${index}`, { platform: 'slack', team: 'T1' })));
    }
    await outbox.plan(hello('elsewhere', await addPerson('E', { platform: 'slack', team: 'T2' })));
    await outbox.plan(hello('on discord', await addPerson('d')));
    const { dispatcher, words } = outbox.startProcess({ pacing: { slack: perSpace } });
    dispatcher.start();
    await expect.poll(() => words().sort()).toEqual(['elsewhere', 'many 0', 'on discord']);
    void dispatcher.stop();
  });

  it('is sent with no more than so many at once, and one slow send holds up none of the others', async () => {
    for (let index = 0; index < 40; index += 1) {
      await outbox.plan(hello(`${index}`, await addPerson(`p${index}`)));
    }
    let atOnce = 0;
    let most = 0;
    let release: (delivered: Delivered | undefined) => void = () => undefined;
    const { dispatcher, given } = outbox.startProcess({
      pacing: { discord: { isPerSpace: false, known: { most: 4, withinMs: 0 } } },
      async answers({ words }) {
        atOnce += 1;
        most = Math.max(most, atOnce);
        if (words === '0') await new Promise((resolve) => (release = resolve));
        else await wait(2);
        atOnce -= 1;
        return undefined;
      },
    });
    const sending = dispatcher.run();
    await expect.poll(() => given.length, { timeout: 20_000 }).toBe(40);
    expect(most).toBe(4);
    release(undefined);
    expect(await sending).toBe(40);
  });

  it('into one conversation keeps its messages apart', async () => {
    const ana = await addPerson('ANA', { platform: 'slack', team: 'T1' });
    const ben = await addPerson('BEN', { platform: 'slack', team: 'T1' });
    await outbox.plan(hello('one', ana), hello('two', ana), hello('three', ana), hello('other', ben));
    const { dispatcher, given } = outbox.startProcess({ pacing: { slack: { ...calm, conversationMs: 120 } } });
    expect(await dispatcher.run()).toBe(4);
    const toAna = given.filter(({ to }) => to === 'ANA');
    expect(toAna.map(({ words }) => words)).toEqual(['one', 'two', 'three']);
    expect((toAna[2]?.atMs ?? 0) - (toAna[0]?.atMs ?? 0)).toBeGreaterThan(235);
    expect(given.findIndex(({ to }) => to === 'BEN')).toBeLessThan(2);
  });

  it('of ten thousand is in its lanes within seconds, and what is due later is not kept waiting by it', async () => {
    await outbox.database.inTransaction(async ({ members, deliveries }) => {
      for (let index = 0; index < 10_000; index += 1) {
        const stranger = aMember();
        await members.add(stranger);
        await members.addIdentity(anIdentity(stranger.id));
        await deliveries.plan(hello(`new ${index}`, { memberId: stranger.id }));
      }
    });
    outbox.inSeconds(1);
    await outbox.plan(hello('the answer', await addPerson('organiser')));
    const { dispatcher, words } = outbox.startProcess({
      pacing: { discord: { ...calm, opening: { most: 1, withinMs: 60_000 } } },
    });
    const startedMs = performance.now();
    dispatcher.start();
    await expect.poll(() => words().includes('the answer'), { timeout: 60_000 }).toBe(true);
    expect(performance.now() - startedMs).toBeLessThan(30_000);
    void dispatcher.stop();
  });
});

describe('a platform that asks to wait', () => {
  const refusing =
    (delivered: Delivered, words: string) =>
    ({ words: given }: { words: string }) =>
      given === words ? delivered : undefined;

  it('for a message alone has that wait as told, without a failure, however often', async () => {
    await outbox.plan(hello('Hello', await addPerson('ana')));
    const { dispatcher, given } = outbox.startProcess({
      answers: () => (given.length <= 10 ? { kind: 'retry-after', retryAfterMs: 30_000 } : undefined),
    });
    for (let time = 0; time < 11; time += 1) {
      await dispatcher.run();
      outbox.inSeconds(30);
    }
    expect(given).toHaveLength(11);
    expect(await outbox.rows()).toMatchObject([{ state: 'sent', failures: 0, attempts: 11 }]);
  });

  it('for new conversations has all of them wait, which is told, and the known ones go on', async () => {
    await outbox.plan(
      hello('new 1', await addPerson('n1', { isKnown: false })),
      hello('new 2', await addPerson('n2', { isKnown: false })),
      hello('known', await addPerson('k')),
    );
    let isFlagged = true;
    const { dispatcher, words, logs } = outbox.startProcess({
      pacing: { discord: slowOpening },
      answers: (one) =>
        isFlagged
          ? refusing({ kind: 'retry-after', retryAfterMs: 3_600_000, holds: 'openings' }, 'new 1')(one)
          : undefined,
    });
    await dispatcher.run();
    expect(words().sort()).toEqual(['known', 'new 1']);
    expect(dispatcher.held()).toMatchObject([{ platform: 'discord', sort: 'opening' }]);
    expect(logs()).toContain('held back');
    await outbox.plan(hello('known too', await addPerson('k2')));
    await dispatcher.run();
    expect(words()).toContain('known too');
    isFlagged = false;
    outbox.inSeconds(3_600);
    await dispatcher.run();
    expect(
      words()
        .filter((word) => word.startsWith('new'))
        .sort(),
    ).toEqual(['new 1', 'new 1', 'new 2']);
    expect(dispatcher.held()).toEqual([]);
  });

  it('altogether has everything wait, beside other platforms', async () => {
    await outbox.plan(hello('first', await addPerson('a')));
    const { dispatcher, words } = outbox.startProcess({
      pacing: { discord: slowOpening },
      answers: refusing({ kind: 'retry-after', retryAfterMs: 10_000, holds: 'all' }, 'first'),
    });
    await dispatcher.run();
    await outbox.plan(
      hello('known', await addPerson('b')),
      hello('new', await addPerson('c', { isKnown: false })),
      hello('slack', await addPerson('S', { platform: 'slack', team: 'T1' })),
    );
    await dispatcher.run();
    expect(words()).toEqual(['first', 'slack']);
    outbox.inSeconds(10);
    await dispatcher.run();
    expect(words().slice(2)).toContain('known');
  });
});

describe('a delivery that was put into its lane', () => {
  it('goes another way when its account has been closed meanwhile', async () => {
    const ana = aMember();
    const discord = anIdentity(ana.id, { account: { platform: 'discord', teamId: '', accountId: 'ana' } });
    const slack = anIdentity(ana.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'ANA' } });
    await outbox.add(ana, discord, slack);
    await outbox.plan(hello('one', { memberId: ana.id, identityId: discord.id }));
    await outbox.plan(hello('two', { memberId: ana.id, identityId: discord.id }));
    const { dispatcher, given } = outbox.startProcess({
      answers: ({ platform }) => (platform === 'discord' ? { kind: 'unreachable' } : undefined),
    });
    expect(await dispatcher.run()).toBe(2);
    expect(given.map(({ platform, words }) => `${platform} ${words}`)).toEqual([
      'discord one',
      'slack one',
      'slack two',
    ]);
  });

  it('is given back when its platform no longer runs, and goes on when it does', async () => {
    await outbox.plan(hello('Hello', await addPerson('S', { platform: 'slack', team: 'T1' })));
    const held = outbox.startProcess({
      answers: () => ({ kind: 'retry-after', retryAfterMs: 1_000, holds: 'alike' }),
    });
    await held.dispatcher.run();
    outbox.inSeconds(2);
    await outbox.startProcess({ platforms: ['discord'] }).dispatcher.run();
    expect(await outbox.rows()).toMatchObject([{ state: 'pending', last_error: 'no-platform', failures: 1 }]);
    outbox.inSeconds(60);
    expect(await outbox.startProcess().dispatcher.run()).toBe(1);
  });

  it('waits for an earlier one of its recipient that is in trouble, though not for days', async () => {
    const ana = await addPerson('ana');
    await outbox.plan(hello('cursed', ana), hello('fine', ana));
    const { dispatcher, words } = outbox.startProcess({
      answers: ({ words }) => (words === 'cursed' ? { kind: 'retry-later' } : undefined),
    });
    await dispatcher.run();
    outbox.inSeconds(10);
    await dispatcher.run();
    expect(words()).toEqual(['cursed', 'cursed']);
    for (let minute = 0; minute < 20; minute += 1) {
      outbox.inSeconds(60);
      await dispatcher.run();
    }
    expect(words().filter((word) => word === 'fine')).toHaveLength(1);
    expect(await outbox.states()).toMatchObject({ cursed: 'pending', fine: 'sent' });
  });
});

describe('a claim', () => {
  it('is kept by a process that is only slow, and passes on from one that died within half a minute', async () => {
    await outbox.plan(hello('Hello', await addPerson('ana')));
    const slow = outbox.startProcess({ answers: () => new Promise<never>(() => undefined), renewEveryMs: 20 });
    void slow.dispatcher.run();
    await expect.poll(() => slow.given.length).toBe(1);
    const other = outbox.startOther();
    for (let time = 0; time < 10; time += 1) {
      outbox.inSeconds(15);
      await wait(60);
      await other.dispatcher.run();
    }
    expect(other.given).toEqual([]);
    void slow.dispatcher.stop();
    outbox.inSeconds(15);
    await wait(60);
    await other.dispatcher.run();
    expect(other.given).toEqual([]);
  });

  it('that passed on goes first, as platforms tell a copy for minutes only', async () => {
    const people = await Promise.all(Array.from({ length: 6 }, (_, index) => addPerson(`p${index}`)));
    await outbox.plan(...people.slice(0, 1).map((to) => hello('perhaps there', to)));
    const died = outbox.startProcess({ answers: () => new Promise<never>(() => undefined) });
    void died.dispatcher.run();
    await expect.poll(() => died.given.length).toBe(1);
    await outbox.plan(...people.slice(1).map((to, index) => ({ ...hello(`${index}`, to), dueAt: outbox.clock.now() })));
    outbox.inSeconds(30);
    const next = outbox.startOther({
      pacing: { discord: { isPerSpace: false, known: { most: 1, withinMs: 0 } } },
    });
    await next.dispatcher.run();
    expect(next.words()[0]).toBe('perhaps there');
    expect(next.given).toHaveLength(6);
  });
});
