import { describe, expect, it } from 'vitest';
import { aMember } from '../../../tests/builders/members.js';
import { aCity } from '../../../tests/builders/orgs.js';
import type { Privacy } from './member.js';
import { isAttendanceSeen, seenBy } from './privacy-filter.js';

const told = (privacy: Partial<Privacy>) =>
  aMember({
    profile: { name: 'Ana', headline: 'Biologist', careerStage: 'senior', skills: ['python'], lookingFor: 'peers' },
    privacy: { isLocationDiscoverable: false, isAttendanceShared: false, isProfileShared: false, ...privacy },
    city: aCity({ name: 'Lisbon', country: 'PT' }),
  });
const nothing = { headline: '', careerStage: undefined, skills: [], lookingFor: '' };

describe('what is seen of a member', () => {
  it('is all of it by themselves, whatever the choices', () => {
    expect(seenBy('self', told({}))).toMatchObject({ headline: 'Biologist', city: { name: 'Lisbon' } });
  });

  it('is the name alone by admins, while everything is off', () => {
    expect(seenBy('org-admin', told({}))).toEqual({
      name: 'Ana',
      ...nothing,
      city: undefined,
      isProfileShown: false,
    });
  });

  it('is the profile by admins once it is shared, and the city only with its own choice', () => {
    expect(seenBy('org-admin', told({ isProfileShared: true }))).toEqual({
      name: 'Ana',
      headline: 'Biologist',
      careerStage: 'senior',
      skills: ['python'],
      lookingFor: 'peers',
      city: undefined,
      isProfileShown: true,
    });
    expect(seenBy('org-admin', told({ isLocationDiscoverable: true }))).toMatchObject({
      ...nothing,
      city: { name: 'Lisbon', country: 'PT' },
    });
  });

  it('is the name alone by other members, though everything is on', () => {
    const open = told({ isProfileShared: true, isLocationDiscoverable: true, isAttendanceShared: true });
    expect(seenBy('other', open)).toEqual({ name: 'Ana', ...nothing, city: undefined, isProfileShown: false });
  });

  it('never holds coordinates', () => {
    const open = told({ isLocationDiscoverable: true });
    for (const viewer of ['self', 'org-admin', 'other'] as const) {
      expect(JSON.stringify(seenBy(viewer, open))).not.toMatch(/latitude|longitude|38\.7/);
    }
  });
});

describe('attendance', () => {
  it('is always seen by the host, and by others only if the member shares it', () => {
    expect(isAttendanceSeen(told({}), { isHost: true })).toBe(true);
    expect(isAttendanceSeen(told({}), { isHost: false })).toBe(false);
    expect(isAttendanceSeen(told({ isAttendanceShared: true }), { isHost: false })).toBe(true);
  });
});
