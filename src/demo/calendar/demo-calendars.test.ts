import { DateTime } from 'luxon';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ReadEvent } from '../../domain/events/event-source.js';
import { createOpenSource } from '../../luma/open-source.js';
import { type MovableClock, movableClock } from '../../shared/clock.js';
import { DEMO_ORGS } from '../demo-orgs.js';
import { DEMO_PERSONAS } from '../demo-personas.js';
import { type DemoCalendars, startDemoCalendars } from './demo-calendars.js';
import { DEMO_CALENDAR_ORGS } from './demo-series.js';

const NOW = DateTime.fromISO('2026-11-24T15:00:00Z', { zone: 'utc' }) as DateTime<true>;

let demo: DemoCalendars;
let clock: MovableClock;

beforeEach(async () => {
  clock = movableClock({ now: () => NOW });
  demo = await startDemoCalendars({ clock });
});
afterEach(() => demo.close());

/** Opened as the product opens every calendar. */
function open(slug: string) {
  const apiKey = demo.keyFor(slug);
  if (!apiKey) throw new Error(`no calendar for ${slug}`);
  const perMinute = Number.POSITIVE_INFINITY;
  return createOpenSource({ apiUrl: demo.url, icsUrl: 'https://x.example/', clock, perMinute })({
    kind: 'api',
    apiKey,
  });
}

async function read(slug: string): Promise<ReadEvent[]> {
  const result = await open(slug).read({ since: undefined, etag: undefined });
  if (result.kind !== 'read') throw new Error('unchanged');
  return result.events;
}

describe('the demo’s calendars', () => {
  it('are there for orgs of every continent, with a past and a future each', async () => {
    const continents = new Set(
      DEMO_CALENDAR_ORGS.map((key) => DEMO_ORGS.find((org) => org.key === key)?.city?.zone.split('/')[0]),
    );
    expect(continents).toEqual(new Set(['America', 'Europe', 'Africa', 'Asia', 'Australia', 'Pacific', undefined]));
    expect(DEMO_CALENDAR_ORGS.length).toBeGreaterThanOrEqual(20);
    for (const slug of DEMO_CALENDAR_ORGS) {
      const events = await read(slug);
      expect({ slug, past: events.filter(({ startsAt }) => startsAt < NOW).length > 2 }).toEqual({ slug, past: true });
      expect({ slug, ahead: events.filter(({ startsAt }) => startsAt > NOW).length > 0 }).toEqual({
        slug,
        ahead: true,
      });
    }
    expect(demo.keyFor('tejo-cowork')).toBeUndefined();
  });

  it('tell of events in the org’s city, or online, at hours of its own clock', async () => {
    expect(await open('baish').describe()).toMatchObject({ zone: 'America/Argentina/Buenos_Aires' });
    const facts = (await read('baish')).map((event) => event.facts());
    expect(facts.length).toBeGreaterThan(20);
    for (const { place, startsAt, zone, endsAt, url } of facts) {
      expect(place).toMatchObject({ kind: 'offline', city: 'Buenos Aires' });
      expect(startsAt.setZone(zone).hour).toBeGreaterThanOrEqual(10);
      expect(startsAt.setZone(zone).hour).toBeLessThan(20);
      expect(endsAt && endsAt > startsAt).toBe(true);
      expect(url).toMatch(/^https:\/\/luma\.com\//);
    }
    const online = (await read('fieldbuilders-online')).map((event) => event.facts().place.kind);
    expect(new Set(online)).toEqual(new Set(['online']));
  });

  it('change as time passes: events appear, one moves, one is called off; the rest stay the same', async () => {
    const seen = { appeared: 0, moved: 0, off: 0 };
    let before = await read('baish');
    for (let day = 0; day < 90; day += 1) {
      clock.moveTo(clock.now().plus({ days: 1 }));
      const after = await read('baish');
      const were = new Map(before.map((event) => [event.lumaId, event]));
      const are = new Set(after.map(({ lumaId }) => lumaId));
      seen.appeared += after.filter(({ lumaId }) => !were.has(lumaId)).length;
      seen.moved += after.filter(
        ({ lumaId, fingerprint }) => (were.get(lumaId)?.fingerprint ?? fingerprint) !== fingerprint,
      ).length;
      seen.off += before.filter(({ lumaId, startsAt }) => startsAt > clock.now() && !are.has(lumaId)).length;
      before = after;
    }
    expect(seen.appeared).toBeGreaterThan(15);
    expect(seen.moved).toBeGreaterThan(1);
    expect(seen.off).toBeGreaterThan(0);
    expect(seen.moved + seen.off).toBeLessThan(seen.appeared / 2);
  });

  it.each([0, 1, 2, 3, 4, 5, 6, 80, 250])(
    'tell in their first week of new, moved and called-off events, begun %i days later',
    async (days) => {
      await demo.close();
      clock = movableClock({ now: () => NOW.plus({ days }) });
      demo = await startDemoCalendars({ clock });
      const watched = DEMO_CALENDAR_ORGS.filter((key) => DEMO_PERSONAS.some(({ servers }) => servers.includes(key)));
      expect(watched.length).toBeGreaterThan(9);
      for (const slug of watched) {
        const known = new Set((await read(slug)).map(({ lumaId }) => lumaId));
        clock.moveTo(clock.now().plus({ days: 1 }));
        const announced = (await read(slug)).filter(({ lumaId }) => !known.has(lumaId));
        clock.moveTo(clock.now().plus({ days: 2 }));
        const later = new Map((await read(slug)).map((event) => [event.lumaId, event]));
        const moved = announced.filter(
          ({ lumaId, startsAt }) => later.get(lumaId)?.startsAt.equals(startsAt) === false,
        );
        clock.moveTo(clock.now().plus({ days: 3 }));
        const last = new Map((await read(slug)).map((event) => [event.lumaId, event]));
        const calledOff = announced.filter(({ lumaId }) => !last.has(lumaId));
        expect({ slug, announced: announced.length > 1, moved: moved.length, calledOff: calledOff.length }).toEqual({
          slug,
          announced: true,
          moved: 1,
          calledOff: 1,
        });
        clock = movableClock({ now: () => NOW.plus({ days }) });
        await demo.close();
        demo = await startDemoCalendars({ clock });
      }
    },
  );

  it('go on after a restart as the stored key has begun', async () => {
    const source = open('baish');
    clock.moveTo(clock.now().plus({ days: 3 }));
    const before = await source.read({ since: undefined, etag: undefined });
    const key = demo.keyFor('baish');
    await demo.close();
    demo = await startDemoCalendars({ clock });
    expect(demo.keyFor('baish')).not.toBe(key);
    const perMinute = Number.POSITIVE_INFINITY;
    const again = createOpenSource({ apiUrl: demo.url, icsUrl: 'https://x.example/', clock, perMinute });
    const after = await again({ kind: 'api', apiKey: key ?? '' }).read({ since: undefined, etag: undefined });
    const told = (result: typeof before) =>
      result.kind === 'read' ? result.events.map(({ lumaId, fingerprint }) => [lumaId, fingerprint]) : [];
    expect(told(before).length).toBeGreaterThan(5);
    expect(told(after)).toEqual(told(before));
  });

  it('have guests of whom some come, and who stay the same', async () => {
    const source = open('baish');
    const past = (await read('baish')).filter(({ startsAt }) => startsAt < NOW).at(-1);
    const guests = (await source.listGuests?.(past?.lumaId ?? '')) ?? [];
    expect(guests.length).toBeGreaterThan(1);
    expect(guests.some(({ checkedInAt }) => checkedInAt)).toBe(true);
    clock.moveTo(clock.now().plus({ days: 3 }));
    expect(await source.listGuests?.(past?.lumaId ?? '')).toEqual(guests);
    expect(await source.lookUp?.('evt-nothing')).toEqual({ kind: 'gone' });
  });

  it('open for their own keys alone', async () => {
    const { status } = await fetch(`${demo.url}/v1/calendars/get`, {
      headers: { 'x-luma-api-key': 'demo-calendar-x' },
    });
    expect(status).toBe(401);
    expect([demo.isDemoKey(demo.keyFor('baish') ?? ''), demo.isDemoKey('secret-abc')]).toEqual([true, false]);
  });
});
