import type { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { type Outbox, openOutbox, START } from '../../../tests/builders/outbox.js';
import { createServices } from '../../services.js';
import { newDeliveryId } from '../ids.js';
import type { PlannedDelivery } from './delivery.js';

let outbox: Outbox;
const ana = aMember();
beforeEach(async () => {
  outbox = await openOutbox();
  await outbox.add(ana, anIdentity(ana.id));
});
afterEach(() => outbox.close());

const service = () => createServices(outbox.database, outbox.clock).outbox;
const hello = (dedupeKey: string, more: { dueAt?: DateTime } = {}): PlannedDelivery => ({
  dedupeKey,
  memberId: ana.id,
  kind: 'test.hello',
  payload: { word: dedupeKey },
  dueAt: outbox.clock.now(),
  ...more,
});

/** Plans one and lets it end in that way. */
async function ended(dedupeKey: string, how: 'sent' | 'cancelled' | 'rejected' | 'undeliverable', dueAt = START) {
  await outbox.plan(hello(dedupeKey, { dueAt: dueAt as DateTime }));
  await outbox
    .startProcess({
      words: async () => (how === 'cancelled' ? undefined : { blocks: [{ kind: 'text', text: 'Hello' }] }),
      answers: () =>
        how === 'rejected'
          ? { kind: 'rejected', reason: 'odd' }
          : how === 'undeliverable'
            ? { kind: 'unreachable' }
            : undefined,
    })
    .dispatcher.run();
}

describe('the outbox as operators see it', () => {
  it('counts what is due, since when, and what was given up', async () => {
    expect(await service().counts()).toEqual({ due: 0, oldestDueAt: undefined, undeliverable: 0, rejected: 0 });
    await ended('a', 'rejected');
    await ended('b', 'undeliverable');
    await outbox.plan(
      hello('c', { dueAt: START.minus({ minutes: 5 }) }),
      hello('d', { dueAt: START.plus({ days: 1 }) }),
    );
    expect(await service().counts()).toEqual({
      due: 1,
      oldestDueAt: START.minus({ minutes: 5 }),
      undeliverable: 1,
      rejected: 1,
    });
  });

  it('has what was given up tried again, one or all of a state, once', async () => {
    await ended('a', 'rejected');
    await ended('b', 'rejected');
    await ended('c', 'undeliverable');
    await ended('d', 'sent');
    outbox.inSeconds(10 * 86_400);
    const [latest] = await service().list({ state: 'undeliverable', most: 5 });
    expect(latest).toMatchObject({ dedupeKey: 'c', to: `member ${ana.id}`, lastError: 'unreachable' });
    expect(await service().retry({ id: latest?.id ?? newDeliveryId() })).toBe(1);
    expect(await service().retry({ id: latest?.id ?? newDeliveryId() })).toBe(0);
    expect(await service().retry({ state: 'rejected' })).toBe(2);
    const [sent] = await service().list({ state: 'sent', most: 5 });
    expect(await service().retry({ id: sent?.id ?? newDeliveryId() })).toBe(0);
    // They count as due now: one more failure does not give them up.
    const failing = outbox.startProcess({ answers: () => ({ kind: 'retry-later' }) });
    await failing.dispatcher.run();
    expect(await outbox.states()).toEqual({ a: 'pending', b: 'pending', c: 'pending', d: 'sent' });
    outbox.inSeconds(60);
    await outbox.startProcess().dispatcher.run();
    expect(await outbox.states()).toEqual({ a: 'sent', b: 'sent', c: 'sent', d: 'sent' });
  });

  it('lets go of what ended three months ago, of dead letters after six, and of nothing that waits', async () => {
    for (const days of [0, 100, 200]) {
      const dueAt = START.minus({ days }) as DateTime<true>;
      await ended(`sent ${days}`, 'sent', dueAt);
      await ended(`cancelled ${days}`, 'cancelled', dueAt);
      await ended(`rejected ${days}`, 'rejected', dueAt);
    }
    await outbox.plan(hello('waits', { dueAt: START.minus({ days: 200 }) }));
    expect(await service().prune(START)).toBe(5);
    expect(Object.keys(await outbox.states()).sort()).toEqual([
      'cancelled 0',
      'rejected 0',
      'rejected 100',
      'sent 0',
      'waits',
    ]);
  });

  it('keeps the posts that an event’s changes follow up, for as long as an event may be ahead', async () => {
    const channel = { platform: 'discord', externalId: 'server', channelId: 'general' } as const;
    const post = { ...hello('post'), kind: 'test.post', channel, act: { do: 'post' } } as const;
    const { memberId: _none, ...posted } = { memberId: undefined, ...post };
    await outbox.plan({ ...posted, dueAt: START.minus({ days: 400 }) });
    await outbox.startProcess().dispatcher.run();
    expect(await service().prune(START)).toBe(0);
    await outbox.plan({ ...posted, dedupeKey: 'edit', act: { do: 'edit', of: 'post' } });
    const { dispatcher, given } = outbox.startProcess();
    await dispatcher.run();
    expect(given).toMatchObject([{ how: 'edit', on: 'm1' }]);
    expect(await service().prune(START.plus({ days: 400 }))).toBe(2);
  });

  it('is pruned in small steps, between which others are served', async () => {
    const old = START.minus({ days: 100 });
    await outbox.plan(...Array.from({ length: 1_201 }, (_, index) => hello(`${index}`, { dueAt: old })));
    await outbox.database.connection.updateTable('deliveries').set({ state: 'cancelled' }).execute();
    const pruning = service().prune(START);
    const left: number[] = [];
    for (let look = 0; look < 50; look += 1) {
      left.push((await outbox.rows()).length);
      await new Promise((resolve) => setImmediate(resolve));
    }
    expect(await pruning).toBe(1_201);
    expect(left).toContain(701);
  });
});
