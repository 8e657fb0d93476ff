import { DateTime } from 'luxon';
import { newIdentityId, newMemberId } from '../../src/domain/ids.js';
import type { Identity, Member } from '../../src/domain/members/member.js';

/** A valid member who has told nothing but a name. */
export function aMember(overrides: Partial<Member> = {}): Member {
  return {
    id: newMemberId(),
    profile: { name: 'Ana', headline: '', careerStage: undefined, skills: [], lookingFor: '' },
    privacy: { isLocationDiscoverable: false, isAttendanceShared: false, isProfileShared: true },
    city: undefined,
    zone: 'Europe/Lisbon',
    locale: 'en-GB',
    consentedAt: DateTime.fromISO('2026-01-10T09:00:00Z', { zone: 'utc' }),
    stoppedAt: undefined,
    ...overrides,
  };
}

/** A valid account of that member on Discord. */
export function anIdentity(memberId: Member['id'], overrides: Partial<Identity> = {}): Identity {
  const id = newIdentityId();
  return {
    id,
    memberId,
    account: { platform: 'discord', teamId: '', accountId: `7${id}` },
    directChannelId: undefined,
    reach: 'unknown',
    ...overrides,
  };
}
