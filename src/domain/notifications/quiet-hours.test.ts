import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { endOfQuietHours } from './quiet-hours.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const end = (now: string, zone: string) => endOfQuietHours(utc(now), zone).toISO({ suppressMilliseconds: true });

describe('the end of quiet hours', () => {
  it.each([
    ['at noon', '2026-03-05T12:00:00Z', 'Europe/Lisbon', '2026-03-05T12:00:00Z'],
    ['a minute before they begin', '2026-03-05T21:59:00Z', 'Europe/Lisbon', '2026-03-05T21:59:00Z'],
    ['when they begin', '2026-03-05T22:00:00Z', 'Europe/Lisbon', '2026-03-06T08:00:00Z'],
    ['after midnight', '2026-03-06T03:00:00Z', 'Europe/Lisbon', '2026-03-06T08:00:00Z'],
    ['when they end', '2026-03-06T08:00:00Z', 'Europe/Lisbon', '2026-03-06T08:00:00Z'],
    ['at 23:30 in Auckland', '2026-03-05T10:30:00Z', 'Pacific/Auckland', '2026-03-05T19:00:00Z'],
    [
      'in the night in which Lisbon’s clock goes forward',
      '2026-03-28T23:30:00Z',
      'Europe/Lisbon',
      '2026-03-29T07:00:00Z',
    ],
    ['in the night in which it goes back', '2026-10-24T22:30:00Z', 'Europe/Lisbon', '2026-10-25T08:00:00Z'],
    ['in the hour that comes twice', '2026-10-25T01:30:00Z', 'Europe/Lisbon', '2026-10-25T08:00:00Z'],
    ['on the last night of the year, half an hour off', '2026-12-31T18:00:00Z', 'Asia/Kolkata', '2027-01-01T02:30:00Z'],
  ])('%s', (_when, now, zone, expected) => {
    expect(end(now, zone)).toBe(expected);
  });

  it('is the later one when the clock shows it twice', () => {
    const hours = { from: { hour: 22, minute: 0 }, to: { hour: 1, minute: 30 } };
    const at = (now: string) => endOfQuietHours(utc(now), 'Europe/Lisbon', hours).toISO({ suppressMilliseconds: true });
    expect(at('2026-10-24T23:00:00Z')).toBe('2026-10-25T01:30:00Z');
    expect(at('2026-10-25T00:45:00Z')).toBe('2026-10-25T01:30:00Z');
    expect(at('2026-10-25T01:30:00Z')).toBe('2026-10-25T01:30:00Z');
  });

  it('is awaited from the moment on at which the clock goes forward past their begin', () => {
    const hours = { from: { hour: 1, minute: 30 }, to: { hour: 9, minute: 0 } };
    const at = (now: string) => endOfQuietHours(utc(now), 'Europe/Lisbon', hours).toISO({ suppressMilliseconds: true });
    expect(at('2026-03-29T00:59:00Z')).toBe('2026-03-29T00:59:00Z');
    expect(at('2026-03-29T01:00:00Z')).toBe('2026-03-29T08:00:00Z');
  });

  it('may be on the day on which they begin', () => {
    const hours = { from: { hour: 13, minute: 0 }, to: { hour: 14, minute: 30 } };
    expect(endOfQuietHours(utc('2026-07-01T13:10:00Z'), 'Europe/Berlin', hours).toISO()).toBe(
      '2026-07-01T13:10:00.000Z',
    );
    expect(endOfQuietHours(utc('2026-07-01T12:10:00Z'), 'Europe/Berlin', hours).toISO()).toBe(
      '2026-07-01T12:30:00.000Z',
    );
  });
});
