import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { anInvite } from '../../../tests/builders/orgs.js';
import { inviteState, newInviteCode, readInviteCode, shownCode } from './invite.js';

const now = DateTime.fromISO('2026-03-01T10:00:00Z', { zone: 'utc' });

describe('an invite code', () => {
  it('is read as people type it: any case, hyphen or not, spaces, or the whole link', () => {
    const code = newInviteCode();
    const shown = shownCode(code);
    expect(shown).toMatch(/^[2-9B-Z]{5}-[2-9B-Z]{5}$/);
    for (const text of [
      code,
      shown,
      shown.toLowerCase(),
      ` ${code.slice(0, 3)} ${code.slice(3)} `,
      shown.replace('-', '–'),
      `https://rollcall.example.org/o/baish/join/${shown}`,
      `https://rollcall.example.org/o/baish/join/${code}?utm_source=x#top`,
    ]) {
      expect(readInviteCode(text)).toBe(code);
    }
  });

  it.each([
    'BAISH',
    'Lisbon Readers',
    'K7MWQ-3XP9',
    'K7MWQ-3XP9RR',
    'AEIOU-AEIOU',
    'O0I1L-O0I1L',
    '',
    '🦆🦆🦆🦆🦆🦆🦆🦆🦆🦆',
  ])('is not seen in %j', (text) => expect(readInviteCode(text)).toBeUndefined());

  it('does not come twice', () => {
    expect(new Set(Array.from({ length: 2_000 }, newInviteCode)).size).toBe(2_000);
  });
});

describe('an invite', () => {
  it('ends when it is revoked, at its moment, or with its last use', () => {
    expect(inviteState(anInvite(), now)).toBe('valid');
    expect(inviteState(anInvite({ expiresAt: now.plus({ seconds: 1 }) }), now)).toBe('valid');
    expect(inviteState(anInvite({ expiresAt: now }), now)).toBe('expired');
    expect(inviteState(anInvite({ mostUses: 2, uses: 1 }), now)).toBe('valid');
    expect(inviteState(anInvite({ mostUses: 2, uses: 2 }), now)).toBe('used-up');
    expect(inviteState(anInvite({ revokedAt: now, mostUses: 2, uses: 2, expiresAt: now }), now)).toBe('revoked');
  });
});
