import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type NewsWorld, newsWorld, utc } from '../../tests/builders/news.js';
import { aMembership } from '../../tests/builders/orgs.js';
import { type Outbox, openOutbox } from '../../tests/builders/outbox.js';
import type { Delivered } from '../platforms/platform.js';

let outbox: Outbox;
let world: NewsWorld;

/** A Wednesday, 10:00 in Lisbon. */
const WEDNESDAY = '2026-03-04T10:00:00Z';
/** Sunday, 18:00 in Lisbon. */
const SUNDAY = '2026-03-08T18:00:00Z';

beforeEach(async () => {
  outbox = await openOutbox();
  outbox.clock.moveTo(utc(WEDNESDAY));
  world = newsWorld(outbox);
});

afterEach(() => outbox.close());

const moveTo = (text: string) => outbox.clock.moveTo(utc(text));

describe('a weekly digest', () => {
  it('comes on Sunday at 18:00 with what is new, grouped by org, and says why', async () => {
    const { dispatcher, given } = outbox.startProcess();
    const ana = await world.addMember();
    const baish = await world.addOrg('BAISH', ana);
    const ema = await world.addOrg('EMA', ana);
    await world.addEvents(baish, { title: 'Reading' }, { title: 'Talk' });
    await world.addEvents(ema, { title: 'Social' });
    moveTo('2026-03-08T17:59:00Z');
    expect(await world.runJobs(dispatcher)).toBe(0);
    moveTo(SUNDAY);
    expect(await world.runJobs(dispatcher)).toBe(1);
    const [digest] = given;
    expect(digest?.words).toContain('Your weekly digest: 3 new events');
    for (const title of ['BAISH', 'Reading', 'Talk', 'EMA', 'Social']) expect(digest?.words).toContain(title);
    expect(digest?.words).toMatch(/You follow (BAISH|EMA) and 1 other; weekly digest\./);
    expect(await world.nextDigestOf(ana)).toBe('2026-03-15T18:00:00Z');
  });

  it('tells each event once, and is not sent when there is nothing', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember();
    const baish = await world.addOrg('BAISH', ana);
    await world.addEvents(baish, {});
    moveTo(SUNDAY);
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(await world.runJobs(dispatcher)).toBe(0);
    moveTo('2026-03-15T18:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(0);
    expect(await outbox.rows()).toHaveLength(1);
  });

  it('leaves out what is over, cancelled, private, answered, muted, of other types, or of a hidden org', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const ana = await world.addMember({}, { types: ['talk', 'reading_group'] });
    const baish = await world.addOrg('BAISH', ana);
    const muted = await world.addOrg('Muted', ana);
    const hidden = await world.addOrg('Hidden', ana);
    const elsewhere = await world.addOrg('Elsewhere');
    const [answered] = await world.addEvents(
      baish,
      { title: 'ANSWERED' },
      { title: 'OVER', startsAt: utc(SUNDAY).minus({ hours: 1 }) },
      { title: 'CANCELLED', state: 'cancelled' },
      { title: 'PRIVATE', visibility: 'private' },
      { title: 'SOCIAL', ruledType: 'social' },
      { title: 'Chosen as a talk', ruledType: 'social', chosenType: 'talk' },
      { title: 'For members', visibility: 'members-only' },
    );
    for (const org of [muted, hidden, elsewhere]) await world.addEvents(org, { title: 'NOT THIS' });
    await world.services.choices.mute(ana.id, muted.id);
    await outbox.database.inTransaction(async ({ orgs, responses }) => {
      await orgs.update({ ...hidden, isHidden: true });
      if (!answered) throw new Error('no event');
      const respondedAt = outbox.clock.now();
      await responses.save({
        eventId: answered.id,
        memberId: ana.id,
        response: 'not_going',
        source: 'member',
        respondedAt,
      });
    });
    moveTo(SUNDAY);
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(words()[0]).toContain('2 new events');
    expect(words()[0]).toContain('Chosen as a talk');
    expect(words()[0]).toContain('For members');
    expect(words()[0]).toContain('You follow BAISH; weekly digest.');
  });

  it('shows some of very many, and counts the rest as told', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const ana = await world.addMember();
    const orgs = await Promise.all(['A', 'B', 'C', 'D', 'E', 'F', 'G'].map((name) => world.addOrg(name, ana)));
    for (const org of orgs) {
      await world.addEvents(
        org,
        ...Array.from({ length: 50 }, (_, n) => ({ title: `${org.name}${n} ${'x'.repeat(900)}` })),
      );
    }
    moveTo(SUNDAY);
    await world.runJobs(dispatcher);
    expect(words()[0]).toContain('350 new events');
    expect(words()[0]).toContain('next 1 of 50');
    expect(words()[0]).toContain('And 100 more events elsewhere.');
    expect(await world.told()).toBe(350);
  });

  it('is not planned for who stopped, wants none, or left', async () => {
    const { dispatcher } = outbox.startProcess();
    const [stopped, none, left] = [await world.addMember(), await world.addMember(), await world.addMember()];
    const baish = await world.addOrg('BAISH', stopped, none, left);
    await world.addEvents(baish, {});
    await world.services.choices.setFrequency(none.id, 'none');
    await outbox.database.inTransaction(async ({ members, orgs }) => {
      await members.updateStoppedAt(stopped.id, outbox.clock.now());
      const membership = await orgs.findMembership(baish.id, left.id);
      if (membership) await orgs.saveMembership({ ...membership, status: 'left', leftAt: outbox.clock.now() });
    });
    moveTo(SUNDAY);
    expect(await world.runJobs(dispatcher)).toBe(0);
    expect(await outbox.rows()).toEqual([]);
    expect(await world.nextDigestOf(none)).toBeUndefined();
    expect(await world.nextDigestOf(left)).toBe('2026-03-15T18:00:00Z');
  });

  it('goes by the choices at the moment of sending, and what it did not tell is told later', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const ana = await world.addMember();
    const baish = await world.addOrg('BAISH', ana);
    await world.addEvents(baish, { title: 'Reading' });
    moveTo(SUNDAY);
    await world.services.digests.plan(outbox.clock.now());
    await world.services.choices.setFrequency(ana.id, 'daily');
    expect(await dispatcher.run()).toBe(0);
    expect(Object.values(await outbox.states())).toEqual(['cancelled']);
    moveTo('2026-03-09T09:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(words()[0]).toContain('Your daily digest: 1 new event');
  });
});

describe('the hour of a digest', () => {
  it.each([
    ['Lisbon before its clock goes forward', 'Europe/Lisbon', '2026-03-23T10:00:00Z', '2026-03-29T17:00:00Z'],
    ['Lisbon before its clock goes back', 'Europe/Lisbon', '2026-10-20T10:00:00Z', '2026-10-25T18:00:00Z'],
    ['New York before its clock goes forward', 'America/New_York', WEDNESDAY, '2026-03-08T22:00:00Z'],
    ['Kathmandu, 05:45 ahead', 'Asia/Kathmandu', WEDNESDAY, '2026-03-08T12:15:00Z'],
    ['the Chatham Islands, 13:45 ahead', 'Pacific/Chatham', WEDNESDAY, '2026-03-08T04:15:00Z'],
    ['the Chatham Islands as their clock goes back', 'Pacific/Chatham', '2026-04-01T10:00:00Z', '2026-04-05T05:15:00Z'],
    ['Kiritimati, a day ahead', 'Pacific/Kiritimati', WEDNESDAY, '2026-03-08T04:00:00Z'],
    ['Pago Pago, a day behind', 'Pacific/Pago_Pago', WEDNESDAY, '2026-03-09T05:00:00Z'],
  ])('is 18:00 on Sunday in %s', async (_where, zone, from, slot) => {
    moveTo(from);
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember({ zone });
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    outbox.clock.moveTo(utc(slot).minus({ milliseconds: 1 }));
    expect(await world.runJobs(dispatcher)).toBe(0);
    moveTo(slot);
    expect(await world.runJobs(dispatcher)).toBe(1);
    const next = (await world.nextDigestOf(ana)) ?? '';
    expect(utc(next).setZone(zone).toFormat('cccc HH:mm')).toBe('Sunday 18:00');
  });

  it('does not depend on the minute at which the planner looks', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember({ zone: 'Asia/Kathmandu' }, { frequency: 'daily' });
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    moveTo('2026-03-05T03:15:59Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(await world.nextDigestOf(ana)).toBe('2026-03-06T03:15:00Z');
  });

  it('is the one of where the member is by now, and comes once however they travel', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember();
    const baish = await world.addOrg('BAISH', ana);
    await world.addEvents(baish, {});
    moveTo(SUNDAY);
    await world.services.digests.plan(outbox.clock.now());
    await world.services.choices.setZone(ana.id, 'America/Los_Angeles');
    expect(await dispatcher.run()).toBe(1);
    await world.addEvents(baish, {});
    moveTo('2026-03-09T01:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(0);
    expect(await world.nextDigestOf(ana)).toBe('2026-03-16T01:00:00Z');
  });

  it('waits for the morning when it is night where the member has gone meanwhile', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember();
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    moveTo(SUNDAY);
    await world.services.digests.plan(outbox.clock.now());
    await world.services.choices.setZone(ana.id, 'Asia/Tokyo');
    expect(await dispatcher.run()).toBe(0);
    moveTo('2026-03-08T23:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
  });
});

describe('after a downtime', () => {
  it.each([
    ['weekly', '10 minutes', '2026-03-08T18:10:00Z', 1],
    ['weekly', '3 days', '2026-03-11T18:00:00Z', 1],
    ['weekly', '4 days', '2026-03-12T18:00:00Z', 0],
    ['weekly', '10 days, since the next one was three days ago', '2026-03-18T18:00:00Z', 1],
    ['weekly', 'two months', '2026-05-04T10:00:00Z', 0],
    ['daily', '10 minutes', '2026-03-05T09:10:00Z', 1],
    ['daily', '10 hours', '2026-03-05T19:00:00Z', 1],
    ['daily', 'more than 12 hours', '2026-03-05T21:30:00Z', 0],
    ['daily', '10 days, in the morning', '2026-03-15T10:00:00Z', 1],
    ['daily', '10 days, in the evening', '2026-03-15T21:30:00Z', 0],
  ] as const)('a %s digest %s late', async (frequency, _late, now, sent) => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember({}, { frequency });
    await world.addEvents(await world.addOrg('BAISH', ana), { startsAt: utc('2026-06-01T18:00:00Z') });
    moveTo(now);
    expect(await world.runJobs(dispatcher)).toBe(sent);
    expect(await world.runJobs(dispatcher)).toBe(0);
    const next = utc((await world.nextDigestOf(ana)) ?? '');
    expect(next > outbox.clock.now()).toBe(true);
    outbox.clock.moveTo(next);
    expect(await world.runJobs(dispatcher)).toBe(1 - sent);
  });

  it('a missed one waits for quiet hours to end, and is sent then', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember();
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    moveTo('2026-03-09T02:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(0);
    moveTo('2026-03-09T08:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
  });

  it('one that was planned before it is left to the next, once that is due', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const ana = await world.addMember();
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    moveTo(SUNDAY);
    await world.services.digests.plan(outbox.clock.now());
    moveTo('2026-03-15T18:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(words()).toHaveLength(1);
    expect(Object.values(await outbox.states()).sort()).toEqual(['cancelled', 'sent']);
  });

  it('who agreed long before digests were there gets the next regular one', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember({}, { nextDigestAt: utc('2025-11-03T13:37:00Z') });
    await world.addEvents(await world.addOrg('BAISH', ana), {});
    moveTo('2026-03-08T19:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(0);
    expect(await world.nextDigestOf(ana)).toBe('2026-03-15T18:00:00Z');
  });
});

describe('a message about what was just found', () => {
  const hearing = async () => {
    const ana = await world.addMember({}, { frequency: 'all' });
    return { baish: await world.addOrg('BAISH', ana), ema: await world.addOrg('EMA', ana) };
  };

  it('goes to members who hear of everything, and to no other', async () => {
    const { dispatcher, given } = outbox.startProcess();
    const { baish } = await hearing();
    const weekly = await world.addMember();
    const muting = await world.addMember({}, { frequency: 'all' });
    await outbox.database.inTransaction(async ({ orgs }) => {
      for (const { id: memberId } of [weekly, muting]) {
        await orgs.saveMembership(aMembership({ orgId: baish.id, memberId }));
      }
    });
    await world.services.choices.mute(muting.id, baish.id);
    await world.syncFinds(baish, await world.addEvents(baish, { title: 'Reading' }));
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(given[0]?.words).toContain('1 new event at BAISH');
    expect(given[0]?.words).toContain('You follow BAISH and 1 other; every new event.');
    expect(await outbox.rows()).toHaveLength(1);
  });

  it('tells of a first sync nothing, nor of what is over, cancelled or private', async () => {
    const { dispatcher } = outbox.startProcess();
    const { baish } = await hearing();
    await world.syncFinds(baish, await world.addEvents(baish, {}), { isFirst: true });
    await world.syncFinds(baish, await world.addEvents(baish, { startsAt: utc('2026-03-04T09:00:00Z') }));
    await world.syncFinds(baish, await world.addEvents(baish, { visibility: 'private' }));
    expect(await world.runJobs(dispatcher)).toBe(0);
    expect(await outbox.rows()).toEqual([]);
  });

  it('is one for what several runs of a night found', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const { baish, ema } = await hearing();
    for (const [hour, org] of [
      ['23:00', baish],
      ['23:30', ema],
      ['23:45', baish],
    ] as const) {
      moveTo(`2026-03-04T${hour}:00Z`);
      await world.syncFinds(org, await world.addEvents(org, {}));
      expect(await world.runJobs(dispatcher)).toBe(0);
    }
    moveTo('2026-03-05T08:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(words()[0]).toContain('3 new events');
    expect(Object.values(await outbox.states()).sort()).toEqual(['cancelled', 'cancelled', 'sent']);
  });

  it('comes five times an hour at most; what is left is in the next morning’s digest', async () => {
    const { dispatcher, words } = outbox.startProcess();
    const { baish } = await hearing();
    for (let minute = 0; minute < 7; minute += 1) {
      outbox.inSeconds(60);
      await world.syncFinds(baish, await world.addEvents(baish, { title: `Event ${minute}` }));
      await world.runJobs(dispatcher);
    }
    expect(words()).toHaveLength(5);
    moveTo('2026-03-05T09:00:00Z');
    expect(await world.runJobs(dispatcher)).toBe(1);
    expect(words()[5]).toContain('Your daily digest: 2 new events');
    expect(words()[5]).toContain('Event 5');
    expect(words()[5]).toContain('Event 6');
  });
});

describe('what a member was told', () => {
  it('is told by the same message when the process dies between noting it and sending', async () => {
    const dying = outbox.startProcess({ answers: () => new Promise<Delivered>(() => undefined) });
    const ana = await world.addMember();
    await world.addEvents(await world.addOrg('BAISH', ana), { title: 'Reading' });
    moveTo(SUNDAY);
    await world.services.digests.plan(outbox.clock.now());
    void dying.dispatcher.run();
    await expect.poll(() => world.told()).toBe(1);
    outbox.inSeconds(100);
    const { dispatcher, words } = outbox.startOther();
    expect(await dispatcher.run()).toBe(1);
    expect(words()[0]).toContain('Reading');
    expect(await world.told()).toBe(1);
  });

  it.each([{ kind: 'unreachable' }, { kind: 'rejected', reason: 'no' }] satisfies Delivered[])(
    'is told by nobody when the message is $kind',
    async (answer) => {
      const { dispatcher } = outbox.startProcess({ answers: () => answer });
      const ana = await world.addMember();
      await world.addEvents(await world.addOrg('BAISH', ana), {});
      moveTo(SUNDAY);
      await world.runJobs(dispatcher);
      expect(await world.told()).toBe(0);
    },
  );

  describe('by a message that perhaps got through', () => {
    /** A digest whose fate is unknown, and what is found before it is tried again. */
    const unsure = async () => {
      let isCut = true;
      const process = outbox.startProcess({ answers: () => (isCut ? { kind: 'retry-later' } : undefined) });
      const ana = await world.addMember({}, { frequency: 'daily' });
      const baish = await world.addOrg('BAISH', ana);
      await world.addEvents(baish, { title: 'Reading' });
      moveTo('2026-03-05T09:00:00Z');
      await world.runJobs(process.dispatcher);
      isCut = false;
      await world.addEvents(baish, { title: 'Talk' });
      return process;
    };

    it('is all that it tells when it is tried again; what was found since is told by the next', async () => {
      const { dispatcher, words } = await unsure();
      moveTo('2026-03-05T09:00:10Z');
      expect(await world.runJobs(dispatcher)).toBe(1);
      expect(words()[1]).toBe(words()[0]);
      moveTo('2026-03-06T09:00:00Z');
      expect(await world.runJobs(dispatcher)).toBe(1);
      expect(words()[2]).toContain('Your daily digest: 1 new event');
      expect(words()[2]).toContain('Talk');
    });

    it('is not told by the next one when that is due first', async () => {
      const { dispatcher, given, words } = await unsure();
      moveTo('2026-03-06T09:00:00Z');
      expect(await world.runJobs(dispatcher)).toBe(2);
      expect(given[1]?.nonce).toBe(given[0]?.nonce);
      expect(words()[2]).toContain('1 new event');
      expect(words()[2]).toContain('Talk');
    });
  });

  it('is forgotten once it is long over', async () => {
    const { dispatcher } = outbox.startProcess();
    const ana = await world.addMember();
    await world.addEvents(await world.addOrg('BAISH', ana), { startsAt: utc('2026-03-20T18:00:00Z') }, {});
    moveTo(SUNDAY);
    await world.runJobs(dispatcher);
    await world.services.news.prune(utc('2026-06-18T18:00:00Z'));
    expect(await world.told()).toBe(2);
    await world.services.news.prune(utc('2026-06-18T18:00:01Z'));
    expect(await world.told()).toBe(1);
  });
});
