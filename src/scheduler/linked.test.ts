import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { aMember, anIdentity } from '../../tests/builders/members.js';
import { type Outbox, openOutbox, START } from '../../tests/builders/outbox.js';
import type { MemberId } from '../domain/ids.js';
import type { PlannedDelivery } from '../domain/notifications/delivery.js';
import { createServices } from '../services.js';

let outbox: Outbox;
beforeEach(async () => {
  outbox = await openOutbox();
  await outbox.add(ana, discord);
  await outbox.add(other, slack);
});
afterEach(() => outbox.close());

const ana = aMember({ consentedAt: START.minus({ days: 9 }) });
const discord = anIdentity(ana.id, { account: { platform: 'discord', teamId: '', accountId: 'ana' } });
const other = aMember({ consentedAt: START.minus({ days: 2 }) });
const slack = anIdentity(other.id, { account: { platform: 'slack', teamId: 'T1', accountId: 'ANA' } });

const reminder = (memberId: MemberId, { inSeconds = 0 } = {}): PlannedDelivery => ({
  dedupeKey: `reminder:event1:${memberId}`,
  kind: 'test.hello',
  payload: { word: 'It begins soon' },
  dueAt: outbox.clock.now().plus({ seconds: inSeconds }),
  memberId,
});
const services = () => createServices(outbox.database, outbox.clock);

/** Makes one member of both; the one who agreed first goes on. */
async function link(): Promise<void> {
  const { code } = await services().links.newCode(discord.id);
  await services().links.confirm(slack.id, { there: discord.id, code, prefer: 'here' });
  // What linking itself has to say is beside the point.
  await outbox.database.connection.deleteFrom('deliveries').where('dedupe_key', 'not like', 'reminder%').execute();
}

describe('an occasion planned for two members who became one', () => {
  it('is told them once, whether before or after', async () => {
    await outbox.plan(reminder(ana.id), reminder(other.id));
    await link();
    const { dispatcher, given } = outbox.startProcess();
    expect(await dispatcher.run()).toBe(1);
    await outbox.plan(reminder(ana.id));
    expect(await dispatcher.run()).toBe(0);
    expect(given).toHaveLength(1);
  });

  it('is not told again when the one who is no more has been told', async () => {
    await outbox.plan(reminder(other.id));
    const { dispatcher, given } = outbox.startProcess();
    await dispatcher.run();
    await outbox.plan(reminder(ana.id));
    await link();
    expect(await dispatcher.run()).toBe(0);
    expect(given.map(({ platform }) => platform)).toEqual(['slack']);
    await outbox.plan(reminder(ana.id));
    await dispatcher.run();
    expect(given).toHaveLength(1);
  });

  it('and planned for one of them alone is not planned anew for the member they are', async () => {
    await outbox.plan(reminder(other.id));
    await link();
    await outbox.plan(reminder(ana.id));
    expect(await outbox.startProcess().dispatcher.run()).toBe(1);
  });

  it('is not told twice when one message was on its way', async () => {
    await outbox.plan(reminder(other.id));
    const died = outbox.startProcess({ answers: () => new Promise<never>(() => undefined) });
    void died.dispatcher.run();
    await expect.poll(() => died.given.length).toBe(1);
    await outbox.plan(reminder(ana.id));
    await link();
    outbox.inSeconds(90);
    const next = outbox.startProcess();
    await next.dispatcher.run();
    expect(next.given).toMatchObject([{ platform: 'slack', nonce: died.given[0]?.nonce, triedMsAgo: 90_000 }]);
  });

  it('is told either of them when they are two again before it was due', async () => {
    await outbox.plan(reminder(ana.id, { inSeconds: 60 }), reminder(other.id, { inSeconds: 60 }));
    await link();
    await services().links.undo(slack.account);
    await outbox.database.connection.deleteFrom('deliveries').where('dedupe_key', 'not like', 'reminder%').execute();
    outbox.inSeconds(60);
    const { dispatcher, given } = outbox.startProcess();
    await dispatcher.run();
    expect(given.map(({ platform }) => platform).sort()).toEqual(['discord', 'slack']);
    expect(Object.keys(await outbox.states()).sort()).toEqual(
      [`reminder:event1:${ana.id}`, `reminder:event1:${other.id}`].sort(),
    );
  });
});
