import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/builders/events.js';
import { utc } from '../../../tests/builders/sync.js';
import { toInstantText } from '../../shared/clock.js';
import type { Event } from '../events/event.js';
import { differenceFor } from './change-notices.js';
import { type PastLine, startKnownSince } from './event-past.js';

const A = utc('2026-03-10T18:00:00Z');
const B = utc('2026-03-11T19:00:00Z');
const NOW = utc('2026-03-05T12:00:00Z');
const event = (overrides: Partial<Event> = {}) =>
  anEvent({ startsAt: A, endsAt: A.plus({ hours: 2 }), firstSeenAt: utc('2026-02-01T00:00:00Z'), ...overrides });
const at = (startsAt: typeof A) => ({
  startsAt: toInstantText(startsAt),
  endsAt: toInstantText(startsAt.plus({ hours: 2 })),
  zone: 'Europe/Lisbon',
  isAllDay: false,
});
const line = (id: number, on: string, what: string, before: unknown): PastLine => ({ id, at: utc(on), what, before });
const respondedAt = utc('2026-02-10T00:00:00Z');
const tell = (now: Event, past: PastLine[], toldAt?: string, moment = NOW) =>
  differenceFor({ respondedAt }, now, { past, toldAt: toldAt === undefined ? undefined : utc(toldAt), now: moment });

describe('what a member is told of a change', () => {
  const atB = event({ startsAt: B, endsAt: B.plus({ hours: 2 }) });
  const moved = line(1, '2026-03-01T00:00:00Z', 'moved', at(A));

  it('is the way from what they knew to what is so, over several changes', () => {
    const back = line(2, '2026-03-02T00:00:00Z', 'moved', at(B.plus({ days: 3 })));
    expect(tell(atB, [moved, back])).toMatchObject({ what: ['moved'], was: { startsAt: A } });
  });

  it('is nothing when it was all taken back', () => {
    expect(tell(event(), [moved, line(2, '2026-03-02T00:00:00Z', 'moved', at(B))])).toBeUndefined();
    const [off, on] = [
      line(1, '2026-03-01T00:00:00Z', 'cancelled', { state: 'on' }),
      line(2, '2026-03-02T00:00:00Z', 'back', { state: 'cancelled' }),
    ];
    expect(tell(event(), [off, on])).toBeUndefined();
  });

  it('starts from what they were last told, so that a move back is told to who knew of the move', () => {
    const back = line(2, '2026-03-02T00:00:00Z', 'moved', at(B));
    expect(tell(event(), [moved, back], '2026-03-01T00:00:00Z')).toMatchObject({ was: { startsAt: B } });
    expect(tell(event(), [moved, back], '2026-03-02T00:00:00Z')).toBeUndefined();
  });

  it('leaves out what was so before they answered', () => {
    expect(tell(atB, [line(1, '2026-02-09T00:00:00Z', 'moved', at(A))])).toBeUndefined();
  });

  it('is that it was called off once, and by what they knew when', () => {
    const off = line(2, '2026-03-02T00:00:00Z', 'cancelled', { state: 'on' });
    const cancelled = { ...atB, state: 'cancelled' as const };
    expect(tell(cancelled, [moved, off])).toMatchObject({ what: ['cancelled'], was: { startsAt: A } });
    expect(tell(cancelled, [moved, off], '2026-03-02T00:00:00Z')).toBeUndefined();
  });

  it('is that it takes place after all, to who knew that it did not', () => {
    const back = line(2, '2026-03-02T00:00:00Z', 'back', { state: 'cancelled' });
    expect(tell(event(), [back], '2026-03-01T00:00:00Z')).toMatchObject({ what: ['back'] });
  });

  it('is the place as people read it, not a pin that was set anew', () => {
    const place = { kind: 'offline' as const, name: 'Rua Augusta 1, Lisbon', city: 'Lisbon' };
    const pin = line(1, '2026-03-01T00:00:00Z', 'relocated', { ...place, at: { latitude: 1, longitude: 2 } });
    expect(tell(event(), [pin])).toBeUndefined();
    const other = line(1, '2026-03-01T00:00:00Z', 'relocated', { kind: 'online' });
    expect(tell(event(), [other])).toMatchObject({ what: ['relocated'], was: { place: { kind: 'online' } } });
  });

  it('is nothing any more once it is over both as it was and as it is', () => {
    expect(tell(atB, [moved], undefined, A.plus({ hours: 3 }))).toMatchObject({ what: ['moved'] });
    expect(tell(atB, [moved], undefined, B.plus({ hours: 2 }))).toBeUndefined();
  });

  it('is nothing when the calendar is no longer ours to tell of', () => {
    expect(tell({ ...atB, state: 'withdrawn' }, [moved])).toBeUndefined();
  });
});

describe('since when a start is known', () => {
  it('is since it was first seen, moved there, or came back', () => {
    const { firstSeenAt } = event();
    const known = (...past: PastLine[]) => startKnownSince(event(), past);
    expect(known()).toEqual(firstSeenAt);
    expect(known(line(1, '2026-03-01T00:00:00Z', 'moved', at(B)))).toEqual(utc('2026-03-01T00:00:00Z'));
    expect(known(line(1, '2026-03-01T00:00:00Z', 'back', { state: 'cancelled' }))).toEqual(utc('2026-03-01T00:00:00Z'));
  });

  it('is not since its end alone, its place or its title changed', () => {
    const { firstSeenAt } = event();
    const end = { ...at(A), endsAt: toInstantText(A.plus({ hours: 3 })) };
    const past = [
      line(1, '2026-03-01T00:00:00Z', 'moved', end),
      line(2, '2026-03-01T00:00:00Z', 'relocated', { kind: 'online' }),
      line(3, '2026-03-01T00:00:00Z', 'renamed', { title: 'Old' }),
    ];
    expect(startKnownSince(event(), past)).toEqual(firstSeenAt);
  });
});
