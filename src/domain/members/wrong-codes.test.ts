import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { waitsUntil } from './wrong-codes.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });

describe('wrong codes', () => {
  it('make wait from the tenth within an hour, until the first of the ten is an hour old', () => {
    const tries = Array.from({ length: 10 }, (_, minute) => now.plus({ minutes: minute }));
    expect(waitsUntil(tries.slice(0, 9))).toBeUndefined();
    expect(waitsUntil(tries)?.toISO()).toBe(now.plus({ hours: 1 }).toISO());
  });
});
