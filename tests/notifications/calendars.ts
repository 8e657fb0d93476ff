import type { EventFacts } from '../../src/domain/events/event.js';
import { facts } from '../builders/calendar.js';
import type { Change, EventToBe } from './histories.js';
import { orgOf, some, type World } from './world.js';

/** Puts events into the calendars, and reads them. */
export async function find(world: World, told: readonly EventToBe[], isFirst: boolean): Promise<void> {
  const { on, events } = world;
  const now = on.clock.now();
  for (const { org, inMinutes, type, isPublic } of told) {
    const name = `e${events.size + 1}`;
    const startsAt = now.plus({ minutes: inMinutes }).startOf('minute');
    const place = 'Room 1';
    const one = { tags: [type], place: placeOf(place), title: `Event ${name}` } satisfies Partial<EventFacts>;
    orgOf(world, org).calendar.hold(
      facts(name, startsAt.toISO() ?? '', { ...one, visibility: isPublic ? 'public' : 'private' }),
    );
    events.set(name, {
      ...{ name, org, type: type.replace(' ', '_'), isPublic, isOn: true, startsAt, place, startedAt: startsAt },
      ...{ since: now, isNewsSince: now, foundAt: isFirst || !isPublic ? undefined : now },
    });
  }
  await readCalendars(world);
}

const placeOf = (name: string): EventFacts['place'] => ({ kind: 'offline', name, city: 'Lisbon', at: undefined });

/** Reads all calendars, as each start of the process does. */
export async function readCalendars({ on }: World): Promise<void> {
  for (const org of on.orgs) {
    const read = await on.sync(org);
    if (read.kind !== 'synced') throw new Error(`The calendar was not read: ${read.kind} ${on.logs()}`);
  }
}

/** Changes a calendar, and reads it. */
export async function change(world: World, told: Change): Promise<void> {
  changeCalendar(world, told);
  await readCalendars(world);
}

/** Changes an event that is still ahead. What is so is so from the next read on, which is at this moment. */
export function changeCalendar(world: World, told: Change): void {
  const now = world.on.clock.now();
  const one = some(world, told.which);
  if (!one || one.startsAt <= now) return;
  const { calendar } = orgOf(world, one.org);
  const held = calendar.events.get(one.name);
  if (!held) return;
  const isNewNow = { since: now, isNewsSince: now, startedAt: one.startsAt };
  switch (told.what) {
    case 'move': {
      const startsAt = one.startsAt.plus({ minutes: told.minutes });
      if (!one.isOn || told.minutes === 0 || startsAt <= now) return;
      calendar.change(one.name, { startsAt, endsAt: startsAt.plus({ hours: 2 }) });
      Object.assign(one, { ...isNewNow, startsAt });
      return;
    }
    case 'cancel':
    case 'restore': {
      const isOn = told.what === 'restore';
      if (isOn === one.isOn) return;
      held.state = isOn ? 'on' : 'cancelled';
      Object.assign(one, { ...isNewNow, isOn, foundAt: undefined });
      return;
    }
    case 'relocate':
      if (!one.isOn || one.place === told.place) return;
      calendar.change(one.name, { place: placeOf(told.place) });
      Object.assign(one, { since: now, place: told.place, startedAt: one.startsAt });
      return;
    case 'rename':
      calendar.change(one.name, { title: `${held.facts.title}!` });
      return;
    case 'publish':
      if (one.isPublic || !one.isOn) return;
      calendar.change(one.name, { visibility: 'public' });
      Object.assign(one, { isPublic: true, isNewsSince: now, foundAt: now });
      return;
  }
}
