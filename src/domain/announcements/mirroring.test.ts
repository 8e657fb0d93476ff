import { afterEach, beforeEach, expect, it } from 'vitest';
import {
  type Announcing,
  calledOff,
  changedTo,
  movedBy,
  SPACE,
  startAnnouncing,
} from '../../../tests/builders/announcing.js';
import type { Event } from '../events/event.js';

let on: Announcing;

beforeEach(async () => {
  on = await startAnnouncing({ channel: { isMirrored: true } });
});
afterEach(() => on.stop());

const ahead = (count: number, overrides: Partial<Event> = {}) =>
  Array.from({ length: count }, (_, position) =>
    on.event({ title: `Event ${position + 1}`, startsAt: on.clock.now().plus({ days: 2 + position }), ...overrides }),
  );
const titles = () => on.far.calendar().map(({ title }) => title);
/** Whoever manages the space. */
const rights = { memberId: undefined, managedSpace: SPACE };

it('follows an event through its life', async () => {
  const event = on.event({ title: 'Reading' });
  await on.run({ added: [event] });
  expect(on.far.calendar()).toMatchObject([{ title: 'Reading', place: 'Rua Augusta 1, Lisbon' }]);
  const moved = movedBy(event, { days: 1 });
  await on.run({ changed: [moved] });
  expect(on.far.calendar()[0]?.startsAt.toMillis()).toBe(moved.after.startsAt.toMillis());
  await on.run({ cancelled: [calledOff(moved.after)] });
  expect(on.far.calendar()).toEqual([]);
  on.after({ minutes: 15 });
  await on.run({ changed: [changedTo(calledOff(moved.after), { state: 'on' }, 'back')] });
  expect(titles()).toEqual(['Reading']);
});

it('holds public events that have not begun, each with an end and a place', async () => {
  const [noEnd, online, hidden, begun] = ahead(4) as [Event, Event, Event, Event];
  await on.run({
    added: [
      { ...noEnd, endsAt: undefined, place: { kind: 'unknown' } },
      { ...online, endsAt: online.startsAt, place: { kind: 'online' } },
      { ...hidden, visibility: 'members-only' },
      { ...begun, startsAt: on.clock.now() },
    ],
  });
  expect(titles()).toEqual(['Event 1', 'Event 2']);
  const [first, second] = on.far.calendar();
  expect(first?.endsAt.diff(first.startsAt).as('hours')).toBe(2);
  expect(second?.endsAt.diff(second.startsAt).as('hours')).toBe(2);
  expect(first?.place).toBe('Place not told yet');
  expect(second?.place).toBe(online.url);
  await on.run({
    changed: [changedTo(noEnd, { visibility: 'private' })],
    withdrawn: [{ ...online, state: 'withdrawn' }],
  });
  expect(titles()).toEqual([]);
});

it('begins with the next twenty of what a first sync brings, which posts nothing', async () => {
  await on.run({ isFirst: true, added: ahead(25).reverse() });
  expect(titles()).toHaveLength(20);
  expect(titles()[0]).toBe('Event 1');
  expect(on.far.posts).toEqual([]);
});

it('is kept while the channel itself is off', async () => {
  await on.services.announce.off(on.org.id, SPACE, rights);
  await on.run({ added: ahead(1) });
  expect(titles()).toEqual(['Event 1']);
  expect(on.far.posts).toEqual([]);
});

it('begins with what was known before, and ends by taking out what is ahead', async () => {
  await on.services.announce.endMirror(on.org.id, SPACE, rights);
  const [first, second] = ahead(2) as [Event, Event];
  await on.database.inTransaction(({ events }) => events.addAll([first, second]));
  expect(await on.services.announce.beginMirror(on.org.id, SPACE, rights)).toMatchObject({
    mirror: { kind: 'begun', events: 2 },
  });
  expect(await on.services.announce.beginMirror(on.org.id, SPACE, rights)).toMatchObject({
    mirror: { kind: 'unchanged' },
  });
  await on.settle();
  expect(titles()).toEqual(['Event 1', 'Event 2']);
  on.clock.moveTo(first.startsAt.plus({ minutes: 5 }));
  expect(await on.services.announce.previewEndMirror(on.org.id, SPACE, rights)).toMatchObject({
    mirror: { kind: 'ask-to-end', events: 1 },
  });
  expect(titles()).toHaveLength(2);
  expect(await on.services.announce.endMirror(on.org.id, SPACE, rights)).toMatchObject({ events: 1 });
  expect(await on.services.announce.endMirror(on.org.id, SPACE, rights)).toMatchObject({ events: 0 });
  await on.settle();
  expect(titles()).toEqual(['Event 1']);
});

it('leaves alone what somebody took out by hand', async () => {
  const event = on.event({ title: 'Reading' });
  await on.run({ added: [event] });
  on.far.removeFromCalendar('Reading');
  const moved = movedBy(event, { days: 1 });
  await on.run({ changed: [moved] });
  await on.run({ changed: [movedBy(moved.after, { days: 1 })] });
  expect(on.far.calendar()).toEqual([]);
  expect((await on.channel())?.isMirrored).toBe(true);
});

it('ends by itself when the bot may no longer make events', async () => {
  const channel = await on.channel();
  if (!channel) throw new Error('There is one.');
  const off = { since: on.clock.now(), because: 'asked' } as const;
  await on.database.inTransaction(({ announcements }) => announcements.updateChannel({ ...channel, off }));
  on.far.faults.always = { kind: 'unreachable' };
  await on.run({ added: ahead(2) });
  expect((await on.channel())?.isMirrored).toBe(false);
  const rows = on.database.sqlite.prepare('select count(*) as rows from event_mirrors').get();
  expect(rows).toEqual({ rows: 0 });
});

it('makes nothing of an event that was called off before it was made', async () => {
  const event = on.event();
  await on.write({ added: [event] });
  await on.write({ cancelled: [calledOff(event)] });
  await on.settle();
  expect(on.far.calendar()).toEqual([]);
});
