import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { guestFacts } from '../../../tests/builders/guests.js';
import { newEventId } from '../ids.js';
import { emailHash, newEmailKey } from './email-hash.js';
import type { GuestFacts } from './event-source.js';
import { readGuestList } from './guest-list.js';
import type { Guest } from './guests.js';

const eventId = newEventId();
const at = (hour: number) => DateTime.utc(2026, 3, 1, hour);

/** The list after these readings, one an hour from noon; what each changed is noted. */
function readAll(...lists: GuestFacts[][]): { guests: Guest[]; changed: number[]; former: string[][] } {
  const known = new Map<string, Guest>();
  const changed: number[] = [];
  const former: string[][] = [];
  for (const [index, list] of lists.entries()) {
    const read = readGuestList([...known.values()], list, {
      eventId,
      now: at(12 + index),
      hashOf: (email) => `hash of ${email}`,
    });
    if (read === 'suspicious') throw new Error('That was taken for a fault.');
    for (const guest of read.changed) known.set(guest.lumaGuestId, guest);
    changed.push(read.changed.length);
    former.push(read.formerEmails);
  }
  return { guests: [...known.values()], changed, former };
}

const since = ({ guests: [guest] }: { guests: Guest[] }) => guest?.changedAt.hour;
const registered = guestFacts({ registeredAt: at(9) });

describe('a guest list', () => {
  it('changes nothing when it is read again', () => {
    expect(readAll([registered], [registered], [registered]).changed).toEqual([1, 0, 0]);
  });

  it('keeps no address, and no name that is one', () => {
    const { guests } = readAll([guestFacts({ name: 'ana@example.org', email: 'ana@example.org' })]);
    expect(guests[0]).toMatchObject({ name: '', emailHash: 'hash of ana@example.org' });
    expect(Object.keys(guests[0] ?? {})).not.toContain('email');
  });

  it('keeps names as one tidy line of a bounded length', () => {
    const { guests } = readAll([guestFacts({ name: `  \u202EAna\n\t@everyone <b>  ${'x'.repeat(4_000)}` })]);
    expect(guests[0]?.name).toMatch(/^Ana @everyone <b> x+$/);
    expect([...(guests[0]?.name ?? '')].length).toBe(100);
  });

  it.each([
    ['rc-0123456789abcdef', 'rc-0123456789abcdef'],
    ['newsletter', undefined],
    ['rc-<script>', undefined],
    [`rc-${'a'.repeat(4_000)}`, undefined],
  ])('keeps the token %s of a link as %s', (linkToken, kept) => {
    expect(readAll([guestFacts({ linkToken })]).guests[0]?.linkToken).toBe(kept);
  });

  it('takes whoever is no longer on it for cancelled, once', () => {
    const other = guestFacts({ lumaGuestId: 'gst-2' });
    const gone = readAll([registered, other], [other], [other]);
    expect(gone.guests.map(({ status }) => status)).toEqual(['cancelled', 'registered']);
    expect(gone.changed).toEqual([2, 1, 0]);
    expect(since(gone)).toBe(13);
  });

  it('is taken for a fault when most of many are gone, but not when they cancelled in so many words', () => {
    const many = Array.from({ length: 12 }, (_, index) => guestFacts({ lumaGuestId: `gst-${index}` }));
    const { guests } = readAll(many);
    const options = { eventId, now: at(13), hashOf: (email: string) => email };
    expect(readGuestList(guests, many.slice(0, 5), options)).toBe('suspicious');
    expect(readGuestList(guests, [], options)).toBe('suspicious');
    expect(readAll(many, many.slice(0, 6)).changed).toEqual([12, 6]);
    expect(
      readAll(
        many,
        many.map((one) => ({ ...one, status: 'cancelled' as const })),
      ).changed,
    ).toEqual([12, 12]);
  });

  it('names the address that a guest no longer has', () => {
    const [before, after] = ['old@example.org', 'new@example.org'].map((email) => [guestFacts({ email })]);
    expect(readAll(before ?? [], after ?? []).former).toEqual([[], ['hash of old@example.org']]);
  });
});

describe('a guest’s state speaks for them', () => {
  const cancelled = guestFacts({ status: 'cancelled', registeredAt: at(9) });

  it('since they registered, when lu.ma tells that', () => {
    expect(since(readAll([registered]))).toBe(9);
    expect(since(readAll([guestFacts({ registeredAt: undefined })]))).toBe(12);
  });

  it('since we saw that they cancelled, as lu.ma does not tell when', () => {
    expect(since(readAll([registered], [cancelled], [cancelled]))).toBe(13);
    expect(since(readAll([cancelled]))).toBe(9);
  });

  it('anew when they register again', () => {
    expect(since(readAll([registered], [cancelled], [guestFacts({ registeredAt: at(14) })]))).toBe(14);
    expect(since(readAll([registered], [cancelled], [registered]))).toBe(14);
    expect(since(readAll([registered], [guestFacts({ registeredAt: at(11) })]))).toBe(11);
  });

  it('as before when hosts let them in from the waiting list', () => {
    const waiting = guestFacts({ status: 'waiting', registeredAt: at(9) });
    const letIn = guestFacts({ registeredAt: at(13) });
    expect(since(readAll([waiting], [letIn]))).toBe(9);
    expect(readAll([waiting], [letIn], [letIn]).changed).toEqual([1, 1, 0]);
  });
});

describe('an address', () => {
  const key = newEmailKey();

  it('is known again whatever its case and the spaces around it, and nothing else counts as the same', () => {
    expect(emailHash(key, ' Ana@Example.ORG ')).toBe(emailHash(key, 'ana@example.org'));
    expect(emailHash(key, 'a.na@example.org')).not.toBe(emailHash(key, 'ana@example.org'));
    expect(emailHash(key, 'ana+x@example.org')).not.toBe(emailHash(key, 'ana@example.org'));
  });

  it('is another one under the key of another installation, and does not show', () => {
    expect(emailHash(newEmailKey(), 'ana@example.org')).not.toBe(emailHash(key, 'ana@example.org'));
    expect(emailHash(key, 'ana@example.org')).toMatch(/^[\w-]{43}$/);
  });
});
