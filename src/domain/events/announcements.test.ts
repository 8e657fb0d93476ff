import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Announcing,
  calledOff,
  changedTo,
  EVENTS_CHANNEL,
  movedBy,
  startAnnouncing,
} from '../../../tests/builders/announcing.js';
import { aMember, anIdentity } from '../../../tests/builders/members.js';
import { aMembership } from '../../../tests/builders/orgs.js';
import type { Event } from './event.js';

let on: Announcing;

beforeEach(async () => {
  on = await startAnnouncing();
});
afterEach(() => on.stop());

const events = (count: number, overrides: Partial<Event> = {}) =>
  Array.from({ length: count }, (_, position) =>
    on.event({ title: `Event ${position + 1}`, startsAt: on.clock.now().plus({ days: 2 + position }), ...overrides }),
  );
const titles = () => on.far.cards().map(({ view }) => view.title);

describe('a new event', () => {
  it('gets one card, however often it is followed up', async () => {
    await on.run({ added: events(1) });
    expect(on.far.posts).toHaveLength(1);
    expect(on.far.posts[0]).toMatchObject({ channelId: EVENTS_CHANNEL.channelId, under: undefined });
    expect(on.far.posts[0]?.text).toContain('Event 1');
    expect(on.far.posts[0]?.text).toContain('Rua Augusta 1, Lisbon');
  });

  it('of a first sync is not announced, nor what changes about it later', async () => {
    const [event] = events(1);
    if (!event) throw new Error('There is one.');
    await on.run({ isFirst: true, added: [event] });
    await on.run({ changed: [movedBy(event, { days: 1 })] });
    await on.run({ cancelled: [calledOff(event)] });
    expect(on.far.posts).toEqual([]);
  });

  it.each([
    ['is private', { visibility: 'private' }],
    ['is for members only', { visibility: 'members-only' }],
    ['is called off', { state: 'cancelled' }],
  ] as const)('that %s is not announced', async (_words, overrides) => {
    await on.run({ added: events(1, overrides) });
    expect(on.far.posts).toEqual([]);
  });

  it('that has begun is not announced', async () => {
    await on.run({ added: events(1, { startsAt: on.clock.now() }) });
    expect(on.far.posts).toEqual([]);
  });

  it('that was private is announced once it is public', async () => {
    const [event] = events(1, { visibility: 'members-only' });
    if (!event) throw new Error('There is one.');
    await on.run({ added: [event] });
    await on.run({ changed: [changedTo(event, { visibility: 'public' })] });
    expect(on.far.posts).toHaveLength(1);
  });

  it('is announced nowhere while the channel is off', async () => {
    const channel = await on.channel();
    if (!channel) throw new Error('There is one.');
    const off = { since: on.clock.now(), because: 'asked' } as const;
    await on.database.inTransaction(({ announcements }) => announcements.updateChannel({ ...channel, off }));
    await on.run({ added: events(1) });
    expect(on.far.posts).toEqual([]);
  });

  it('is not announced for an org that an operator hid, before or after it was planned', async () => {
    await on.write({ added: events(1) });
    await on.database.inTransaction(({ orgs }) => orgs.update({ ...on.org, isHidden: true }));
    await on.settle();
    await on.run({ added: [on.event()] });
    expect(on.far.posts).toEqual([]);
  });
});

describe('a burst', () => {
  it('of five stays five cards, of six becomes one summary', async () => {
    await on.run({ added: events(5) });
    expect(on.far.posts).toHaveLength(5);
    on.after({ minutes: 11 });
    await on.run({ added: events(6, { place: { kind: 'online' } }) });
    expect(on.far.posts).toHaveLength(6);
    expect(on.far.posts[5]?.text).toContain('6 new events by');
    expect(on.far.posts[5]?.text).toContain('Online');
  });

  it('spans runs within ten minutes', async () => {
    await on.run({ added: events(3) });
    on.after({ minutes: 9 });
    await on.run({ added: events(2) });
    expect(on.far.posts).toHaveLength(5);
    // The first three are over ten minutes old by now, the two are not.
    on.after({ minutes: 2 });
    await on.run({ added: events(3) });
    expect(on.far.posts).toHaveLength(8);
    await on.run({ added: [on.event({ title: 'The sixth' })] });
    expect(titles().slice(0, 8).join()).not.toContain('new event');
    expect(on.far.posts).toHaveLength(9);
    expect(on.far.posts[8]?.text).toContain('1 new event by');
    expect(on.far.posts[8]?.text).toContain('The sixth');
  });

  it('goes on in the same summary while that is younger than ten minutes', async () => {
    await on.run({ added: events(6) });
    on.after({ minutes: 9 });
    await on.run({ added: [on.event({ title: 'One more' })] });
    expect(on.far.posts).toHaveLength(1);
    expect(on.far.posts[0]).toMatchObject({ edits: 1 });
    expect(on.far.posts[0]?.text).toContain('7 new events');
    expect(on.far.posts[0]?.text).toContain('One more');
    on.after({ minutes: 2 });
    await on.run({ added: [on.event({ title: 'Alone' })] });
    expect(on.far.posts).toHaveLength(2);
    expect(on.far.posts[1]?.view.title).toBe('Alone');
  });

  it('tells what changes of an event that was added to its summary later', async () => {
    await on.run({ added: events(6) });
    const late = on.event({ title: 'One more' });
    await on.run({ added: [late] });
    on.after({ minutes: 1 });
    await on.run({ changed: [movedBy(late, { hours: 2 })] });
    expect(on.far.cards()).toHaveLength(1);
    expect(on.far.replies().map(({ text }) => text)).toEqual([expect.stringContaining('One more')]);
  });

  it('names ten events and counts the others', async () => {
    await on.run({ added: events(40) });
    expect(on.far.posts).toHaveLength(1);
    expect(on.far.posts[0]?.text).toContain('Event 10');
    expect(on.far.posts[0]?.text).not.toContain('Event 11');
    expect(on.far.posts[0]?.text).toContain('and 30 more events');
  });

  it('keeps its summary right when one of its events changes, with one notice', async () => {
    const added = events(7);
    await on.run({ added });
    const [first, second] = added as [Event, Event];
    await on.run({ changed: [changedTo(first, { title: 'Renamed' }, 'renamed')], cancelled: [calledOff(second)] });
    expect(on.far.cards()).toHaveLength(1);
    expect(on.far.cards()[0]?.text).toMatch(/Renamed[\s\S]*Event 2\nCancelled\./);
    expect(on.far.replies()).toHaveLength(1);
    expect(on.far.replies()[0]?.text).toMatch(/Renamed: was “Event 1”[\s\S]*Cancelled\. It was to be on/);
  });
});

describe('a change', () => {
  const announced = async (overrides: Partial<Event> = {}): Promise<Event> => {
    const event = on.event({ title: 'Reading', ...overrides });
    await on.run({ added: [event] });
    return event;
  };

  it('turns up in the card and in one reply beneath it', async () => {
    const event = await announced();
    const changed = changedTo(
      event,
      { startsAt: event.startsAt.plus({ days: 1 }), endsAt: event.endsAt?.plus({ days: 1 }), title: 'Reading club' },
      'moved',
      'renamed',
    );
    await on.run({ changed: [changed] });
    const [card, reply] = on.far.posts;
    expect(on.far.posts).toHaveLength(2);
    expect(card?.text).toContain('Reading club');
    expect(card?.text).toContain('2026-03-06 10:00 UTC');
    expect(reply?.under).toBe(card?.id);
    expect(reply?.text).toContain('Moved: was 2026-03-05 10:00 UTC');
    expect(reply?.text).toContain('now 2026-03-06 10:00 UTC');
    expect(reply?.text).toContain('Renamed: was “Reading”');
  });

  it('of the place tells both; of the description alone only the card', async () => {
    const event = await announced();
    await on.run({ changed: [changedTo(event, { description: 'Bring two questions.' }, 'described')] });
    expect(on.far.replies()).toEqual([]);
    expect(on.far.cards()[0]?.text).toContain('Bring two questions.');
    await on.run({ changed: [changedTo(event, { place: { kind: 'online' } }, 'relocated')] });
    expect(on.far.replies()[0]?.text).toContain('New place: was Rua Augusta 1, Lisbon, now Online');
  });

  it('to cancelled and back is told each time', async () => {
    const event = await announced();
    const off = calledOff(event);
    await on.run({ cancelled: [off] });
    expect(on.far.cards()[0]?.text).toContain('Cancelled.');
    expect(on.far.cards()[0]?.view.blocks.some((block) => JSON.stringify(block).includes('Going'))).toBe(false);
    expect(on.far.replies()[0]?.text).toContain('Cancelled. It was to be on');
    on.after({ minutes: 15 });
    await on.run({ changed: [changedTo(off, { state: 'on' }, 'back')] });
    expect(on.far.cards()).toHaveLength(1);
    expect(on.far.cards()[0]?.text).not.toContain('Cancelled');
    expect(on.far.replies()[1]?.text).toContain('It takes place after all');
  });

  it('of several events in one run is one reply, beneath the soonest', async () => {
    const added = events(3);
    await on.run({ added });
    on.after({ minutes: 15 });
    await on.run({ changed: added.map((event) => movedBy(event, { hours: 1 })) });
    expect(on.far.replies()).toHaveLength(1);
    expect(on.far.replies()[0]?.under).toBe(on.far.cards()[0]?.id);
    for (const { title } of added) expect(on.far.replies()[0]?.text).toContain(title);
    expect(on.far.cards().map(({ edits }) => edits)).toEqual([1, 1, 1]);
  });

  it('of what was never announced is not told', async () => {
    await announced();
    const other = on.event({ title: 'Known before' });
    await on.database.inTransaction((repositories) => repositories.events.addAll([other]));
    await on.run({ changed: [movedBy(other, { days: 1 })], cancelled: [] });
    expect(on.far.posts).toHaveLength(1);
  });

  it('to private takes the words out of the card, and says nothing beneath', async () => {
    const event = await announced();
    await on.run({ changed: [changedTo(event, { visibility: 'private' })] });
    expect(on.far.cards()[0]?.text).not.toContain('Reading');
    expect(on.far.replies()).toEqual([]);
  });

  it('that is withdrawn with its calendar goes in silence', async () => {
    const event = await announced();
    await on.run({ withdrawn: [{ ...event, state: 'withdrawn' }] });
    expect(on.far.cards()[0]?.text).toContain('no longer public');
    on.after({ minutes: 15 });
    const back = changedTo({ ...event, state: 'withdrawn' }, { state: 'on' }, 'back');
    await on.run({ isFirst: true, changed: [back] });
    expect(on.far.cards()).toHaveLength(1);
    expect(on.far.cards()[0]?.text).toContain('Reading');
    expect(on.far.replies()).toEqual([]);
  });
});

describe('a post that goes out late', () => {
  it('tells the present state alone', async () => {
    const event = on.event();
    await on.write({ added: [event] });
    on.after({ minutes: 1 });
    await on.write({ changed: [movedBy(event, { days: 1 })] });
    await on.settle();
    expect(on.far.cards()).toHaveLength(1);
    expect(on.far.cards()[0]?.text).toContain('2026-03-06 10:00 UTC');
    expect(on.far.replies()).toEqual([]);
  });

  it('does not go out for what was called off or has begun meanwhile', async () => {
    const [first, second] = events(2) as [Event, Event];
    on.far.faults.always = { kind: 'retry-later' };
    await on.run({ added: [first, second] });
    await on.run({ cancelled: [calledOff(first)] });
    on.far.faults.always = undefined;
    on.after({ days: 3 });
    await on.settle();
    expect(on.far.posts).toEqual([]);
  });

  it('goes out after all when what was called off is on again', async () => {
    const event = on.event();
    await on.write({ added: [event] });
    await on.run({ cancelled: [calledOff(event)] });
    expect(on.far.posts).toEqual([]);
    on.after({ minutes: 15 });
    await on.run({ changed: [changedTo(calledOff(event), { state: 'on' }, 'back')] });
    expect(on.far.posts).toHaveLength(1);
  });

  it('leaves a notice out whose change was taken back meanwhile', async () => {
    const event = on.event();
    await on.run({ added: [event] });
    on.after({ minutes: 15 });
    await on.write({ changed: [movedBy(event, { days: 1 })] });
    on.after({ minutes: 1 });
    await on.database.inTransaction(({ events }) => events.update(event));
    await on.settle();
    expect(on.far.replies()).toEqual([]);
  });
});

describe('a channel that is lost', () => {
  const admin = async (overrides = {}) => {
    const member = aMember({ zone: 'Europe/Lisbon', ...overrides });
    await on.database.inTransaction(async ({ members, orgs }) => {
      await members.add(member);
      await members.addIdentity(
        anIdentity(member.id, {
          account: { platform: 'discord', teamId: '', accountId: `70000000000000${member.id.slice(0, 4)}` },
        }),
      );
      await orgs.saveMembership(aMembership({ orgId: on.org.id, memberId: member.id, role: 'admin' }));
    });
  };

  it('switches itself off and tells each admin once', async () => {
    await admin();
    await admin({ stoppedAt: on.clock.now() });
    on.far.faults.always = { kind: 'unreachable' };
    await on.run({ added: events(3) });
    expect((await on.channel())?.off?.because).toBe('lost');
    expect(on.far.alerts).toHaveLength(1);
    expect(on.far.alerts[0]).toContain('I can’t post in #events any more');
    on.far.faults.always = undefined;
    await on.run({ added: [on.event()] });
    expect(on.far.posts).toEqual([]);
    expect(on.far.alerts).toHaveLength(1);
  });

  it('waits with telling until quiet hours end', async () => {
    await admin();
    on.clock.moveTo(on.clock.now().set({ hour: 23 }));
    on.far.faults.always = { kind: 'unreachable' };
    await on.run({ added: [on.event()] });
    expect(on.far.alerts).toEqual([]);
    on.clock.moveTo(on.clock.now().plus({ days: 1 }).set({ hour: 8 }));
    await on.settle();
    expect(on.far.alerts).toHaveLength(1);
  });

  it('is lost as well when only an edit finds it out', async () => {
    await admin();
    const event = on.event();
    await on.run({ added: [event] });
    on.far.faults.always = { kind: 'unreachable' };
    await on.run({ changed: [movedBy(event, { days: 1 })] });
    expect((await on.channel())?.off?.because).toBe('lost');
    expect(on.far.alerts).toHaveLength(1);
  });

  it('is not lost for an outage of days', async () => {
    await admin();
    on.far.faults.always = { kind: 'retry-later' };
    await on.run({ added: [on.event({ startsAt: on.clock.now().plus({ days: 20 }) })] });
    for (let halfDays = 0; halfDays < 8; halfDays += 1) {
      on.clock.moveTo(on.clock.now().plus({ hours: 12 }));
      await on.settle();
    }
    expect(on.database.sqlite.prepare('select state, last_error from deliveries').all()).toEqual([
      { state: 'undeliverable', last_error: 'retry-later' },
    ]);
    expect((await on.channel())?.off).toBeUndefined();
    on.far.faults.always = undefined;
    await on.run({ added: [on.event({ title: 'After it' })] });
    expect(on.far.cards().map(({ text }) => text)).toEqual([expect.stringContaining('After it')]);
    expect(on.far.alerts).toEqual([]);
  });

  it('is not lost for a message that somebody deleted', async () => {
    const event = on.event();
    await on.run({ added: [event] });
    on.far.faults.next = [{ kind: 'rejected', reason: 'gone' }];
    await on.run({ changed: [movedBy(event, { days: 1 })] });
    expect((await on.channel())?.off).toBeUndefined();
  });
});
