import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { anEvent } from '../../../tests/builders/events.js';
import { plainText } from '../text.js';
import { ANYBODY, localWhenWords, shortWhen, whenWords } from './event-times.js';

const at = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const timed = (startsAt: string, endsAt: string | undefined, zone = 'Europe/Lisbon') =>
  anEvent({ startsAt: at(startsAt), endsAt: endsAt === undefined ? undefined : at(endsAt), zone });
const days = (first: string, afterLast: string, zone: string) => {
  const midnight = (day: string) => DateTime.fromISO(day, { zone }).toUTC();
  return anEvent({ startsAt: midnight(first), endsAt: midnight(afterLast), zone, isAllDay: true });
};
const reader = (zone: string | undefined, locale = 'en-GB') => ({ zone, locale });

const evening = timed('2026-03-05T18:30:00Z', '2026-03-05T20:30:00Z');

describe('whenWords', () => {
  const words = (event: typeof evening) => plainText(whenWords(event));

  it('gives the day once for an evening', () => {
    expect(words(evening)).toBe('2026-03-05 18:30 UTC – 2026-03-05 20:30 UTC');
    expect(whenWords(evening)).toEqual([
      { kind: 'time', at: '2026-03-05T18:30:00.000Z', style: 'moment' },
      ' – ',
      { kind: 'time', at: '2026-03-05T20:30:00.000Z', style: 'hour' },
    ]);
  });

  it('gives both days of what takes several', () => {
    expect(whenWords(timed('2026-03-06T17:00:00Z', '2026-03-08T16:00:00Z')).at(-1)).toMatchObject({ style: 'moment' });
  });

  it('gives no end where none is told, or where it is none', () => {
    expect(whenWords(timed('2026-03-05T18:30:00Z', undefined))).toHaveLength(1);
    expect(whenWords(timed('2026-03-05T18:30:00Z', '2026-03-05T18:30:00Z'))).toHaveLength(1);
  });

  it.each([
    ['Thu 5 March 2026, all day', days('2026-03-05', '2026-03-06', 'Europe/Lisbon')],
    ['Fri 6 – Sun 8 March 2026', days('2026-03-06', '2026-03-09', 'Pacific/Auckland')],
    ['Tue 31 March – Wed 1 April 2026', days('2026-03-31', '2026-04-02', 'Asia/Kathmandu')],
    ['Thu 31 December 2026 – Fri 1 January 2027', days('2026-12-31', '2027-01-02', 'UTC')],
    ['Sun 29 March 2026, all day', days('2026-03-29', '2026-03-30', 'Europe/Lisbon')],
  ])('writes whole days out, without an hour: %s', (expected, event) => {
    expect(words(event)).toBe(expected);
  });
});

describe('localWhenWords', () => {
  it.each([
    ['Europe/Madrid', '18:30–20:30 in Lisbon'],
    ['Pacific/Auckland', 'Thu 18:30–20:30 in Lisbon'],
    ['America/Los_Angeles', '18:30–20:30 in Lisbon'],
  ])('tells the hour there to a reader in %s, with the day where theirs is another', (zone, expected) => {
    expect(localWhenWords(evening, reader(zone))).toBe(expected);
  });

  it('is silent where the clocks show the same, whatever the zone is called', () => {
    expect(localWhenWords(evening, reader('Europe/Lisbon'))).toBeUndefined();
    expect(localWhenWords(evening, reader('Europe/London'))).toBeUndefined();
  });

  it('tells it with the day to readers whose zone is not known', () => {
    expect(localWhenWords(evening, ANYBODY)).toBe('Thu 18:30–20:30 in Lisbon');
  });

  it('speaks up when the clocks part between start and end', () => {
    // Lisbon goes to summer time at 01:00 on 29 March 2026; Casablanca stays.
    const night = timed('2026-03-28T23:00:00Z', '2026-03-29T02:00:00Z');
    expect(localWhenWords(night, reader('Africa/Abidjan'))).toBe('23:00–03:00 in Lisbon');
    expect(
      localWhenWords(timed('2026-03-28T20:00:00Z', '2026-03-28T22:00:00Z'), reader('Africa/Abidjan')),
    ).toBeUndefined();
  });

  it('reads right through the hour that comes twice', () => {
    // 25 October 2026: 01:30 in Lisbon is at 00:30 and at 01:30 UTC.
    const twice = timed('2026-10-25T00:30:00Z', '2026-10-25T01:30:00Z');
    expect(localWhenWords(twice, reader('Europe/Madrid'))).toBe('01:30–01:30 in Lisbon');
  });

  it.each([
    ['Asia/Kathmandu', 'Fri 00:15–02:15 in Kathmandu'],
    ['America/Argentina/Buenos_Aires', '15:30–17:30 in Buenos Aires'],
    ['Etc/GMT+5', '13:30–15:30 UTC-05:00'],
    ['Pacific/Kiritimati', 'Fri 08:30–10:30 in Kiritimati'],
  ])('knows the clocks of %s', (zone, expected) => {
    const event = timed('2026-03-05T18:30:00Z', '2026-03-05T20:30:00Z', zone);
    expect(localWhenWords(event, reader('Europe/Lisbon'))).toBe(expected);
  });

  it('calls UTC by its name', () => {
    const event = timed('2026-07-05T18:30:00Z', '2026-07-05T20:30:00Z', 'UTC');
    expect(localWhenWords(event, reader('Europe/Lisbon'))).toBe('18:30–20:30 UTC');
  });

  it('gives both days of what takes several', () => {
    const weekend = timed('2026-03-06T17:00:00Z', '2026-03-08T16:00:00Z');
    expect(localWhenWords(weekend, reader('Europe/Madrid'))).toBe('Fri 6 Mar 17:00 – Sun 8 Mar 16:00 in Lisbon');
  });

  it('counts hours as the reader does', () => {
    expect(localWhenWords(evening, reader('America/New_York', 'en-US'))).toBe('6:30 PM–8:30 PM in Lisbon');
    for (const locale of ['pt-BR', 'de', 'not a locale!', '']) {
      expect(localWhenWords(evening, reader('Europe/Madrid', locale))).toBe('18:30–20:30 in Lisbon');
    }
  });

  it('is silent for whole days and for a zone that is none', () => {
    expect(localWhenWords(days('2026-03-05', '2026-03-06', 'Asia/Tokyo'), reader('Europe/Lisbon'))).toBeUndefined();
    expect(localWhenWords(timed('2026-03-05T18:30:00Z', undefined, 'Mars/Olympus'), ANYBODY)).toBeUndefined();
  });
});

describe('shortWhen', () => {
  it('is in the reader’s zone, else in the event’s', () => {
    expect(shortWhen(evening, reader('Pacific/Auckland'))).toBe('Fri 6 Mar, 07:30');
    expect(shortWhen(evening, ANYBODY)).toBe('Thu 5 Mar, 18:30');
    expect(shortWhen(days('2026-03-06', '2026-03-09', 'Asia/Tokyo'), ANYBODY)).toBe('Fri 6 – Sun 8 March 2026');
  });
});
