import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { START } from '../../../tests/builders/outbox.js';
import { newDeliveryId } from '../../domain/ids.js';
import type { DeliveriesRepository } from '../../domain/notifications/deliveries-repository.js';
import { type Connection, type Database, migrate, openDatabase } from '../database.js';
import { deliveriesRepository } from './deliveries-repository.js';

let database: Database;
beforeEach(async () => {
  database = openDatabase(':memory:');
  await migrate(database.connection);
});
afterEach(() => database.close());

/** How SQLite would go about each statement that the work runs. */
async function plansOf(work: (deliveries: DeliveriesRepository) => Promise<unknown>): Promise<string[]> {
  const statements: string[] = [];
  const prepare = database.sqlite.prepare.bind(database.sqlite);
  database.sqlite.prepare = ((text: string) => {
    statements.push(text);
    return prepare(text);
  }) as typeof database.sqlite.prepare;
  await work(deliveriesRepository(database.connection as Connection, () => undefined));
  database.sqlite.prepare = prepare;
  return statements.flatMap((text) => {
    const slots = Array.from({ length: text.match(/\?/gu)?.length ?? 0 }, () => 1);
    return prepare(`explain query plan ${text}`)
      .all(...slots)
      .map((row) => String((row as { detail: unknown }).detail));
  });
}

const now = START;
const most = 10;

describe('looking into the outbox', () => {
  it.each<[string, (deliveries: DeliveriesRepository) => Promise<unknown>]>([
    ['what has no lane yet', (deliveries) => deliveries.listUnsorted({ now, most })],
    ['what is due in a lane', (deliveries) => deliveries.listDue({ lane: 'discord:known:', now, most })],
    ['which lanes there are', (deliveries) => deliveries.listLanes()],
    ['when the next is due', (deliveries) => deliveries.nextTryAfter(now)],
    ['how it stands', (deliveries) => deliveries.counts(now)],
    ['what was given up', (deliveries) => deliveries.list({ state: 'rejected', most })],
    ['what is next', (deliveries) => deliveries.list({ state: 'pending', most })],
    ['what is old', (deliveries) => deliveries.prune({ states: ['sent'], before: now, followable: false }, most)],
    ['what to try again', (deliveries) => deliveries.retry({ state: 'rejected' }, now)],
    ['one of them', (deliveries) => deliveries.retry({ id: newDeliveryId() }, now)],
  ])('for %s, reads no more of it than that', async (_what, work) => {
    const plans = await plansOf(work);
    expect(plans.length).toBeGreaterThan(0);
    // Reading along an index of what is pending is all right: there is a limit, and nothing that was ever sent is in it.
    const scans = plans.filter((plan) => plan.startsWith('SCAN') && !plan.endsWith('USING INDEX deliveries_due'));
    expect(scans).toEqual([]);
    expect(plans.filter((plan) => plan.includes('TEMP B-TREE FOR ORDER BY'))).toEqual([]);
  });
});
