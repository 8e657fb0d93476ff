import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import type { Reminder } from './choices.js';
import type { Goer } from './goer.js';
import { wantsNotice, wantsReminder } from './goer.js';
import { isTimely, reminderAt } from './reminders.js';

const utc = (text: string) => DateTime.fromISO(text, { zone: 'utc' });
const START = utc('2026-03-10T18:00:00Z');
const before = (duration: { days?: number; hours?: number; minutes?: number }) => START.minus(duration);

function aGoer(overrides: Partial<Goer> = {}): Goer {
  return {
    memberId: 'member' as Goer['memberId'],
    response: 'going',
    source: 'member',
    respondedAt: before({ days: 20 }),
    frequency: 'weekly',
    reminders: ['1d', '1h'],
    ownReminders: undefined,
    isMuted: false,
    ...overrides,
  };
}

describe('a reminder', () => {
  it.each([
    ['Europe/Lisbon', '2026-03-29T10:00', '2026-03-28T09:00'],
    ['Europe/Lisbon', '2026-10-25T10:00', '2026-10-24T11:00'],
    ['Asia/Kathmandu', '2026-03-29T10:00', '2026-03-28T10:00'],
    ['Australia/Lord_Howe', '2026-04-05T10:00', '2026-04-04T10:30'],
    ['Australia/Lord_Howe', '2026-10-04T10:00', '2026-10-03T09:30'],
  ])('a day before is 24 hours before, also where clocks in %s change: event at %s', (zone, start, expected) => {
    const at = reminderAt('1d', DateTime.fromISO(start, { zone }));
    expect(at.setZone(zone).toFormat("yyyy-MM-dd'T'HH:mm")).toBe(expected);
  });

  it.each<[Reminder, Reminder[], { days?: number; hours?: number; minutes?: number }, boolean]>([
    ['1d', ['1d', '1h'], { hours: 24 }, true],
    ['1d', ['1d', '1h'], { hours: 24, minutes: 1 }, false],
    ['1d', ['1d', '1h'], { hours: 1, minutes: 1 }, true],
    ['1d', ['1d', '1h'], { hours: 1 }, false],
    ['1d', ['1d'], { minutes: 1 }, true],
    ['1d', ['1d'], { minutes: 0 }, false],
    ['1w', ['1w', '1h'], { hours: 24 }, true],
    ['1w', ['1w', '1d', '1h'], { hours: 24 }, false],
    ['1h', ['1d', '1h'], { minutes: 1 }, true],
    ['1h', ['1d'], { minutes: 30 }, false],
  ])('%s of %j is timely %j before: %s', (reminder, chosen, at, expected) => {
    expect(isTimely(reminder, chosen, START, before(at))).toBe(expected);
  });
});

describe('somebody who goes', () => {
  const now = before({ hours: 24 });
  const remindedOf = (overrides: Partial<Goer>) => wantsReminder(aGoer(overrides), '1d', START, now);

  it('is reminded as they chose for the event, else as usual', () => {
    expect(remindedOf({})).toBe(true);
    expect(remindedOf({ reminders: ['1h'] })).toBe(false);
    expect(remindedOf({ reminders: [], ownReminders: ['1d'] })).toBe(true);
    expect(remindedOf({ ownReminders: [] })).toBe(false);
  });

  it('is reminded only of what came after their answer', () => {
    expect(remindedOf({ respondedAt: now })).toBe(true);
    expect(remindedOf({ respondedAt: now.plus({ minutes: 1 }) })).toBe(false);
  });

  it('is reminded though they want no new events; who is only interested is not, unless they chose so for it', () => {
    for (const quiet of [{ frequency: 'none' as const }, { isMuted: true }]) {
      expect(remindedOf(quiet)).toBe(true);
      expect(remindedOf({ ...quiet, response: 'interested' })).toBe(false);
      expect(remindedOf({ ...quiet, response: 'interested', ownReminders: ['1d'] })).toBe(true);
    }
  });

  it('is told of changes until they want neither new events nor reminders', () => {
    expect(wantsNotice(aGoer({ reminders: [] }))).toBe(true);
    expect(wantsNotice(aGoer({ frequency: 'none' }))).toBe(true);
    expect(wantsNotice(aGoer({ frequency: 'none', reminders: [] }))).toBe(false);
    expect(wantsNotice(aGoer({ isMuted: true, response: 'interested' }))).toBe(false);
    expect(wantsNotice(aGoer({ response: 'interested' }))).toBe(true);
  });
});
